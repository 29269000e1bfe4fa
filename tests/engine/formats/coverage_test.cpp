#include "engine/ops/coverage.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/formats/format.h"
#include "engine/ops/infer.h"
#include "tests/support/test_paths.h"

namespace lathe::formats {
namespace {

TEST(Coverage, isWholeOnTheSharedModels) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    int models = 0;
    for (const auto& entry : std::filesystem::directory_iterator(*shared / "models")) {
        if (entry.path().extension() != ".onnx") continue;
        const auto read = formats::read(entry.path(), {});
        ASSERT_TRUE(read) << read.error().message;
        std::vector<ir::SubgraphId> neverRun;
        const auto graph = ops::inferred(*read, {.neverRun = &neverRun});
        ASSERT_TRUE(graph) << graph.error().message;
        const auto known = ops::coverage(**graph, neverRun);
        EXPECT_EQ(known.ranked, known.values) << entry.path();
        EXPECT_GE(100 * known.complete, 99 * known.values) << entry.path();
        ++models;
    }
    EXPECT_GT(models, 0);
}

}  // namespace
}  // namespace lathe::formats
