#include "tests/support/op_cases.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/ir/editor.h"
#include "engine/ir/verify.h"
#include "engine/ops/infer.h"
#include "engine/ops/interpreter.h"
#include "tests/support/compare.h"

namespace lathe::test {
namespace {

bool isConstant(const OpCase& opCase, size_t input, OpCaseForm form) {
    return form == OpCaseForm::constants ||
           std::find(opCase.constantInputs.begin(), opCase.constantInputs.end(), input) !=
               opCase.constantInputs.end();
}

std::string dimensionName(size_t input, size_t axis) { return fmt::format("x{}_d{}", input, axis); }

// Names of the symbolic form with their numbers.
std::map<std::string, ir::Dim, std::less<>> bindingsOf(const OpCase& opCase) {
    std::map<std::string, ir::Dim, std::less<>> bindings;
    for (size_t i = 0; i < opCase.inputs.size(); ++i)
        if (opCase.inputs[i])
            for (size_t axis = 0; axis < opCase.inputs[i]->shape().size(); ++axis)
                bindings.emplace(dimensionName(i, axis), opCase.inputs[i]->dimension(axis));
    return bindings;
}

void expectTypeFits(const ir::ValueType& type, const tensor::RuntimeValue& value, const std::string& what) {
    const auto* tensor = value.tensor();
    if (!tensor) {
        EXPECT_FALSE(type.isTensor()) << what << ": inferred " << ir::toString(type);
        return;
    }
    const auto actual = tensor::toString(tensor->type(), tensor->shape());
    ASSERT_TRUE(type.isTensor()) << what << ": inferred " << ir::toString(type) << ", got " << actual;
    EXPECT_EQ(name(type.element), name(tensor->type())) << what;
    if (!type.shape) return;
    ASSERT_EQ(type.shape->size(), tensor->shape().size())
        << what << ": inferred " << ir::toString(type) << ", got " << actual;
    for (size_t axis = 0; axis < type.shape->size(); ++axis) {
        const auto number = (*type.shape)[axis].constant();
        EXPECT_EQ(number.value_or(tensor->dimension(axis)), tensor->dimension(axis))
            << what << ": inferred " << ir::toString(type) << ", got " << actual;
    }
}

void checkForm(const OpCase& opCase, OpCaseForm form, std::string_view formName) {
    const auto what = fmt::format("case \"{}\" of {}, {}", opCase.name, opCase.op, formName);
    const auto graph = graphOf(opCase, form);
    const auto sane = ir::verify(*graph);
    ASSERT_TRUE(sane) << what << ": " << sane.error().message;
    const auto typed = ops::inferred(graph);
    ASSERT_TRUE(typed) << what << ": " << typed.error().message;
    const auto accepted = ops::checkNode(**typed, ir::NodeId{0});
    EXPECT_TRUE(accepted) << what << ": " << accepted.error().message;
    const auto results = ops::interpret(*graph, inputsOf(opCase, form));
    ASSERT_TRUE(results) << what << ": " << results.error().message;
    const auto bindings = bindingsOf(opCase);
    for (size_t i = 0; i < results->size(); ++i) {
        auto type = (*typed)->value((*typed)->outputs()[i]).type();
        if (type.shape)
            for (auto& dim : *type.shape) dim = dim.bound(bindings);
        expectTypeFits(type, (*results)[i], fmt::format("{}, output {}", what, i));
    }
    if (opCase.expected.empty()) return;
    ASSERT_EQ(opCase.expected.size(), results->size()) << what;
    const std::vector<tensor::RuntimeValue> expected(opCase.expected.begin(), opCase.expected.end());
    expectClose(*results, expected, opCase.tolerance, what);
}

}  // namespace

ir::GraphPtr graphOf(const OpCase& opCase, OpCaseForm form) {
    ir::Editor editor;
    std::vector<ir::ValueId> inputs;
    for (size_t i = 0; i < opCase.inputs.size(); ++i) {
        const auto& tensor = opCase.inputs[i];
        if (!tensor) {
            inputs.emplace_back();
        } else if (isConstant(opCase, i, form)) {
            inputs.push_back(editor.addConstant(*tensor, fmt::format("x{}", i)));
        } else {
            auto shape = ir::symbolicShape(tensor->shape());
            if (form == OpCaseForm::symbolic)
                for (size_t axis = 0; axis < shape.size(); ++axis)
                    shape[axis] = ir::Dim::symbol(dimensionName(i, axis));
            inputs.push_back(editor.addInput(fmt::format("x{}", i),
                                             ir::ValueType::tensorOf(tensor->type(), std::move(shape))));
        }
    }
    const auto node = editor.addNode({.op = opCase.op,
                                      .inputs = inputs,
                                      .attributes = opCase.attributes,
                                      .name = opCase.name,
                                      .domain = opCase.domain,
                                      .outputCount = opCase.outputCount});
    const auto outputs = editor.graph().node(node).outputs();
    editor.setGraphOutputs(ir::kMain, {outputs.begin(), outputs.end()});
    return editor.finish();
}

std::vector<tensor::RuntimeValue> inputsOf(const OpCase& opCase, OpCaseForm form) {
    std::vector<tensor::RuntimeValue> values;
    for (size_t i = 0; i < opCase.inputs.size(); ++i)
        if (opCase.inputs[i] && !isConstant(opCase, i, form)) values.emplace_back(*opCase.inputs[i]);
    return values;
}

void checkCase(const OpCase& opCase) {
    checkForm(opCase, OpCaseForm::concrete, "concrete");
    checkForm(opCase, OpCaseForm::symbolic, "symbolic");
    checkForm(opCase, OpCaseForm::constants, "constants");
}

void checkCases(std::span<const OpCase> cases) {
    ASSERT_FALSE(cases.empty());
    for (const auto& opCase : cases) checkCase(opCase);
}

tensor::Tensor ramp(std::initializer_list<int64_t> shape) {
    auto tensor =
        tensor::Tensor::zeros(tensor::DataType::float32, tensor::Dimensions(shape.begin(), shape.size()));
    const auto values = tensor.mutableValues<float>();
    const float last = std::max(1.0f, static_cast<float>(values.size()) - 1);
    for (size_t i = 0; i < values.size(); ++i) values[i] = 2 * static_cast<float>(i) / last - 1;
    return tensor;
}

}  // namespace lathe::test
