#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (s: sequence(float32[]), i: int64[]) -> (y) {
  y = SequenceErase(s, i) "drop"
}
)";

const auto kGiven = sequence({Tensor::scalar(1.0f), Tensor::scalar(2.0f), Tensor::scalar(3.0f)});

TEST(SequenceErase, DropsThePosition) {
    const std::vector<std::pair<int64_t, std::vector<Tensor>>> cases = {
        {0, {Tensor::scalar(2.0f), Tensor::scalar(3.0f)}},
        {2, {Tensor::scalar(1.0f), Tensor::scalar(2.0f)}},
        {-2, {Tensor::scalar(1.0f), Tensor::scalar(3.0f)}},
    };
    for (const auto& [position, expected] : cases) {
        const auto run = runText(kText, {kGiven, Tensor::scalar(position)});
        ASSERT_TRUE(run) << run.error().message;
        expectItems(run->outputs[0], expected);
        EXPECT_EQ(ir::toString(run->types[0]), "sequence(float32[])");
    }
}

TEST(SequenceErase, DropsTheLastWithoutAPosition) {
    const auto run = runText(R"(opset ai.onnx 25
graph main (s: sequence(float32[])) -> (y) {
  y = SequenceErase(s)
}
)",
                             {kGiven});
    ASSERT_TRUE(run) << run.error().message;
    expectItems(run->outputs[0], {Tensor::scalar(1.0f), Tensor::scalar(2.0f)});
}

TEST(SequenceErase, RefusesPositionsOutside) {
    expectTextRefused(kText, {kGiven, Tensor::scalar<int64_t>(3)},
                      "SequenceErase \"drop\": position 3 is outside the sequence of 3 elements");
}

TEST(SequenceErase, RefusesAnEmptySequence) {
    expectTextRefused(kText, {sequence({}), Tensor::scalar<int64_t>(0)},
                      "SequenceErase \"drop\": the sequence is empty: there is nothing to erase");
}

}  // namespace
}  // namespace lathe::test
