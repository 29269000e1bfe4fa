// Where the weights go.
#include "engine/formats/lathe/layout.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstdio>
#include <filesystem>

#include "engine/base/file_map.h"
#include "tests/engine/formats/lathe/sample.h"
#include "tests/support/test_paths.h"

namespace lathe::formats::flat {
namespace {

using tensor::DataType;
using tensor::Tensor;

ir::GraphPtr graphOf(const std::vector<Tensor>& tensors) {
    ir::Editor editor;
    std::vector<ir::ValueId> constants;
    for (size_t i = 0; i < tensors.size(); ++i)
        constants.push_back(editor.addConstant(tensors[i], "w" + std::to_string(i)));
    editor.setGraphOutputs(ir::kMain, {editor.add({.op = "Opaque", .inputs = constants, .name = "user"})});
    return editor.finish();
}

TEST(FlatLayout, alignsEveryTensorTo64Bytes) {
    const auto layout =
        layOut(*graphOf({Tensor::scalar(1.0f), Tensor::zeros(DataType::int8, std::vector<int64_t>{65}),
                         Tensor::scalar(int64_t{2})}));
    ASSERT_TRUE(layout) << layout.error().message;
    ASSERT_EQ(layout->weights.size(), 3u);
    const auto start = layout->weights[0].offset;
    EXPECT_EQ(start, aligned(layout->head.size()));
    EXPECT_EQ(layout->weights[1].offset, start + 64);
    EXPECT_EQ(layout->weights[2].offset, start + 192);
    EXPECT_EQ(layout->size, start + 256);
}

TEST(FlatLayout, storesSharedBytesOnce) {
    const auto shared = Tensor::zeros(DataType::float32, std::vector<int64_t>{16});
    const auto layout = layOut(*graphOf({shared, shared.reshaped(std::vector<int64_t>{4, 4}), shared}));
    ASSERT_TRUE(layout) << layout.error().message;
    EXPECT_EQ(layout->weights.size(), 1u);
}

// A file is made with a hole where most of the weights are, so the test needs no room on the disk.
TEST(FlatLayout, holdsMoreThanFourGigabytes) {
    constexpr size_t kSize = size_t{3} << 30;
    void* zeros = ::mmap(nullptr, kSize, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ASSERT_NE(zeros, MAP_FAILED);
    const std::span big(static_cast<const std::byte*>(zeros), kSize);
    const std::vector<int64_t> shape{int64_t{3} << 30};
    const auto bigTensor = [&](size_t less) {
        const std::vector<int64_t> smaller{shape[0] - static_cast<int64_t>(less)};
        return Tensor::borrowed(DataType::uint8, smaller, big.first(kSize - less), nullptr);
    };
    const auto layout = layOut(*graphOf({bigTensor(0), bigTensor(1), Tensor::scalar(42.0f)}));
    ::munmap(zeros, kSize);
    ASSERT_TRUE(layout) << layout.error().message;
    EXPECT_GT(layout->size, 2 * kSize);

    const test::TemporaryDir folder;
    const auto path = folder.path() / "big.lathe";
    auto* file = std::fopen(path.c_str(), "wb");
    ASSERT_TRUE(file);
    const auto& last = layout->weights.back();
    std::fwrite(layout->head.data(), 1, layout->head.size(), file);
    ::fseeko(file, static_cast<off_t>(last.offset), SEEK_SET);
    std::fwrite(last.tensor.bytes().data(), 1, last.tensor.bytes().size(), file);
    std::fclose(file);
    std::filesystem::resize_file(path, layout->size);

    const auto graph = readFile(path, {}, {});
    ASSERT_TRUE(graph) << graph.error().message;
    EXPECT_EQ((*graph)->value({0}).constant()->elementCount(), shape[0]);
    EXPECT_EQ((*graph)->value({1}).constant()->integerAt(shape[0] - 2), 0);
    EXPECT_EQ((*graph)->value({2}).constant()->realAt(0), 42.0);
}

TEST(FlatLayout, refusesWhatCannotBeRead) {
    ir::Editor editor;
    editor.addValue("", {});
    const auto value = editor.addValue("x", {});
    editor.addNode({.op = "Relu", .inputs = {value}, .name = "lonely"});
    const auto layout = layOut(*editor.finish());
    ASSERT_FALSE(layout);
    EXPECT_NE(layout.error().message.find("lonely"), std::string::npos) << layout.error().message;
}

}  // namespace
}  // namespace lathe::formats::flat
