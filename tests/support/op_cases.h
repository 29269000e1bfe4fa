// One call of an op as data: what its test, the kernels' conformance tests and the benchmarks run.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ir/graph.h"
#include "engine/tensor/value.h"

namespace lathe::test {

struct OpCase {
    std::string name;
    std::string_view op;
    std::string_view domain = {};
    ir::Attributes attributes = {};
    std::vector<std::optional<tensor::Tensor>> inputs = {};  // nothing: omitted
    size_t outputCount = 1;
    std::vector<tensor::Tensor> expected = {};  // results by hand; empty: only shapes are checked
    double tolerance = 0;                       // relative, for `expected`
    // Inputs that are constants in every form of the graph: a shape, axes, scales.
    std::vector<size_t> constantInputs = {};
};

enum class OpCaseForm {
    concrete,   // inputs of the shapes of the tensors
    symbolic,   // every dimension of a graph input is a name: x0_d0, x0_d1, ...
    constants,  // no graph inputs at all
};
// The call as the one node of a graph, node 0. Graph inputs are x0, x1, ... by input position.
ir::GraphPtr graphOf(const OpCase& opCase, OpCaseForm form);
// The tensors for the graph's inputs, in their order.
std::vector<tensor::RuntimeValue> inputsOf(const OpCase& opCase, OpCaseForm form);

// Infers every form, runs the plain evaluation, and expects that the inferred types say what comes out, that
// the results are the expected ones, and that the schema accepts the call.
void checkCase(const OpCase& opCase);
void checkCases(std::span<const OpCase> cases);

// Filled with numbers that differ from each other: -1, ..., 1 in steps that no power of two divides.
tensor::Tensor ramp(std::initializer_list<int64_t> shape);

}  // namespace lathe::test
