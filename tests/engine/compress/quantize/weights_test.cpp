#include "engine/compress/quantize/weights.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lathe::compress::quantize {
namespace {

TEST(Weights, EachChannelUsesAllCodes) {
    const auto weights = tensor::Tensor::of<float>({2, 3}, {1, -0.5f, 0.25f, 10, 20, -40});
    const auto byRow = quantizeWeights(weights, 0, 1, {});
    EXPECT_EQ(byRow.scales.size(), 2u);
    EXPECT_FLOAT_EQ(byRow.scales[0], 1.0f / 127);
    EXPECT_FLOAT_EQ(byRow.scales[1], 40.0f / 127);
    EXPECT_EQ(tensor::toIntegers(byRow.codes), (std::vector<int64_t>{127, -64, 32, 32, 64, -127}));
    const auto byColumn = quantizeWeights(weights, 1, 1, {});
    EXPECT_EQ(byColumn.scales.size(), 3u);
    EXPECT_FLOAT_EQ(byColumn.scales[1], 20.0f / 127);
    const auto whole = quantizeWeights(weights, {}, 1, {});
    ASSERT_EQ(whole.scales.size(), 1u);
    EXPECT_EQ(tensor::toIntegers(whole.codes)[0], 3);
}

TEST(Weights, AChannelOfZerosKeepsItsBias) {
    const auto weights = tensor::Tensor::of<float>({2, 2}, {0, 0, 1, 1});
    const std::vector<float> bias{0.7f, -3};
    const auto codes = quantizeWeights(weights, 0, 0.02f, bias);
    const auto biasCodes = quantizeBias(bias, 0.02f, codes);
    for (size_t i = 0; i < bias.size(); ++i) {
        EXPECT_FLOAT_EQ(biasCodes.scales[i], 0.02f * codes.scales[i]);
        const double back = static_cast<double>(biasCodes.codes.values<int32_t>()[i]) *
                            static_cast<double>(biasCodes.scales[i]);
        EXPECT_NEAR(back, static_cast<double>(bias[i]), 1e-3);
    }
}

TEST(Weights, AHugeBiasDoesNotOverflow) {
    const auto weights = tensor::Tensor::of<float>({1, 2}, {1e-6f, -1e-6f});
    const std::vector<float> bias{100};
    const auto codes = quantizeWeights(weights, 0, 0.001f, bias);
    const auto biasCodes = quantizeBias(bias, 0.001f, codes);
    const double back =
        static_cast<double>(biasCodes.codes.values<int32_t>()[0]) * static_cast<double>(biasCodes.scales[0]);
    EXPECT_NEAR(back, 100, 1e-4);
}

}  // namespace
}  // namespace lathe::compress::quantize
