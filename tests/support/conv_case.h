// A convolution as a case for checkKernel.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/kernel_check.h"

namespace lathe::test {

struct ConvCase {
    using Integers = std::vector<int64_t>;
    Integers x, w;
    Integers strides = {}, pads = {}, dilations = {};
    int64_t group = 1;
    bool bias = true;
    std::string autoPad = "";
    // Of a `lathe` Conv; an input of the shape of the result, [low, high], a function's name.
    Integers residual = {};
    std::vector<float> clamp = {};
    std::string function = "";
    bool plainInput = false;  // blocked kernels: the first layer
    tensor::DataType weights = tensor::DataType::float32;
};

// The kernel that must be chosen, on plain or on blocked channels.
void checkConv(const ConvCase& c, const std::string& kernel, bool blocked);

}  // namespace lathe::test
