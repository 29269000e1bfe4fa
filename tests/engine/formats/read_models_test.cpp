// Every shared model opens, with the node counts their files have.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "engine/base/file_map.h"
#include "engine/formats/format.h"
#include "tests/support/test_paths.h"

namespace lathe::formats {
namespace {

std::vector<std::filesystem::path> modelsIn(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> result;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".onnx") result.push_back(entry.path());
    std::sort(result.begin(), result.end());
    return result;
}

TEST(ReadModels, everySharedModelOpens) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    for (const auto* folder : {"models", "conformance/light"})
        for (const auto& path : modelsIn(*shared / folder)) {
            const auto graph = read(path, {});
            ASSERT_TRUE(graph.ok()) << graph.error().message;
            EXPECT_GT((*graph)->nodeCount(), 0u) << path;
            EXPECT_FALSE((*graph)->outputs().empty()) << path;
        }
}

TEST(ReadModels, knownModelsHaveTheirCounts) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto faces = read(*shared / "models/ultraface_rfb_320.onnx", {});
    ASSERT_TRUE(faces.ok()) << faces.error().message;
    EXPECT_EQ((*faces)->info().sourceNodeCount, 242);
    EXPECT_EQ((*faces)->info().fileOpsets.at(""), 9);
    EXPECT_EQ((*faces)->inputs().size(), 1u);
    const auto digits = read(*shared / "models/mnist_cntk_opset8.onnx", {});
    ASSERT_TRUE(digits.ok()) << digits.error().message;
    EXPECT_EQ((*digits)->info().sourceNodeCount, 12);
    // IR version 3 lists the weights as inputs too; they are constants.
    EXPECT_EQ((*digits)->inputs().size(), 1u);
}

TEST(ReadModels, weightsStayInTheMappedFile) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto path = *shared / "models/squeezenet_v1.1.onnx";
    const auto map = base::FileMap::open(path);
    const auto graph = read(path, {});
    ASSERT_TRUE(graph.ok()) << graph.error().message;
    size_t weights = 0, bytes = 0;
    for (uint32_t v = 0; v < (*graph)->valueLimit(); ++v)
        if (const auto* tensor = (*graph)->value({v}).constant()) {
            ++weights;
            bytes += tensor->bytes().size();
        }
    EXPECT_GT(weights, 40u);
    EXPECT_GT(bytes, size_t{4} << 20);
}

}  // namespace
}  // namespace lathe::formats
