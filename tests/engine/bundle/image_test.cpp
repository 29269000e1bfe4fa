// The pictures of exported projects: each step of a chain gives the numbers that the step of datasets gives.
#include "template/image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <png.h>

#include <fstream>

#include "engine/bundle/preprocess.h"
#include "engine/data/chain.h"
#include "engine/ir/text.h"
#include "tests/support/test_paths.h"

namespace lathe::bundle {
namespace {

using testing::FloatNear;
using testing::Pointwise;

constexpr int64_t kHeight = 13, kWidth = 18;

class ImageTest : public testing::Test {
  protected:
    ImageTest() : m_pixels(static_cast<size_t>(kHeight * kWidth * 3)) {
        for (size_t i = 0; i < m_pixels.size(); ++i) m_pixels[i] = static_cast<uint8_t>(i * 7919 % 251);
        png_image image{};
        image.version = PNG_IMAGE_VERSION;
        image.width = kWidth;
        image.height = kHeight;
        image.format = PNG_FORMAT_RGB;
        m_path = (m_folder.path() / "picture.png").string();
        EXPECT_TRUE(png_image_write_to_file(&image, m_path.c_str(), 0, m_pixels.data(), 0, nullptr));
    }

    std::vector<float> expected(std::string_view chain) const {
        const auto steps = data::parseChain(chain);
        EXPECT_TRUE(steps.ok()) << (steps.ok() ? "" : steps.error().message);
        const int64_t shape[] = {kHeight, kWidth, 3};
        const auto result = data::applyChain(tensor::Tensor::of<uint8_t>(shape, m_pixels), *steps);
        EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().message);
        const auto reals = tensor::toReals(*result);
        return {reals.begin(), reals.end()};
    }

    test::TemporaryDir m_folder;
    std::vector<uint8_t> m_pixels;
    std::string m_path;
};

TEST_F(ImageTest, preparesAsDatasetsDo) {
    struct Case {
        std::string_view chain;
        void (*steps)(Image&);
    };
    const Case cases[] = {
        {"layout(to=CHW)", [](Image& i) { i.layout(true); }},
        {"channels(to=gray) | layout(to=CHW)", [](Image& i) { i.channels("gray"), i.layout(true); }},
        {"channels(to=swap) | scale(by=0.5)", [](Image& i) { i.channels("swap"), i.scale(0.5); }},
        {"resize(size=7,31) | crop(size=5,9)", [](Image& i) { i.resize(7, 31, false), i.crop(5, 9); }},
        {"resize(size=5,6; antialias=true)", [](Image& i) { i.resize(5, 6, true); }},
        {"cast(to=float32) | resize(size=9) | offset(by=-3)",
         [](Image& i) { i.toFloats(), i.resizeShorter(9, false), i.offset(-3); }},
        {"layout(to=CHW) | resize(size=8,8) | scale(by=0.0625) | normalize(mean=1,2,3; std=0.5,2,4)",
         [](Image& i) {
             i.layout(true), i.resize(8, 8, false), i.scale(0.0625), i.normalize({1, 2, 3}, {0.5, 2, 4});
         }},
    };
    for (const auto& c : cases) {
        auto image = Image::read(m_path);
        ASSERT_TRUE(image);
        c.steps(*image);
        EXPECT_THAT(image->numbers(), Pointwise(FloatNear(1e-4f), expected(c.chain))) << c.chain;
    }
}

TEST_F(ImageTest, refusesWhatIsNoPicture) {
    const auto path = m_folder.path() / "broken.png";
    std::ofstream(path) << "\x89PNG and nothing more";
    EXPECT_FALSE(Image::read(path.string()));
    EXPECT_FALSE(Image::read("/none.png"));
}

TEST(PreprocessTest, writesAChainAsCalls) {
    const auto lines =
        preprocessLines("resize(size=28,30) | channels(to=swap) | normalize(mean=0.5,1,2; std=2)");
    ASSERT_TRUE(lines.ok());
    EXPECT_EQ(*lines,
              "    image.resize(28, 30, /*antialias=*/false);\n"
              "    image.channels(\"swap\");\n"
              "    image.normalize({0.5, 1, 2}, {2});\n");
    EXPECT_FALSE(preprocessLines("blur(by=3)").ok());
}

TEST(PreprocessTest, guessesFromTheInput) {
    const auto chainOf = [](std::string_view type) {
        const auto graph = ir::parseText("opset ai.onnx 21\ngraph main (x: " + std::string(type) +
                                         ") -> (y) {\n  y = Relu(x)\n}");
        return graph ? guessedChain(**graph) : graph.error().message;
    };
    EXPECT_EQ(chainOf("float32[N, 1, 28, 20]"), "channels(to=gray) | resize(size=28,20) | layout(to=CHW)");
    EXPECT_EQ(chainOf("float32[1, 128, 96, 3]"), "channels(to=rgb) | resize(size=128,96)");
    EXPECT_EQ(chainOf("float32[1, 3, H, W]"), "channels(to=rgb) | layout(to=CHW)");
    EXPECT_EQ(chainOf("float32[N, 2048]"), "");
}

}  // namespace
}  // namespace lathe::bundle
