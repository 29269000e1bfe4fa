// Whether this processor computes what it should: small graphs by the kernels chosen here and by the plain
// evaluation.
#pragma once

#include <string>
#include <vector>

#include "engine/base/progress.h"

namespace lathe::agent {

struct SelfTestResult {
    std::string name;
    double error = 0;  // largest difference, relative to the largest value
    double allowed = 0;
    std::string problem;  // why it could not run
    bool good() const { return problem.empty() && error <= allowed; }
};

std::vector<SelfTestResult> selfTest(const base::Progress& progress);

}  // namespace lathe::agent
