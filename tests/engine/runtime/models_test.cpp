// Real models give the same numbers by kernels as by plain evaluation, with one thread and with two.
#include <gtest/gtest.h>

#include "engine/formats/format.h"
#include "engine/runtime/session.h"
#include "tests/support/compare.h"
#include "tests/support/shared_models.h"
#include "tests/support/test_paths.h"

namespace lathe::runtime {
namespace {

class Models : public testing::TestWithParam<test::SharedModel> {};

std::vector<tensor::RuntimeValue> runWith(const ir::GraphPtr& graph,
                                          const std::vector<tensor::RuntimeValue>& inputs,
                                          const SessionOptions& options) {
    auto session = open(graph, options);
    EXPECT_TRUE(session) << (session ? "" : session.error().message);
    if (!session) return {};
    auto outputs = (*session)->run(inputs);
    EXPECT_TRUE(outputs) << (outputs ? "" : outputs.error().message);
    return outputs ? *outputs : std::vector<tensor::RuntimeValue>();
}

TEST_P(Models, KernelsAgreeWithPlainEvaluation) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto& c = GetParam();
    const auto graph = formats::read(*shared / c.file, {});
    ASSERT_TRUE(graph) << graph.error().message;
    const auto inputs = randomInputs(**graph, 5, {}, c.shapes);
    ASSERT_TRUE(inputs) << inputs.error().message;
    const auto expected = runWith(*graph, *inputs, {.threads = 1, .plainOnly = true});
    const auto actual = runWith(*graph, *inputs, {.threads = 1});
    test::expectClose(actual, expected, 1e-4, c.file);
    const auto unfused = runWith(*graph, *inputs, {.threads = 2, .fuse = false});
    test::expectClose(unfused, expected, 1e-4, c.file + ", not fused");
    const auto two = runWith(*graph, *inputs, {.threads = 2});
    test::expectClose(two, actual, 0, c.file + ", two threads");
}

INSTANTIATE_TEST_SUITE_P(Shared, Models, testing::ValuesIn(test::sharedModels()),
                         [](const auto& test) { return test::testName(test.param); });

}  // namespace
}  // namespace lathe::runtime
