#include <gtest/gtest.h>

#include "engine/ops/infer.h"
#include "engine/ops/interpreter.h"
#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {
namespace {

OpCase gradientOf(std::vector<std::string> xs, std::vector<std::string> zs, size_t inputs, size_t outputs) {
    OpCase result{.name = "slope", .op = "Gradient", .domain = "ai.onnx.preview.training"};
    result.attributes = {{"xs", std::move(xs)}, {"zs", std::move(zs)}, {"y", std::string("y")}};
    for (size_t i = 0; i < inputs; ++i) result.inputs.push_back(ramp({2, static_cast<int64_t>(i) + 1}));
    result.outputCount = outputs;
    return result;
}

// Reading expands the node (see expand_gradient_test); here is what is left of it when an op on the way has
// no derivative: outputs like the xs, and no run.
TEST(Gradient, IsShownButNotRun) {
    const auto graph = graphOf(gradientOf({"a", "b"}, {"c"}, 3, 2), OpCaseForm::concrete);
    const auto typed = ops::inferred(graph);
    ASSERT_TRUE(typed) << typed.error().message;
    EXPECT_EQ(ir::toString((*typed)->value((*typed)->node({0}).output(1)).type()), "float32[2, 2]");
    const auto result = ops::interpret(**typed, inputsOf(gradientOf({"a"}, {}, 3, 1), OpCaseForm::concrete));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message,
              "Gradient \"slope\": operator Gradient of domain ai.onnx.preview.training cannot be run here.");
}

TEST(Gradient, RefusesWhatDoesNotFit) {
    expectRefused(gradientOf({"a"}, {"c"}, 1, 1), "has 1 inputs, but xs and zs name 2 values");
    expectRefused(gradientOf({"a"}, {"c"}, 2, 2), "has 2 outputs, but xs names 1 values");
    auto opCase = gradientOf({"a"}, {}, 1, 1);
    opCase.attributes.remove("y");
    expectRefused(opCase, "attribute y is missing");
    opCase = gradientOf({"a"}, {}, 1, 1);
    opCase.attributes.set("xs", std::string("a"));
    expectRefused(opCase, "attribute xs is a text, expected a list of texts");
}

}  // namespace
}  // namespace lathe::test
