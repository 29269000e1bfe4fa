#include "engine/evaluate/answer_difference.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/ir/editor.h"
#include "tests/engine/evaluate/fake_session.h"

namespace lathe::evaluate {
namespace {

using tensor::RuntimeValue;
using tensor::Tensor;

// What two models differ by that answer with these values, whatever they are fed.
AnswerDifference differenceOf(RuntimeValue original, RuntimeValue changed) {
    ir::Editor editor;
    const auto x = editor.addInput("x", *ir::parseType("float32[2]"));
    const auto y = editor.add({.op = "Relu", .inputs = {x}});
    editor.setName(y, "scores");
    editor.setGraphOutputs(ir::kMain, {y});
    const auto graph = editor.finish();
    const auto session = [&](RuntimeValue value) {
        return test::FakeSession(graph, [value](auto, const auto&) {
            return base::Result<std::vector<RuntimeValue>>(std::vector<RuntimeValue>{value});
        });
    };
    auto a = session(std::move(original)), b = session(std::move(changed));
    const auto result = answerDifference(a, b, 1, {});
    EXPECT_TRUE(result) << result.error().message;
    return result ? *result : AnswerDifference{};
}

Tensor floats(float a, float b) { return Tensor::of<float>({2}, {a, b}); }

TEST(AnswerDifference, IsRelativeToTheLargestFiniteAnswer) {
    EXPECT_DOUBLE_EQ(differenceOf(floats(4, -8), floats(4, -7)).largest, 0.125);
    // An infinity in both hides no difference beside it.
    const auto masked = differenceOf(floats(-INFINITY, 2), floats(-INFINITY, 1));
    EXPECT_DOUBLE_EQ(masked.largest, 0.5);
    EXPECT_EQ(masked.mismatch, "");
    EXPECT_EQ(differenceOf(floats(NAN, 2), floats(NAN, 2)).mismatch, "");
}

TEST(AnswerDifference, NamesWhatNoNumberTells) {
    EXPECT_EQ(differenceOf(floats(1, 2), floats(1, NAN)).mismatch,
              "output scores: element 1 is nan instead of 2");
    EXPECT_EQ(differenceOf(floats(INFINITY, 2), floats(3, 2)).mismatch,
              "output scores: element 0 is 3 instead of inf");
    EXPECT_EQ(differenceOf(floats(1, 2), Tensor::of<float>({1}, {1})).mismatch,
              "output scores: has shape [1] instead of [2]");
    EXPECT_NE(differenceOf(Tensor::of<std::string>({1}, {"a"}), Tensor::of<std::string>({1}, {"b"})).mismatch,
              "");
}

}  // namespace
}  // namespace lathe::evaluate
