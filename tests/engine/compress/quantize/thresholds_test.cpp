// Calibration arithmetic against the reference values of the literature and the invariants of each method.
#include "engine/compress/quantize/thresholds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace lathe::compress::quantize {
namespace {

using tensor::DataType;

std::vector<float> normalNumbers(size_t count, unsigned seed) {
    std::mt19937 engine(seed);
    std::normal_distribution<float> normal;
    std::vector<float> numbers(count);
    for (auto& x : numbers) x = normal(engine);
    return numbers;
}

TEST(Affine, AsymmetricUnsignedReference) {
    const auto affine = affineFor({-1, 2}, DataType::uint8, false);
    EXPECT_FLOAT_EQ(affine.scale, 0.0117647061f);
    EXPECT_EQ(affine.zero, 85);
    std::vector<int64_t> codes;
    for (const float x : {-1.0f, -0.3f, 0.0f, 0.45f, 2.0f}) codes.push_back(quantized(x, affine));
    EXPECT_EQ(codes, (std::vector<int64_t>{0, 59, 85, 123, 255}));
}

TEST(Affine, SymmetricSignedReference) {
    const auto affine = affineFor({-1, 2}, DataType::int8, true);
    EXPECT_FLOAT_EQ(affine.scale, 0.0157480314f);
    std::vector<int64_t> codes;
    for (const float x : {-1.0f, -0.3f, 0.0f, 0.45f, 2.0f}) codes.push_back(quantized(x, affine));
    EXPECT_EQ(codes, (std::vector<int64_t>{-64, -19, 0, 29, 127}));
}

TEST(Affine, RoundsHalfToEven) {
    const Affine one{.scale = 1, .zero = 0, .type = DataType::int8};
    std::vector<int64_t> codes;
    for (const float x : {0.5f, 1.5f, 2.5f, -0.5f, -1.5f}) codes.push_back(quantized(x, one));
    EXPECT_EQ(codes, (std::vector<int64_t>{0, 2, 2, 0, -2}));
}

TEST(Affine, ZeroIsExactAndWidthZeroIsHarmless) {
    for (const auto type : {DataType::int8, DataType::uint8})
        for (const Range range :
             {Range{0.3f, 2}, Range{-5, -1}, Range{-0.7f, 0.9f}, Range{0, 0}, Range{0, 1e-38f}}) {
            const auto affine = affineFor(range, type, false);
            EXPECT_GT(affine.scale, 0);
            EXPECT_EQ(dequantized(quantized(0, affine), affine), 0);
        }
    // After a Relu zero has the lowest code, which lets runtimes absorb the Relu.
    EXPECT_EQ(affineFor({0, 6}, DataType::int8, false).zero, -128);
}

TEST(Histogram, DoesNotDependOnTheOrderOfMagnitudes) {
    const auto numbers = normalNumbers(5000, 3);
    auto growing = numbers;
    std::sort(growing.begin(), growing.end(), [](float a, float b) { return std::fabs(a) < std::fabs(b); });
    Histogram whole, pieces;
    whole.add(numbers);
    for (size_t i = 0; i < growing.size(); i += 100) pieces.add(std::span(growing).subspan(i, 100));
    EXPECT_EQ(whole.count(), pieces.count());
    EXPECT_EQ(whole.binWidth(), pieces.binWidth());
    EXPECT_TRUE(std::ranges::equal(whole.positive(), pieces.positive()));
    EXPECT_TRUE(std::ranges::equal(whole.negative(), pieces.negative()));
    EXPECT_EQ(whole.range().low, pieces.range().low);
}

TEST(Histogram, CountsWhatIsNotFiniteApart) {
    Histogram histogram;
    histogram.add(std::vector<float>{1, NAN, INFINITY, -2});
    EXPECT_EQ(histogram.count(), 2u);
    EXPECT_EQ(histogram.notFinite(), 2u);
    EXPECT_EQ(histogram.range().low, -2);
    EXPECT_EQ(histogram.range().high, 1);
}

// |N(0, 1)| with two outliers: the methods disagree as published values say they do.
class Outliers : public ::testing::Test {
  protected:
    Outliers() {
        auto numbers = normalNumbers(100000, 1);
        for (auto& x : numbers) x = std::fabs(x);
        numbers.push_back(20);
        numbers.push_back(18);
        histogram.add(numbers);
    }
    double errorOf(Range range) const {
        return squaredError(histogram, affineFor(range, DataType::int8, true)) /
               static_cast<double>(histogram.count());
    }
    Histogram histogram;
};

TEST_F(Outliers, MinMaxNeverSaturates) {
    EXPECT_EQ(minMaxRange(histogram).high, 20);
    EXPECT_NEAR(errorOf(minMaxRange(histogram)), 0.00207, 1e-4);
}

TEST_F(Outliers, SquaredErrorKeepsMostOfTheRange) {
    const auto range = squaredErrorRange(histogram, DataType::int8, true);
    EXPECT_NEAR(range.high, 14.97, 0.8);
    EXPECT_NEAR(errorOf(range), 0.00150, 1e-4);
    EXPECT_LE(errorOf(range), errorOf(minMaxRange(histogram)));
}

TEST_F(Outliers, DivergenceCutsThem) {
    EXPECT_NEAR(divergenceRange(histogram, true).high, 4.155, 0.4);
    EXPECT_LT(divergenceRange(histogram, false).high, 10);
}

// A Relu's zeros once made the divergence cut everything but the smallest numbers.
TEST_F(Outliers, ZerosDoNotChangeTheDivergence) {
    const auto before = divergenceRange(histogram, false);
    histogram.add(std::vector<float>(1'000'000, 0.0f));
    EXPECT_NEAR(divergenceRange(histogram, false).high, before.high, 0.1);
}

TEST_F(Outliers, PercentileCutsThem) {
    EXPECT_NEAR(percentileRange(histogram, 99.99).high, 3.946, 0.15);
    EXPECT_EQ(percentileRange(histogram, 100).high, 20);
}

TEST(SquaredErrorRange, IsNeverWorseThanMinMax) {
    for (unsigned seed = 0; seed < 5; ++seed) {
        Histogram histogram;
        auto numbers = normalNumbers(2000, seed);
        for (auto& x : numbers) x = x * x * x + 0.5f;
        histogram.add(numbers);
        for (const bool symmetric : {false, true}) {
            const auto best =
                affineFor(squaredErrorRange(histogram, DataType::int8, symmetric), DataType::int8, symmetric);
            const auto all = affineFor(minMaxRange(histogram), DataType::int8, symmetric);
            EXPECT_LE(squaredError(histogram, best), squaredError(histogram, all));
        }
    }
}

}  // namespace
}  // namespace lathe::compress::quantize
