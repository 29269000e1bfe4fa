// Scan of operator set 8, with its batch axis and its lengths, in the form of today.
#include <gtest/gtest.h>

#include "engine/formats/onnx/adapt.h"
#include "engine/ir/text.h"
#include "engine/ir/verify.h"
#include "engine/ops/infer.h"
#include "engine/ops/interpreter.h"

namespace lathe::formats::onnx {
namespace {

using tensor::Tensor;

// Running sums: the state is the sum so far, the scan output shows it after each step.
constexpr std::string_view kBody = R"({body = graph (sum: float32[1], item: float32[1]) -> (next, shown) {
    next = Add(sum, item)
    shown = Identity(next)
  }, num_scan_inputs = 1)";

base::Result<ir::GraphPtr> adapted(std::string_view inputs, std::string_view attributes) {
    const auto text =
        "opset ai.onnx 8\ngraph main (start: float32[2, 1], x: float32[2, 3, 1], lengths: int64[2]) -> "
        "(last, all) {\n  last, all = Scan(" +
        std::string(inputs) + ") \"sums\" " + std::string(attributes) + "\n}\n";
    auto graph = ir::parseText(text);
    if (!graph) return graph.error();
    ir::Editor editor(*graph);
    if (auto s = adaptToNewest(editor, {}); !s) return s.error();
    if (auto s = ops::inferTypes(editor); !s) return s.error();
    auto result = editor.finish();
    if (auto s = ir::verify(*result); !s) return s.error();
    return result;
}

std::vector<tensor::RuntimeValue> inputs(std::initializer_list<int64_t> lengths) {
    return {Tensor::of<float>({2, 1}, {0, 10}), Tensor::of<float>({2, 3, 1}, {1, 2, 3, 4, 5, 6}),
            Tensor::vector<int64_t>({lengths.begin(), lengths.size()})};
}

TEST(AdaptScan, RunsOverTheBatch) {
    const auto graph = adapted("_, start, x", std::string(kBody) + "}");
    ASSERT_TRUE(graph) << graph.error().message;
    EXPECT_EQ(ir::toString((*graph)->value((*graph)->outputs()[0]).type()), "float32[2, 1]");
    EXPECT_EQ(ir::toString((*graph)->value((*graph)->outputs()[1]).type()), "float32[2, 3, 1]");
    const auto results = ops::interpret(**graph, inputs({3, 3}));
    ASSERT_TRUE(results) << results.error().message;
    EXPECT_EQ(*results->at(0).tensor(), Tensor::of<float>({2, 1}, {6, 25}));
    EXPECT_EQ(*results->at(1).tensor(), Tensor::of<float>({2, 3, 1}, {1, 3, 6, 14, 19, 25}));
}

TEST(AdaptScan, EndsEachSequenceAtItsLength) {
    const auto graph = adapted("lengths, start, x", std::string(kBody) + "}");
    ASSERT_TRUE(graph) << graph.error().message;
    const auto results = ops::interpret(**graph, inputs({2, 0}));
    ASSERT_TRUE(results) << results.error().message;
    EXPECT_EQ(*results->at(0).tensor(), Tensor::of<float>({2, 1}, {3, 10}));
    EXPECT_EQ(*results->at(1).tensor(), Tensor::of<float>({2, 3, 1}, {1, 3, 0, 0, 0, 0}));
}

TEST(AdaptScan, WalksBackwardsFromTheLength) {
    const auto graph = adapted("lengths, start, x", std::string(kBody) + ", directions = [1]}");
    ASSERT_TRUE(graph) << graph.error().message;
    const auto results = ops::interpret(**graph, inputs({2, 3}));
    ASSERT_TRUE(results) << results.error().message;
    EXPECT_EQ(*results->at(0).tensor(), Tensor::of<float>({2, 1}, {3, 25}));
    EXPECT_EQ(*results->at(1).tensor(), Tensor::of<float>({2, 3, 1}, {2, 3, 0, 16, 21, 25}));
}

TEST(AdaptScan, RefusesANodeWithoutScanInputs) {
    const auto graph = adapted("_, start, x",
                               "{body = graph (a: float32[1], b: float32[1]) -> (a, b) {\n  }, "
                               "num_scan_inputs = 3}");
    ASSERT_FALSE(graph);
    EXPECT_NE(graph.error().message.find("Scan \"sums\": num_scan_inputs does not fit the inputs"),
              std::string::npos)
        << graph.error().message;
}

}  // namespace
}  // namespace lathe::formats::onnx
