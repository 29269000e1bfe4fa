#include <gtest/gtest.h>

#include <cmath>

#include "engine/data/dataset.h"

namespace lathe::data {
namespace {

using tensor::Tensor;

Tensor apply(const Tensor& input, std::string_view chain) {
    const auto steps = parseChain(chain);
    EXPECT_TRUE(steps) << (steps ? "" : steps.error().message);
    const auto result = applyChain(input, *steps);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result ? *result : Tensor();
}
std::string failure(const Tensor& input, std::string_view chain) {
    const auto steps = parseChain(chain);
    if (!steps) return steps.error().message;
    const auto result = applyChain(input, *steps);
    return result ? "no error" : result.error().message;
}

TEST(Chain, PrintsWhatItReads) {
    const std::string text =
        "resize(size=256) | crop(size=224) | layout(to=CHW) | scale(by=0.00392157) | "
        "normalize(mean=0.485,0.456,0.406; std=0.229,0.224,0.225) | cast(to=float32)";
    const auto chain = parseChain(text);
    ASSERT_TRUE(chain) << chain.error().message;
    EXPECT_EQ(formatChain(*chain), text);
    EXPECT_TRUE(parseChain("  ")->empty());
    EXPECT_EQ(formatChain(*parseChain("scale|layout( to = HWC )")), "scale | layout(to=HWC)");
}

TEST(Chain, NamesWhatIsWrong) {
    EXPECT_EQ(
        parseChain("blur").error().message,
        "There is no preprocessing step \"blur\". Known steps: cast, channels, crop, layout, normalize, "
        "offset, reshape, resize, scale.");
    EXPECT_NE(parseChain("scale(to=3)").error().message.find("there is no option to; known options: by"),
              std::string::npos);
    EXPECT_NE(parseChain("scale(by=1").error().message.find("parenthesis"), std::string::npos);
    EXPECT_NE(parseChain("scale(by=1; by=2)").error().message.find("twice"), std::string::npos);
    EXPECT_NE(parseChain("scale |").error().message.find("is empty"), std::string::npos);
    EXPECT_NE(parseChain("crop").error().message.find("Option size is missing"), std::string::npos);
    const auto picture = Tensor::zeros(tensor::DataType::uint8, std::vector<int64_t>{4, 6, 3});
    EXPECT_EQ(failure(picture, "scale | crop(size=5)"),
              "preprocessing step 2 (crop): cannot cut 5 x 5 out of 6 x 4; put a resize before it.");
}

TEST(Chain, MovesTheChannelAxis) {
    const auto hwc = Tensor::of<uint8_t>({1, 2, 3}, {1, 2, 3, 4, 5, 6});
    const auto chw = Tensor::of<uint8_t>({3, 1, 2}, {1, 4, 2, 5, 3, 6});
    EXPECT_EQ(apply(hwc, "layout(to=CHW)"), chw);
    EXPECT_EQ(apply(chw, "layout(to=HWC)"), hwc);
    EXPECT_EQ(apply(Tensor::of<uint8_t>({2, 1}, {7, 8}), "layout(to=CHW)"),
              Tensor::of<uint8_t>({1, 2, 1}, {7, 8}));
    EXPECT_EQ(apply(Tensor::of<uint8_t>({2, 1, 1}, {7, 8}), "layout(to=HW)"),
              Tensor::of<uint8_t>({2, 1}, {7, 8}));
}

TEST(Chain, NormalizesEachChannelInEitherLayout) {
    EXPECT_EQ(apply(Tensor::of<uint8_t>({1, 2, 3}, {2, 4, 6, 4, 8, 12}), "normalize(mean=0,2,4;std=2,2,4)"),
              Tensor::of<float>({1, 2, 3}, {1, 1, 0.5, 2, 3, 2}));
    EXPECT_EQ(apply(Tensor::of<uint8_t>({3, 1, 2}, {2, 4, 4, 8, 6, 12}), "normalize(mean=0,2,4;std=2,2,4)"),
              Tensor::of<float>({3, 1, 2}, {1, 2, 1, 3, 0.5, 2}));
    EXPECT_EQ(apply(Tensor::of<float>({2}, {3, 5}), "normalize(mean=1;std=2)"),
              Tensor::of<float>({2}, {1, 2}));
    const auto square = Tensor::zeros(tensor::DataType::uint8, std::vector<int64_t>{3, 5, 3});
    EXPECT_NE(failure(square, "normalize(mean=1,2,3)").find("give axis=first or axis=last"),
              std::string::npos);
    EXPECT_EQ(failure(square, "normalize(mean=1,2,3;axis=last)"), "no error");
    EXPECT_NE(failure(square, "normalize(std=0)").find("must not be 0"), std::string::npos);
}

TEST(Chain, ResizesWithHalfPixelCentres) {
    // 2 -> 4: source positions -0.25, 0.25, 0.75, 1.25 clamped to the border.
    EXPECT_EQ(apply(Tensor::of<float>({1, 2}, {0, 4}), "resize(size=1,4)"),
              Tensor::of<float>({1, 4}, {0, 1, 3, 4}));
    // 4 -> 2: positions 0.5 and 2.5.
    EXPECT_EQ(apply(Tensor::of<uint8_t>({4, 1}, {0, 10, 20, 40}), "resize(size=2,1)"),
              Tensor::of<uint8_t>({2, 1}, {5, 30}));
    // Antialiased 4 -> 2: triangle of half width 2 around 0.5: weights 3/8 3/8 1/8 cut at the border -> /7.
    const auto soft = apply(Tensor::of<float>({1, 4}, {0, 7, 7, 0}), "resize(size=1,2; antialias=true)");
    EXPECT_NEAR(soft.values<float>()[0], (3 * 0 + 3 * 7 + 1 * 7) / 7.0, 1e-5);
    const auto tall = Tensor::zeros(tensor::DataType::uint8, std::vector<int64_t>{16, 8, 3});
    EXPECT_EQ(apply(tall, "resize(size=2)").shape(), (tensor::Shape{4, 2, 3}));
    EXPECT_EQ(apply(tall, "layout | resize(size=2,6)").shape(), (tensor::Shape{3, 2, 6}));
    EXPECT_NE(failure(tall, "resize(size=0)").find("one or two numbers"), std::string::npos);
}

TEST(Chain, CropsTheCentre) {
    const auto picture = Tensor::of<uint8_t>({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9});
    EXPECT_EQ(apply(picture, "crop(size=1)"), Tensor::of<uint8_t>({1, 1}, {5}));
    EXPECT_EQ(apply(picture, "crop(size=1,3)"), Tensor::of<uint8_t>({1, 3}, {4, 5, 6}));
}

TEST(Chain, ChangesColours) {
    const auto rgb = Tensor::of<uint8_t>({1, 2, 3}, {1, 2, 3, 100, 200, 50});
    EXPECT_EQ(apply(rgb, "channels(to=swap)"), Tensor::of<uint8_t>({1, 2, 3}, {3, 2, 1, 50, 200, 100}));
    EXPECT_EQ(apply(rgb, "channels(to=gray)"), Tensor::of<uint8_t>({1, 2, 1}, {2, 153}));
    EXPECT_EQ(apply(Tensor::of<float>({1, 2}, {1, 2}), "channels(to=rgb)"),
              Tensor::of<float>({1, 2, 3}, {1, 1, 1, 2, 2, 2}));
    EXPECT_EQ(apply(Tensor::of<uint8_t>({3, 1, 2}, {1, 2, 3, 4, 5, 6}), "channels(to=swap)"),
              Tensor::of<uint8_t>({3, 1, 2}, {5, 6, 3, 4, 1, 2}));
}

TEST(Chain, CastsWithinRange) {
    EXPECT_EQ(apply(Tensor::of<float>({4}, {-3.7f, 3.7f, 300, NAN}), "cast(to=uint8)"),
              Tensor::of<uint8_t>({4}, {0, 3, 255, 0}));
    EXPECT_EQ(apply(Tensor::of<float>({2}, {1e30f, -1e30f}), "cast(to=int64)"),
              Tensor::of<int64_t>({2}, {INT64_MAX, INT64_MIN}));
    EXPECT_EQ(apply(Tensor::of<uint8_t>({2}, {7, 8}), "offset(by=-128) | cast(to=int8)"),
              Tensor::of<int8_t>({2}, {-121, -120}));
}

TEST(Chain, Reshapes) {
    const auto row = Tensor::of<uint8_t>({6}, {1, 2, 3, 4, 5, 6});
    EXPECT_EQ(apply(row, "reshape(shape=2,-1)").shape(), (tensor::Shape{2, 3}));
    EXPECT_NE(failure(row, "reshape(shape=4,-1)").find("does not fit"), std::string::npos);
    EXPECT_NE(failure(row, "reshape(shape=9223372036854775807,3,-1)").find("does not fit"),
              std::string::npos);
}

}  // namespace
}  // namespace lathe::data
