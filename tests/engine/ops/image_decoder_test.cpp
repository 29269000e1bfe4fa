#include <gtest/gtest.h>

#include <string_view>

#include "engine/ops/support_image.h"
#include "tests/engine/ops/image_files.h"
#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

Tensor bytesOf(std::string_view file) {
    return Tensor::vector<uint8_t>({reinterpret_cast<const uint8_t*>(file.data()), file.size()});
}

OpCase decode(std::string name, std::string_view file, std::string format = "RGB") {
    return {.name = std::move(name),
            .op = "ImageDecoder",
            .attributes = {{"pixel_format", std::move(format)}},
            .inputs = {bytesOf(file)}};
}

std::string little(uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i, value >>= 8) text += static_cast<char>(value & 255);
    return text;
}

// The headers of a BMP whose pixels follow them.
std::string bmp(int32_t width, int32_t height, int bits, std::string_view rest, uint32_t compression = 0,
                size_t extra = 0) {
    return "BM" + little(0, 8) + little(54 + extra, 4) + little(40, 4) +
           little(static_cast<uint32_t>(width), 4) + little(static_cast<uint32_t>(height), 4) + little(1, 2) +
           little(static_cast<uint64_t>(bits), 2) + little(compression, 4) + little(0, 20) +
           std::string(rest);
}

// Two pixels, (1, 2, 3) and (4, 5, 6), as libpng writes them.
constexpr uint8_t kPng[] = {137, 80, 78, 71,  13,  10,  26,  10, 0,  0,   0,  13,  73, 72,  68,  82, 0,  0,
                            0,   2,  0,  0,   0,   1,   8,   2,  0,  0,   0,  123, 64, 232, 221, 0,  0,  0,
                            15,  73, 68, 65,  84,  120, 156, 99, 96, 100, 98, 102, 97, 101, 3,   0,  0,  63,
                            0,   22, 33, 186, 212, 84,  0,   0,  0,  0,   73, 69,  78, 68,  174, 66, 96, 130};
const std::string_view kPngText(reinterpret_cast<const char*>(kPng), sizeof kPng);

Tensor decoded(std::string_view file, ops::ImageChannels channels = ops::ImageChannels::stored) {
    const auto image = ops::decodeImage(std::as_bytes(std::span(file)), channels, "file");
    EXPECT_TRUE(image) << image.error().message;
    return image ? *image : Tensor();
}

}  // namespace

std::vector<OpCase> imageDecoderCases() {
    auto png = decode("png", kPngText);
    png.expected = {Tensor::of<uint8_t>({1, 2, 3}, {1, 2, 3, 4, 5, 6})};
    auto swapped = decode("swapped", kPngText, "BGR");
    swapped.expected = {Tensor::of<uint8_t>({1, 2, 3}, {3, 2, 1, 6, 5, 4})};
    // 0.299 * 100 + 0.587 * 50 + 0.114 * 200 = 82.05
    auto gray = decode("gray", std::string("P6 1 1 255\n") + "\x64\x32\xc8", "Grayscale");
    gray.expected = {Tensor::of<uint8_t>({1, 1, 1}, {82})};
    // What the standard asks for where a file is damaged or no image.
    auto damaged = decode("damaged", kPngText.substr(0, 50));
    damaged.expected = {Tensor::of<uint8_t>({0, 0, 3}, {})};
    auto nothing = decode("nothing", "", "Grayscale");
    nothing.expected = {Tensor::of<uint8_t>({0, 0, 1}, {})};
    return {png, swapped, gray, damaged, nothing};
}

namespace {

TEST(ImageDecoder, Cases) { checkCases(imageDecoderCases()); }

TEST(ImageDecoder, ReadsWhatOtherLibrariesDecode) {
    const auto colours = Tensor::of<uint8_t>({1, 2, 3}, {10, 20, 30, 200, 100, 50});
    const auto overBlack = Tensor::of<uint8_t>({1, 2, 3}, {200, 100, 50, 40, 20, 10});
    const auto gray = Tensor::of<uint8_t>({1, 2, 1}, {7, 250});
    EXPECT_EQ(decoded(fromHexadecimal(kWebp)), colours);
    EXPECT_EQ(decoded(fromHexadecimal(kTiff)), colours);
    EXPECT_EQ(decoded(fromHexadecimal(kJp2)), colours);
    EXPECT_EQ(decoded(fromHexadecimal(kWebpAlpha)), overBlack);
    EXPECT_EQ(decoded(fromHexadecimal(kTiffAlpha)), overBlack);
    EXPECT_EQ(decoded(fromHexadecimal(kTiffGray)), gray);
    EXPECT_EQ(decoded(fromHexadecimal(kJ2kGray)), gray);
    EXPECT_EQ(decoded(fromHexadecimal(kJ2kGray), ops::ImageChannels::rgb),
              Tensor::of<uint8_t>({1, 2, 3}, {7, 7, 7, 250, 250, 250}));
}

TEST(ImageDecoder, NamesFormsThatAreNotRead) {
    expectRefused(decode("i", bmp(1, 1, 8, std::string(1028, 0), 1, 1024)),
                  "BMP images with compression 1 are not supported");
    expectRefused(decode("i", "P5 100000 100000 255\n"),
                  "100000 x 100000 pixels are more than the 64 million");
}

TEST(ImageDecoder, RefusesAStreamOfSeveralAxes) {
    auto opCase = decode("i", "");
    opCase.inputs[0] = Tensor::of<uint8_t>({1, 1}, {0});
    expectRefused(opCase, "encoded_stream has 2 dimensions, expected 1");
}

// Blue, green, red; the lowest row first; rows filled up to 4 bytes.
TEST(ImageDecoder, ReadsBmpOfEveryDepth) {
    const auto wanted = Tensor::of<uint8_t>({2, 1, 3}, {4, 5, 6, 1, 2, 3});
    const std::string low("\x03\x02\x01\x00", 4), high("\x06\x05\x04\x00", 4);
    EXPECT_EQ(decoded(bmp(1, 2, 24, low + high)), wanted);
    EXPECT_EQ(decoded(bmp(1, -2, 24, high + low)), wanted);
    EXPECT_EQ(decoded(bmp(1, 2, 32, low + high)), wanted);
    // Pixels 0, 1, 1 from the highest bit: 011 and rest.
    EXPECT_EQ(decoded(bmp(3, 1, 1, low + high + std::string("\x60\0\0\0", 4), 0, 8)),
              Tensor::of<uint8_t>({1, 3, 3}, {1, 2, 3, 4, 5, 6, 4, 5, 6}));
    // 5 bits a channel: 31, 16 and 0 of 31; with own masks the whole of 4 bits each.
    EXPECT_EQ(decoded(bmp(1, 1, 16, little(31 << 10 | 16 << 5, 4))),
              Tensor::of<uint8_t>({1, 1, 3}, {255, 131, 0}));
    EXPECT_EQ(decoded(bmp(1, 1, 16, little(0x00f, 4) + little(0x0f0, 4) + little(0xf00, 4) + little(0x08f, 4),
                          3, 12)),
              Tensor::of<uint8_t>({1, 1, 3}, {255, 136, 0}));
}

TEST(ImageDecoder, ReadsPnmOfEveryKind) {
    const auto bits = Tensor::of<uint8_t>({1, 3, 1}, {0, 255, 0});
    EXPECT_EQ(decoded("P1 # black is 1\n3 1\n101"), bits);
    EXPECT_EQ(decoded("P4 3 1\n\xa0"), bits);
    // Numbers of 0 to 5 are scaled by 51.
    EXPECT_EQ(decoded("P2 2 1 5\n1 # one\n5"), Tensor::of<uint8_t>({1, 2, 1}, {51, 255}));
    EXPECT_EQ(decoded("P3 1 1 5 1 2 3"), Tensor::of<uint8_t>({1, 1, 3}, {51, 102, 153}));
    EXPECT_EQ(decoded(std::string_view("P5 1 1 65535\n\x80\x00", 15)), Tensor::of<uint8_t>({1, 1, 1}, {128}));
    EXPECT_EQ(decoded("P6 1 1 255\nABC"), Tensor::of<uint8_t>({1, 1, 3}, {65, 66, 67}));
    EXPECT_EQ(decoded("P5 1 1 255\nA", ops::ImageChannels::rgb),
              Tensor::of<uint8_t>({1, 1, 3}, {65, 65, 65}));
}

TEST(ImageDecoder, AsksForRoomBeforeItDecodes) {
    const auto bytes = std::as_bytes(std::span(kPngText));
    tensor::Shape asked;
    const auto none = [&](tensor::Dimensions shape) -> base::Result<Tensor> {
        asked = tensor::Shape(shape.begin(), shape.end());
        return base::Error{"no room"};
    };
    const auto refused = ops::decodeImage(bytes, ops::ImageChannels::rgb, "file", none);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "no room");
    EXPECT_EQ(asked, (tensor::Shape{1, 2, 3}));
}

// Every prefix of a file, and every byte of its header set to the extremes, is an image or a message.
TEST(ImageDecoder, SurvivesDamage) {
    const std::string files[] = {std::string(kPngText),
                                 bmp(2, 2, 24, std::string(16, 'x')),
                                 bmp(2, 2, 4, std::string(72, 'x'), 0, 64),
                                 bmp(1, 1, 16, std::string(16, 'x'), 3, 12),
                                 "P6 2 2 255\nabcdefghijkl",
                                 "P3 2 2 9 1 2 3 4 5 6 7 8 9 1 2 3",
                                 "P1 2 2 0110",
                                 fromHexadecimal(kWebpAlpha),
                                 fromHexadecimal(kTiffGray),
                                 fromHexadecimal(kTiffAlpha),
                                 fromHexadecimal(kJp2),
                                 fromHexadecimal(kJ2kGray)};
    size_t refused = 0;
    const auto look = [&](std::string_view file) {
        const auto image = ops::decodeImage(std::as_bytes(std::span(file)), ops::ImageChannels::rgb, "file");
        if (image) {
            EXPECT_EQ(image->rank(), 3);
            return;
        }
        ++refused;
        EXPECT_TRUE(image.error().message.starts_with("file: ")) << image.error().message;
    };
    for (const auto& file : files) {
        for (size_t length = 0; length < file.size(); ++length)
            look(std::string_view(file).substr(0, length));
        for (size_t at = 0; at < std::min<size_t>(file.size(), 140); ++at)
            for (const char value : {'\0', '\x7f', '\xff', '9', ' '}) {
                auto changed = file;
                changed[at] = value;
                look(changed);
            }
    }
    EXPECT_GT(refused, 400u);
}

}  // namespace
}  // namespace lathe::test
