#include <gtest/gtest.h>
#include <jpeglib.h>
#include <png.h>

#include <cstdio>
#include <numeric>

#include "engine/base/atomic_file.h"
#include "engine/data/dataset.h"
#include "tests/engine/data/make_zip.h"
#include "tests/support/test_paths.h"

namespace lathe::data {
namespace {

namespace fs = std::filesystem;
using tensor::Tensor;

struct Loaders : testing::Test {
    test::TemporaryDir folder;

    fs::path write(const std::string& name, const std::string& content) {
        const auto path = folder.path() / name;
        fs::create_directories(path.parent_path());
        EXPECT_TRUE(base::writeFile(path, content));
        return path;
    }
    static std::string message(const fs::path& path, const OpenOptions& options = {}) {
        const auto data = open(path, options, {});
        if (!data) return data.error().message;
        const auto batch = (*data)->batch(0, 1);
        return batch ? "no error" : batch.error().message;
    }
};

std::string idx(int type, const std::vector<uint32_t>& dimensions, const std::string& data) {
    std::string out("\0\0", 2);
    out += static_cast<char>(type);
    out += static_cast<char>(dimensions.size());
    for (const auto d : dimensions)
        for (int i = 3; i >= 0; --i) out += static_cast<char>(d >> (8 * i) & 0xff);
    return out + data;
}

std::string gzipped(const std::string& content) {
    std::string out("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10);
    out += test::deflated(content);
    test::put(out,
              crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size())), 4);
    test::put(out, content.size(), 4);
    return out;
}

TEST_F(Loaders, ReadIdxWithLabelsBesideIt) {
    write("train-images-idx3-ubyte", idx(8, {1, 2, 2}, "abcd"));
    write("t10k-images-idx3-ubyte.gz", gzipped(idx(8, {2, 2, 2}, "abcdefgh")));
    write("t10k-labels-idx1-ubyte.gz", gzipped(idx(8, {2}, std::string("\7\3", 2))));
    const auto data = open(folder.path(), {}, {});
    ASSERT_TRUE(data) << data.error().message;
    const auto batch = (*data)->batch(1, 1);
    EXPECT_EQ(batch->input, Tensor::of<uint8_t>({1, 2, 2}, {'e', 'f', 'g', 'h'}));
    EXPECT_EQ(batch->labels, (std::vector<int64_t>{3}));
    EXPECT_EQ((*open(folder.path(), {.split = "train"}, {}))->size(), 1);
    EXPECT_EQ((*open(folder.path() / "train-images-idx3-ubyte", {}, {}))->size(), 1);
}

TEST_F(Loaders, RefuseDamagedIdx) {
    const auto swapped = write("numbers-idx1", idx(0x0b, {2}, std::string("\x01\x02\xff\xfe", 4)));
    EXPECT_EQ((*open(swapped, {}, {}))->batch(0, 2)->input, Tensor::of<int16_t>({2}, {258, -2}));
    EXPECT_NE(
        message(write("a-idx1", idx(8, {4000000000u, 4000000000u, 4000000000u}, "abc"))).find("needs more"),
        std::string::npos);
    EXPECT_NE(message(write("b-idx1", idx(7, {1}, "a"))).find("unknown element type 0x07"),
              std::string::npos);
    auto cut = gzipped(idx(8, {2, 2, 2}, "abcdefgh"));
    EXPECT_NE(message(write("c-idx1.gz", cut.substr(0, cut.size() - 9))).find("c-idx1.gz"),
              std::string::npos);
    cut[cut.size() - 1] = '\x7f';  // claims 2 GB
    EXPECT_NE(message(write("d-idx1.gz", cut)).find("refused"), std::string::npos);
}

std::string png(uint32_t width, uint32_t height, uint32_t format, const std::vector<uint8_t>& pixels) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = format;
    png_alloc_size_t size = 1 << 16;
    std::string out(size, '\0');
    EXPECT_NE(png_image_write_to_memory(&image, out.data(), &size, 0, pixels.data(), 0, nullptr), 0);
    out.resize(size);
    return out;
}

std::string jpeg(unsigned width, unsigned height, std::vector<uint8_t> rgb) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &buffer, &size);
    info.image_width = width;
    info.image_height = height;
    info.input_components = 3;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 100, TRUE);
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < height) {
        JSAMPROW row = rgb.data() + size_t{info.next_scanline} * width * 3;
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    std::string out(reinterpret_cast<char*>(buffer), size);
    std::free(buffer);
    return out;
}

TEST_F(Loaders, ReadFoldersOfImagesAsClasses) {
    write("cats/1.png", png(2, 1, PNG_FORMAT_RGB, {1, 2, 3, 4, 5, 6}));
    write("cats/0.PNG", png(2, 1, PNG_FORMAT_GRAY, {9, 8}));
    write("dogs/0.jpg", jpeg(2, 1, {200, 100, 50, 200, 100, 50}));
    write("notes.txt", "not an image");
    const auto data = open(folder.path(), {}, {});
    ASSERT_TRUE(data) << data.error().message;
    EXPECT_EQ((*data)->source().describe(), "3 samples, images, 2 classes");
    EXPECT_EQ((*data)->source().classNames(), (std::vector<std::string>{"cats", "dogs"}));
    const auto batch = (*data)->batch(0, 3);
    ASSERT_TRUE(batch) << batch.error().message;
    EXPECT_EQ(batch->labels, (std::vector<int64_t>{0, 0, 1}));
    const auto pixels = batch->input.values<uint8_t>();
    EXPECT_EQ((std::vector<uint8_t>(pixels.begin(), pixels.begin() + 12)),
              (std::vector<uint8_t>{9, 9, 9, 8, 8, 8, 1, 2, 3, 4, 5, 6}));
    EXPECT_NEAR(pixels[12], 200, 3);
    EXPECT_NEAR(pixels[13], 100, 3);
    EXPECT_NEAR(pixels[14], 50, 3);
}

TEST_F(Loaders, NameTheSampleThatDoesNotFit) {
    write("0.png", png(2, 1, PNG_FORMAT_RGB, {1, 2, 3, 4, 5, 6}));
    write("1.png", png(1, 1, PNG_FORMAT_RGB, {1, 2, 3}));
    const auto batch = (*open(folder.path(), {}, {}))->batch(0, 2);
    ASSERT_FALSE(batch);
    EXPECT_NE(batch.error().message.find("sample 1 (1.png): is uint8 [1, 1, 3] after preprocessing"),
              std::string::npos);
}

TEST_F(Loaders, SurviveDamagedImages) {
    std::vector<uint8_t> pixels(16 * 16 * 3);
    std::iota(pixels.begin(), pixels.end(), uint8_t{0});
    for (const auto& [name, good] : {std::pair("a.png", png(16, 16, PNG_FORMAT_RGB, pixels)),
                                     std::pair("a.jpg", jpeg(16, 16, pixels))}) {
        EXPECT_EQ(message(write(name, good)), "no error");
        for (size_t size = 0; size < good.size() / 2; ++size)
            EXPECT_NE(message(write(name, good.substr(0, size))), "no error") << name << size;
        for (size_t at = 0; at < good.size(); ++at) {
            auto bad = good;
            bad[at] = static_cast<char>(bad[at] ^ 0x5a);
            EXPECT_NE(message(write(name, bad)), "");
        }
    }
    auto huge = png(1, 1, PNG_FORMAT_GRAY, {1});
    huge.replace(16, 8, std::string("\0\0\xff\xff\0\0\xff\xff", 8));
    EXPECT_NE(message(write("b.png", huge)), "no error");
}

TEST_F(Loaders, ReadTables) {
    const auto iris = write("iris.csv", "a;b;Species\r\n1;2;setosa\r\n3;4,;virginica\r\n");
    EXPECT_NE(message(iris).find("line 3, column 1: \"4,\" is not a number"), std::string::npos);
    const auto good = open(write("iris.csv", "a;b;Species\r\n1;2;setosa\r\n3;4;\"vir;ginica\"\r\n"), {}, {});
    ASSERT_TRUE(good) << good.error().message;
    EXPECT_EQ((*good)->batch(0, 2)->input, Tensor::of<float>({2, 2}, {1, 2, 3, 4}));
    EXPECT_EQ((*good)->batch(0, 2)->labels, (std::vector<int64_t>{0, 1}));
    EXPECT_EQ((*good)->source().classNames()[1], "vir;ginica");
    const auto bare = write("bare.csv", "1,2,1\n3,4,0\n");
    EXPECT_EQ((*open(bare, {}, {}))->batch(0, 1)->input.shape(), (tensor::Shape{1, 3}));
    const auto labelled = open(bare, {.options = {{"label", std::string("-1")}}}, {});
    EXPECT_EQ((*labelled)->batch(0, 2)->labels, (std::vector<int64_t>{1, 0}));
    EXPECT_NE(message(write("bad.csv", "1,2\n3\n")).find("line 2 has 1 columns"), std::string::npos);
    EXPECT_NE(message(write("empty.csv", "a,b\n")).find("holds no rows"), std::string::npos);
}

TEST_F(Loaders, ReadSound) {
    const auto wav = [](int format, int channels, int bits, const std::string& data, uint64_t rate = 16000) {
        std::string out = "RIFF";
        test::put(out, 36 + data.size(), 4);
        out += "WAVEfmt ";
        test::put(out, 16, 4);
        test::put(out, static_cast<uint64_t>(format), 2);
        test::put(out, static_cast<uint64_t>(channels), 2);
        test::put(out, rate, 4);
        test::put(out, 0, 4);
        test::put(out, 0, 2);
        test::put(out, static_cast<uint64_t>(bits), 2);
        out += "data";
        test::put(out, data.size(), 4);
        return out + data;
    };
    const auto stereo = write("a.wav", wav(1, 2, 16, std::string("\0\x40\0\0\0\x80\0\0", 8)));
    EXPECT_EQ((*open(stereo, {}, {}))->batch(0, 1)->input, Tensor::of<float>({1, 2}, {0.25f, -0.5f}));
    const auto stored =
        open(stereo, {.options = {{"channels", std::string("stored")}, {"length", int64_t{3}}}}, {});
    EXPECT_EQ((*stored)->batch(0, 1)->input, Tensor::of<float>({1, 2, 3}, {0.5f, -1, 0, 0, 0, 0}));
    EXPECT_EQ((*open(write("b.wav", wav(1, 1, 24, std::string("\0\0\xc0", 3))), {}, {}))->batch(0, 1)->input,
              Tensor::of<float>({1, 1}, {-0.5f}));
    EXPECT_NE(message(write("c.wav", wav(2, 1, 4, "abcd"))).find("format 2 with 4 bits"), std::string::npos);
    write("mixed/0.wav", wav(1, 1, 16, "ab"));
    write("mixed/1.wav", wav(1, 1, 16, "ab", 44100));
    const auto mixed = open(folder.path() / "mixed", {}, {});
    ASSERT_TRUE(mixed) << mixed.error().message;
    EXPECT_EQ((*mixed)->source().describe(), "2 samples, sounds at 16000 Hz");
    const auto second = (*mixed)->batch(1, 1);
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("1.wav: has 44100 samples a second, expected 16000 as"),
              std::string::npos);
    const auto good = wav(1, 2, 16, "abcdefgh");
    for (size_t size = 0; size < good.size(); ++size)
        EXPECT_NE(message(write("d.wav", good.substr(0, size))), "");
}

TEST_F(Loaders, GenerateTheSameNumbersForTheSameSeed) {
    const OpenOptions options{.loader = "random",
                              .options = {{"shape", std::vector<int64_t>{3, 2}}, {"count", int64_t{4}}}};
    const auto a = open({}, options, {}), b = open({}, options, {});
    ASSERT_TRUE(a) << a.error().message;
    EXPECT_EQ((*a)->batch(2, 1)->input, (*b)->batch(2, 1)->input);
    EXPECT_FALSE((*a)->batch(0, 1)->input == (*a)->batch(1, 1)->input);
    auto bytes = options;
    bytes.options.set("type", std::string("uint8"));
    EXPECT_NE(message({}, bytes).find("choose the distribution integers"), std::string::npos);
    bytes.options.set("distribution", std::string("integers"));
    bytes.options.set("high", 255.0);
    EXPECT_EQ(message({}, bytes), "no error");
    bytes.options.set("shape", std::vector<int64_t>{INT64_MAX, 9});
    EXPECT_NE(message({}, bytes).find("too large"), std::string::npos);
}

TEST_F(Loaders, SayWhenNothingFits) {
    EXPECT_NE(message(folder.path() / "no.npz").find("does not exist"), std::string::npos);
    EXPECT_NE(message(write("a.xyz", "?")).find("is not data that a loader recognises"), std::string::npos);
    EXPECT_NE(message(folder.path(), {.loader = "csv"}).find("is a folder"), std::string::npos);
    EXPECT_NE(message(folder.path(), {.loader = "sql"}).find("Known loaders: csv, idx"), std::string::npos);
    EXPECT_NE(message(write("a.csv", "1,2\n"), {.split = "test"}).find("knows no splits"), std::string::npos);
}

}  // namespace
}  // namespace lathe::data
