// Runs one node by a kernel and by the plain evaluation, and compares.
#pragma once

#include <string>
#include <vector>

#include "engine/ir/graph.h"
#include "engine/tensor/tensor.h"

namespace lathe::test {

struct KernelCase {
    std::string kernel;  // the name that must be chosen
    std::string op;
    ir::Attributes attributes = {};
    std::vector<tensor::Tensor> inputs;  // an undefined tensor is an omitted input
    std::vector<size_t> constants = {};  // inputs known at plan time
    double tolerance = 1e-5;             // of max |y|: sums in another order
    size_t outputs = 1;
    std::string domain = {};           // "lathe": see kernel_expectation.h
    std::vector<size_t> blocked = {};  // inputs on blocked channels, their fill-up channels full of garbage
    bool blockedOutputs = false;       // results are made on blocked channels
    std::vector<int64_t> parts = {};   // channels of each output, for ops that cannot tell otherwise
};

// With one and two threads, whose results must be the same bytes, and over the input that the kernel says it
// can work in place of.
void checkKernel(const KernelCase& kernelCase);

// Normal numbers, the same for the same seed.
tensor::Tensor randomFloats(std::initializer_list<int64_t> shape, unsigned seed);
tensor::Tensor randomFloats(tensor::Dimensions shape, unsigned seed);

}  // namespace lathe::test
