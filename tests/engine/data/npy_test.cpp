#include "engine/data/npy.h"

#include <gtest/gtest.h>

#include "engine/base/file_map.h"
#include "engine/data/npy_header.h"
#include "tests/support/test_paths.h"

namespace lathe::data {
namespace {

using tensor::Tensor;

std::vector<std::byte> npyBytes(std::string header, const std::string& data) {
    std::string text("\x93NUMPY\x01\x00", 8);
    header += '\n';
    text += static_cast<char>(header.size() & 0xff);
    text += static_cast<char>(header.size() >> 8);
    text += header + data;
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}
base::Result<Tensor> parse(const std::vector<std::byte>& bytes) { return parseNpy(bytes, nullptr, "a.npy"); }

TEST(Npy, ReadsWhatItWrites) {
    test::TemporaryDir folder;
    const auto path = folder.path() / "a.npy";
    const std::vector<Tensor> tensors = {
        Tensor::of<float>({2, 3}, {1, -2, 3.5f, 4, 5, 6}), Tensor::scalar<int64_t>(-7),
        Tensor::of<uint8_t>({3}, {1, 2, 255}), Tensor::of<bool>({2}, {true, false}),
        Tensor::zeros(tensor::DataType::float16, std::vector<int64_t>{2, 0, 3})};
    for (const auto& tensor : tensors) {
        ASSERT_TRUE(writeNpy(path, tensor));
        const auto again = readNpy(path);
        ASSERT_TRUE(again) << again.error().message;
        EXPECT_EQ(*again, tensor);
        EXPECT_EQ((*base::FileMap::open(path))->bytes().size() % 64, tensor.bytes().size() % 64);
    }
}

TEST(Npy, WidensTypesNumPyLacks) {
    test::TemporaryDir folder;
    const auto path = folder.path() / "a.npy";
    ASSERT_TRUE(
        writeNpy(path, Tensor::of<tensor::BFloat16>({2}, {tensor::BFloat16(1.5f), tensor::BFloat16(-2)})));
    EXPECT_EQ(*readNpy(path), Tensor::of<float>({2}, {1.5f, -2}));
    EXPECT_FALSE(writeNpy(path, Tensor::zeros(tensor::DataType::string, std::vector<int64_t>{1})));
}

TEST(Npy, ReadsFortranOrderAndBigEndian) {
    // [[1, 2, 3], [4, 5, 6]] column by column.
    EXPECT_EQ(*parse(npyBytes("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", "\1\4\2\5\3\6")),
              Tensor::of<uint8_t>({2, 3}, {1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(*parse(npyBytes("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }",
                              std::string("\x01\x02\xff\xfe", 4))),
              Tensor::of<int16_t>({2}, {0x102, -2}));
}

TEST(Npy, RefusesWhatDoesNotFit) {
    const auto message = [](std::string header, const std::string& data = "abcd") {
        const auto result = parse(npyBytes(std::move(header), data));
        return result ? "no error" : result.error().message;
    };
    EXPECT_EQ(message("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"),
              "a.npy: [2] elements <f4 do not fit in the 4 bytes after the header.");
    EXPECT_NE(message("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }")
                  .find("do not fit"),
              std::string::npos);
    EXPECT_NE(message("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }").find("not plain numbers"),
              std::string::npos);
    EXPECT_NE(message("{'descr': '<f4', 'shape': (1,), }").find("is not a dictionary"), std::string::npos);
    EXPECT_NE(message("{'descr': '|b1', 'fortran_order': False, 'shape': (4,), }").find("neither 0 nor 1"),
              std::string::npos);
    const auto good = npyBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "abcd");
    for (size_t size = 0; size < good.size(); ++size)
        EXPECT_FALSE(parse({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)})) << size;
}

TEST(Npy, FormatsTheHeaderAsNumPyDoes) {
    EXPECT_EQ(formatNpyHeader({"<f4", false, {3}}),
              "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }");
    EXPECT_EQ(formatNpyHeader({"<f4", false, {}}), "{'descr': '<f4', 'fortran_order': False, 'shape': (), }");
    EXPECT_EQ(formatNpyHeader({"<f4", false, {3, 4}}),
              "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }");
}

}  // namespace
}  // namespace lathe::data
