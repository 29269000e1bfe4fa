// Small differentiable graphs: what every derivative rule is compared on with finite differences.
#pragma once

#include <string>
#include <vector>

#include "engine/tensor/tensor.h"

namespace lathe::test {

struct GradientCase {
    std::string name;
    std::string body;  // lines of the text form: from x0, x1, ... to y
    std::vector<tensor::Tensor> inputs;
    bool symbolic = true;      // the rule can do without sizes
    bool unknownRank = false;  // and without ranks
};

std::vector<GradientCase> gradientCases();

}  // namespace lathe::test
