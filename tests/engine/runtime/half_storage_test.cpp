// Graphs on 16-bit floats run by the kernels of float32. Two bars: the plain evaluation, which rounds behind
// every node, and the same graph on float32, from which only the rounding of the results sets them apart.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/compress/compressor.h"
#include "engine/evaluate/evaluate.h"
#include "engine/formats/format.h"
#include "engine/ir/text.h"
#include "engine/ops/interpreter.h"
#include "engine/runtime/session.h"
#include "tests/support/compare.h"
#include "tests/support/half_values.h"
#include "tests/support/kernel_check.h"
#include "tests/support/plan_text.h"
#include "tests/support/test_paths.h"

namespace lathe::runtime {
namespace {

using tensor::DataType;
using tensor::RuntimeValue;
using tensor::Tensor;
using Values = std::vector<RuntimeValue>;

// Roundings of half a last place behind each of up to eight nodes, none of which makes numbers much larger.
constexpr double kRoundings = 4;

std::string replaced(std::string text, std::string_view what, const std::string& by) {
    for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
    return text;
}

struct Weight {
    std::string name;
    std::vector<int64_t> shape;
    float scale = 1;
};

struct Case {
    std::string name, inputs, outputs, body;  // $half: the type; $number: of it in the standard
    std::vector<Weight> weights = {};
    bool roundsWithin = false;  // some node or body needs halves between others
    int casts = 2;              // steps that change the type
};

// Numbers that are halves of `stored`, written as `type`.
std::string constantText(const Weight& weight, DataType stored, DataType type) {
    auto wide = test::randomFloats(tensor::Dimensions(weight.shape), 7);
    for (auto& x : wide.mutableValues<float>()) x *= weight.scale;
    std::string text = fmt::format("  {} = constant {}[{}] {{", weight.name, tensor::name(type),
                                   fmt::join(weight.shape, ", "));
    for (const auto x : tensor::toReals(test::asHalves(wide, stored))) text += fmt::format("{:.9g}, ", x);
    text.resize(text.size() - 2);
    return text + "}\n";
}

ir::GraphPtr graphOf(const Case& c, DataType stored, DataType type) {
    std::string text = fmt::format("opset ai.onnx 25\ngraph main ({}) -> ({}) {{\n", c.inputs, c.outputs);
    for (const auto& weight : c.weights) text += constantText(weight, stored, type);
    text = replaced(text + c.body + "}\n", "$half", std::string(tensor::name(type)));
    const auto graph = ir::parseText(replaced(text, "$number", std::to_string(static_cast<int>(type))));
    EXPECT_TRUE(graph) << c.name << ": " << graph.error().message;
    return graph ? *graph : nullptr;
}

Values widened(const Values& values) {
    Values result;
    for (const auto& value : values) {
        const auto* tensor = value.tensor();
        const bool isHalf = tensor->type() == DataType::float16 || tensor->type() == DataType::bfloat16;
        if (!isHalf) {
            result.push_back(value);
            continue;
        }
        const auto reals = tensor::toReals(*tensor);
        const std::vector<float> floats(reals.begin(), reals.end());
        result.emplace_back(Tensor::of<float>(tensor->shape(), std::span<const float>(floats)));
    }
    return result;
}

int64_t stepsBy(const Session& session, std::string_view kernel) {
    return std::ranges::count(session.plan(), kernel, &PlanEntry::kernel);
}

void check(const Case& c) {
    for (const auto type : test::kHalfTypes) {
        const auto what = c.name + ", " + std::string(tensor::name(type));
        const auto graph = graphOf(c, type, type), wide = graphOf(c, type, DataType::float32);
        ASSERT_TRUE(graph && wide) << what;
        const auto inputs = *randomInputs(*graph, 5);
        const auto plain = ops::interpret(*graph, inputs);
        ASSERT_TRUE(plain) << what << ": " << plain.error().message;
        const auto exact = ops::interpret(*wide, widened(inputs));
        ASSERT_TRUE(exact) << what << ": " << exact.error().message;
        for (const bool fuse : {true, false})
            for (const int threads : {1, 2}) {
                const auto session = open(graph, {.threads = threads, .fuse = fuse});
                ASSERT_TRUE(session) << what << ": " << session.error().message;
                for (int run = 0; run < 2; ++run) {
                    const auto outputs = (*session)->run(inputs);
                    ASSERT_TRUE(outputs) << what << ": " << outputs.error().message;
                    test::expectClose(*outputs, *plain, kRoundings * test::lastPlace(type), what);
                    if (c.roundsWithin) continue;
                    for (size_t i = 0; i < outputs->size(); ++i)
                        EXPECT_LE(test::relativeError(*widened(*outputs)[i].tensor(), *(*exact)[i].tensor()),
                                  0.51 * test::lastPlace(type))
                            << what << ", output " << i;
                }
                const auto plan = test::planText(**session);
                EXPECT_EQ(stepsBy(**session, "plain"), 0) << what << "\n" << plan;
                EXPECT_EQ(stepsBy(**session, "cast_half"), c.casts) << what << "\n" << plan;
            }
    }
}

TEST(HalfStorage, Convolutions) {
    check({"convolution, clamp, residual",
           "x: $half[2, 3, 13, 12]",
           "y",
           R"(
  a = Conv(x, w, b) {pads = [1, 1, 1, 1]}
  r = Relu(a)
  c = Conv(r, v) {pads = [1, 1, 1, 1]}
  s = Add(c, r)
  y = Relu(s)
)",
           {{"w", {48, 3, 3, 3}, 0.2f}, {"b", {48}}, {"v", {48, 48, 3, 3}, 0.05f}}});
    check({"depthwise, pool, classifier",
           "x: $half[1, 40, 14, 14]",
           "y",
           R"(
  low = constant $half[] {0}
  high = constant $half[] {6}
  a = Conv(x, w) {group = 40, pads = [1, 1, 1, 1]}
  c = Clip(a, low, high)
  p = GlobalAveragePool(c)
  f = Flatten(p)
  y = Gemm(f, v, b) {transB = 1}
)",
           {{"w", {40, 1, 3, 3}, 0.3f}, {"v", {500, 40}, 0.2f}, {"b", {500}}}});
}

TEST(HalfStorage, Products) {
    check({"matrix product, bias, function",
           "x: $half[1, 9, 130]",
           "y",
           "  a = MatMul(x, w)\n  b = Add(a, v)\n  y = Gelu(b)\n",
           {{"w", {130, 140}, 0.1f}, {"v", {140}}}});
    check({"a row", "x: $half[1, 300]", "y", "  y = Gemm(x, w)\n", {{"w", {300, 70}, 0.1f}}});
    check({"scaled, which halves are not",
           "x: $half[7, 300]",
           "y",
           "  y = Gemm(x, w) {alpha = 0.5, transB = 1}\n",
           {{"w", {70, 300}, 0.1f}}});
    check({"of two inputs",
           "x: $half[2, 5, 30], z: $half[2, 30, 4]",
           "y",
           "  y = MatMul(x, z)\n",
           {},
           false,
           3});
}

TEST(HalfStorage, RowsAndElements) {
    check({"layer normalisation",
           "x: $half[4, 50]",
           "y",
           "  n = LayerNormalization(x, w, b)\n  y = Softmax(n)\n",
           {{"w", {50}}, {"b", {50}}}});
    check({"casts round an island",
           "x: $half[4, 50]",
           "y",
           R"(
  two = constant float32[] {2}
  a = Mul(x, w)
  f = Cast(a) {to = 1}
  p = Pow(f, two)
  s = Softmax(p)
  h = Cast(s) {to = $number}
  y = Add(h, w)
)",
           {{"w", {50}}}});
    check({"elements that move",
           "x: $half[2, 6, 20]",
           "y, z",
           R"(
  a = Add(x, w)
  t = Transpose(a) {perm = [0, 2, 1]}
  y, u = Split(t) {axis = 1, num_outputs = 2}
  flat = constant int64[2] {2, -1}
  r = Reshape(u, flat)
  z = Concat(r, r) {axis = 0}
)",
           {{"w", {20}}},
           false,
           3});
}

// What the converter to float16 makes of them: squares in float32, no epsilon, constants of few bits.
TEST(HalfStorage, PatternsAreFused) {
    const Case c{"patterns",
                 "x: float16[4, 64]",
                 "y",
                 R"(
  axes = constant int64[1] {-1}
  two = constant float32[] {2}
  m = ReduceMean(x, axes)
  d = Sub(x, m)
  f = Cast(d) {to = 1}
  s = Pow(f, two)
  h = Cast(s) {to = 10}
  v = ReduceMean(h, axes)
  r = Sqrt(v)
  n = Div(d, r)
  a = MatMul(n, w)
  root = constant float16[] {1.4140625}
  one = constant float16[] {1}
  half = constant float16[] {0.5}
  e = Div(a, root)
  g = Erf(e)
  p = Add(g, one)
  q = Mul(a, p)
  y = Mul(q, half)
)",
                 {{"w", {64, 300}, 0.2f}}};
    const auto graph = graphOf(c, DataType::float16, DataType::float16);
    const auto inputs = *randomInputs(*graph, 5);
    const auto wanted = ops::interpret(*graph, inputs);
    const auto session = open(graph);
    ASSERT_TRUE(wanted && session);
    const auto outputs = (*session)->run(inputs);
    ASSERT_TRUE(outputs) << outputs.error().message;
    test::expectClose(*outputs, *wanted, kRoundings * test::lastPlace(DataType::float16), c.name);
    EXPECT_EQ(stepsBy(**session, "normalize_layer"), 1) << test::planText(**session);
    EXPECT_EQ(stepsBy(**session, "mat_mul_packed"), 1) << test::planText(**session);
    EXPECT_EQ((*session)->plan().size(), 4u) << test::planText(**session);
}

TEST(HalfStorage, TablesStayHalves) {
    const Case c{"words",
                 "i: int64[1, 7]",
                 "y",
                 "  e = Gather(w, i)\n  y = MatMul(e, v)\n",
                 {{"w", {300, 64}}, {"v", {64, 300}, 0.1f}}};
    check(c);
    const auto session = open(graphOf(c, DataType::float16, DataType::float16));
    ASSERT_TRUE(session) << session.error().message;
    // Both, and some panels of zeros behind the last column.
    EXPECT_GE((*session)->memory().packedBytes, 2u * 64 * 300);
    EXPECT_LE((*session)->memory().packedBytes, 2u * 64 * 320);
    EXPECT_LE((*session)->memory().weightBytes, 2u * 64 * 300 + 64);
}

// Det has no kernel, and bodies get halves.
TEST(HalfStorage, NodesThatStayHalf) {
    const Case plain{"no kernel", "x: float16[5, 5]", "y",
                     "  a = Add(x, x)\n  d = Det(a)\n  b = Mul(a, d)\n  y = Relu(b)\n"};
    const auto graph = graphOf(plain, DataType::float16, DataType::float16);
    const auto inputs = *randomInputs(*graph, 5);
    const auto wanted = ops::interpret(*graph, inputs);
    const auto session = open(graph);
    ASSERT_TRUE(wanted && session);
    const auto outputs = (*session)->run(inputs);
    ASSERT_TRUE(outputs) << outputs.error().message;
    // The sum is exact, so the determinant is that of the plain evaluation.
    test::expectClose(*outputs, *wanted, kRoundings * test::lastPlace(DataType::float16), plain.name);
    EXPECT_EQ(stepsBy(**session, "plain"), 1) << test::planText(**session);

    Case branch{"a branch", "x: $half[3, 50], c: bool[]",
                "y",
                R"(
  a = Mul(x, w)
  s = If(c) {else_branch = graph () -> (e) {
    e = Neg(a)
  }, then_branch = graph () -> (t) {
    u = Add(a, w)
    t = Relu(u)
  }}
  y = Mul(s, a)
)",        {{"w", {50}}},
                true};
    branch.casts = 8;
    check(branch);
}

// All values of a graph, with and without fusions, and the kernels that made them.
TEST(HalfStorage, CapturedValuesAreHalves) {
    const Case c{"captures",
                 "x: $half[1, 3, 13, 12]",
                 "y",
                 R"(
  a = Conv(x, w) {pads = [1, 1, 1, 1]}
  r = Relu(a)
  f = Cast(r) {to = 1}
  e = Exp(f)
  h = Cast(e) {to = $number}
  s = Add(h, r)
  y = GlobalAveragePool(s)
)",
                 {{"w", {48, 3, 3, 3}, 0.1f}}};
    for (const auto type : test::kHalfTypes) {
        const auto graph = graphOf(c, type, type);
        const auto inputs = *randomInputs(*graph, 5);
        std::vector<ir::ValueId> values;
        for (uint32_t v = 0; v < graph->valueLimit(); ++v)
            if (graph->contains(ir::ValueId{v})) values.push_back(ir::ValueId{v});
        const auto captured = [&](const SessionOptions& options) {
            std::map<uint32_t, Tensor> seen;
            RunOptions watch;
            watch.capture = values;
            watch.onCapture = [&](ir::ValueId id, const Tensor& tensor) {
                EXPECT_FALSE(seen.contains(id.index)) << graph->value(id).name() << " came twice";
                auto copy = Tensor::zeros(tensor.type(), tensor.shape());
                std::ranges::copy(tensor.bytes(), copy.mutableBytes().begin());
                seen.emplace(id.index, std::move(copy));
            };
            auto session = open(graph, options);
            EXPECT_TRUE(session) << session.error().message;
            const auto outputs = (*session)->run(inputs, watch);
            EXPECT_TRUE(outputs) << outputs.error().message;
            return seen;
        };
        const auto wanted = captured({.plainOnly = true});
        EXPECT_EQ(wanted.size(), values.size());
        for (const bool fuse : {true, false}) {
            const auto seen = captured({.fuse = fuse});
            EXPECT_EQ(seen.size(), values.size());
            for (const auto& [value, tensor] : wanted) {
                const auto name = std::string(graph->value(ir::ValueId{value}).name());
                ASSERT_TRUE(seen.contains(value)) << name;
                EXPECT_LE(test::relativeError(seen.at(value), tensor), kRoundings * test::lastPlace(type))
                    << name << ": " << tensor::toString(tensor.type(), tensor.shape());
            }
        }
    }
}

TEST(HalfStorage, NamesTheKernels) {
    const Case c{"names",
                 "x: float16[1, 3, 13, 12]",
                 "y",
                 "  a = Conv(x, w) {pads = [1, 1, 1, 1]}\n  y = Relu(a)\n",
                 {{"w", {48, 3, 3, 3}}}};
    const auto graph = graphOf(c, DataType::float16, DataType::float16);
    const auto session = open(graph);
    ASSERT_TRUE(session) << session.error().message;
    const auto nodes = graph->order(ir::kMain);
    EXPECT_EQ((*session)->kernelOf(nodes[0]), "conv_blocked");
    EXPECT_EQ((*session)->kernelOf(nodes[1]), "conv_blocked (fused)");
}

// Trained weights and real images: the answers are those of float32.
TEST(HalfStorage, TrainedModelAnswersAsBefore) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto graph = formats::read(*shared / "models/cifar10_resnet20.onnx", {});
    ASSERT_TRUE(graph) << graph.error().message;
    const auto images = data::open(*shared / "datasets/cifar10_test1000.npz",
                                   {.chain = "layout(to=CHW) | scale(by=0.00392156862745098) | "
                                             "normalize(mean=0.485,0.456,0.406; std=0.229,0.224,0.225)"},
                                   {});
    ASSERT_TRUE(images) << images.error().message;
    const auto change = compress::run(*graph, "convert_float16", {}, {}, {});
    ASSERT_TRUE(change) << change.error().message;
    const auto judge = [&](const ir::GraphPtr& judged) {
        auto session = open(judged);
        EXPECT_TRUE(session) << session.error().message;
        auto result = evaluate::evaluate(**session, **images, {.limit = 500}, {});
        EXPECT_TRUE(result) << result.error().message;
        EXPECT_EQ(stepsBy(**session, "plain"), 0) << test::planText(**session);
        return result ? *result : evaluate::Evaluation{};
    };
    const auto exact = judge(*graph), half = judge(change->graph);
    const auto paired = evaluate::pairedCounts(exact, half);
    EXPECT_EQ(paired.total, 500);
    EXPECT_EQ(paired.sameAnswer, paired.total);
}

}  // namespace
}  // namespace lathe::runtime
