// A dequantize, convolve, quantize chain runs on integers and equals QLinearConv to the last code.
#include <gtest/gtest.h>

#include "engine/ir/editor.h"
#include "engine/kernels/kernel.h"
#include "engine/ops/interpreter.h"
#include "engine/runtime/session.h"
#include "tests/support/kernel_check.h"

namespace lathe::runtime {
namespace {

using tensor::Tensor;

struct Parts {
    Tensor w, wScale, bias, biasScale;
    float xScale = 0.05f, yScale = 0.4f;
};

Parts parts() {
    Parts p;
    std::vector<int8_t> codes(6 * 4 * 3 * 3);
    for (size_t i = 0; i < codes.size(); ++i)
        codes[i] = static_cast<int8_t>(static_cast<int>(i * 37 % 255) - 127);
    p.w = Tensor::of<int8_t>(tensor::Shape{6, 4, 3, 3}, std::span<const int8_t>(codes));
    std::vector<float> scales, biasScales;
    std::vector<int32_t> bias;
    for (int i = 0; i < 6; ++i) {
        scales.push_back(0.001f * static_cast<float>(i + 1));
        biasScales.push_back(p.xScale * scales.back());
        bias.push_back(100 * i - 250);
    }
    p.wScale = Tensor::vector<float>(scales);
    p.biasScale = Tensor::vector<float>(biasScales);
    p.bias = Tensor::vector<int32_t>(bias);
    return p;
}

std::string kernelsOf(const Session& session) {
    std::string text;
    for (const auto& entry : session.plan()) text += std::string(entry.kernel) + "\n";
    return text;
}

ir::ValueType inputType() {
    return ir::ValueType::tensorOf(tensor::DataType::uint8, ir::SymbolicShape{1, 4, 8, 9});
}

const std::vector<int64_t> kPads = {1, 1, 1, 1};

// `relu` between the convolution and the quantization.
ir::GraphPtr chain(const Parts& p, bool relu) {
    ir::Editor e;
    const auto constant = [&](Tensor t, const char* name) { return e.addConstant(std::move(t), name); };
    const auto x = e.addInput("x", inputType());
    const auto xf = e.add({.op = "DequantizeLinear",
                           .inputs = {x, constant(Tensor::scalar(p.xScale), "xs"),
                                      constant(Tensor::scalar<uint8_t>(9), "xz")}});
    const auto wf = e.add({.op = "DequantizeLinear",
                           .inputs = {constant(p.w, "w"), constant(p.wScale, "ws")},
                           .attributes = {{"axis", int64_t{0}}}});
    const auto bf = e.add({.op = "DequantizeLinear",
                           .inputs = {constant(p.bias, "b"), constant(p.biasScale, "bs")},
                           .attributes = {{"axis", int64_t{0}}}});
    auto y = e.add({.op = "Conv", .inputs = {xf, wf, bf}, .attributes = {{"pads", kPads}}, .name = "conv"});
    if (relu) y = e.add({.op = "Relu", .inputs = {y}, .name = "relu"});
    const auto q = e.add({.op = "QuantizeLinear",
                          .inputs = {y, constant(Tensor::scalar(p.yScale), "ys"),
                                     constant(Tensor::scalar<uint8_t>(100), "yz")},
                          .name = "quantize"});
    e.setGraphOutputs(ir::kMain, {q});
    return e.finish();
}

ir::GraphPtr direct(const Parts& p) {
    ir::Editor e;
    const auto x = e.addInput("x", inputType());
    const auto y = e.add(
        {.op = "QLinearConv",
         .inputs = {x, e.addConstant(Tensor::scalar(p.xScale)), e.addConstant(Tensor::scalar<uint8_t>(9)),
                    e.addConstant(p.w), e.addConstant(p.wScale), e.addConstant(Tensor::scalar<int8_t>(0)),
                    e.addConstant(Tensor::scalar(p.yScale)), e.addConstant(Tensor::scalar<uint8_t>(100)),
                    e.addConstant(p.bias)},
         .attributes = {{"pads", kPads}}});
    e.setGraphOutputs(ir::kMain, {y});
    return e.finish();
}

std::vector<tensor::RuntimeValue> someInput() {
    auto x = Tensor::zeros(tensor::DataType::uint8, tensor::Shape{1, 4, 8, 9});
    size_t i = 0;
    for (auto& value : x.mutableValues<uint8_t>()) value = static_cast<uint8_t>(i++ * 91 % 256);
    return {x};
}

TEST(Quantized, ChainEqualsIntegerConvolution) {
    const auto p = parts();
    const auto expected = ops::interpret(*direct(p), someInput());
    ASSERT_TRUE(expected) << expected.error().message;
    for (const bool relu : {false, true}) {
        const auto graph = chain(p, relu);
        auto session = open(graph, {.threads = 1});
        ASSERT_TRUE(session) << session.error().message;
        EXPECT_EQ((*session)->kernelOf(graph->findNode("conv")), "conv_blocked_integer")
            << kernelsOf(**session);
        const auto actual = (*session)->run(someInput());
        ASSERT_TRUE(actual) << actual.error().message;
        const auto &a = *(*actual)[0].tensor(), &e = *(*expected)[0].tensor();
        ASSERT_EQ(a.elementCount(), e.elementCount());
        int64_t below = 0;
        for (int64_t i = 0; i < a.elementCount(); ++i) {
            const auto code = e.integerAt(i);
            below += code < 100;
            EXPECT_EQ(a.integerAt(i), relu ? std::max<int64_t>(code, 100) : code) << i;
        }
        EXPECT_GT(below, 0);
    }
}

// Two branches of one input, joined the way residual networks do: a convolution whose result only the sum
// reads, and another.
struct Residual {
    int64_t channels = 24;
    bool relu = true;
    bool signedCodes = false;
    bool convolved = true;  // the first operand is made by a convolution
    int inputZero = 120;
};

Tensor codesOf(const Residual& r, int value) {
    return r.signedCodes ? Tensor::scalar<int8_t>(static_cast<int8_t>(value - 128))
                         : Tensor::scalar<uint8_t>(static_cast<uint8_t>(value));
}

ir::ValueType residualInput(const Residual& r) {
    return ir::ValueType::tensorOf(r.signedCodes ? tensor::DataType::int8 : tensor::DataType::uint8,
                                   ir::SymbolicShape{2, r.channels, 9, 7});
}

Tensor pointwiseWeights(int64_t channels) {
    std::vector<int8_t> codes(static_cast<size_t>(channels * channels));
    for (size_t i = 0; i < codes.size(); ++i)
        codes[i] = static_cast<int8_t>(static_cast<int>(i * 53 % 255) - 127);
    return Tensor::of<int8_t>(tensor::Shape{channels, channels, 1, 1}, std::span<const int8_t>(codes));
}

// As a quantizer writes it, or with the integer operator for the convolution: what the fused chain must
// equal.
ir::GraphPtr residualGraph(const Residual& r, bool reference) {
    ir::Editor e;
    const auto constant = [&](Tensor t) { return e.addConstant(std::move(t)); };
    const auto scale = [&](float s) { return constant(Tensor::scalar(s)); };
    const auto dequantize = [&](ir::ValueId x, float s, int zero) {
        return e.add({.op = "DequantizeLinear", .inputs = {x, scale(s), constant(codesOf(r, zero))}});
    };
    const auto quantize = [&](ir::ValueId x, float s, int zero, const char* name) {
        return e.add(
            {.op = "QuantizeLinear", .inputs = {x, scale(s), constant(codesOf(r, zero))}, .name = name});
    };
    const auto x = e.addInput("x", residualInput(r));
    const auto xf = dequantize(x, 0.05f, r.inputZero);
    auto own = xf;
    if (r.convolved) {
        const auto w = constant(pointwiseWeights(r.channels)), wScale = scale(0.001f);
        if (reference) {
            const auto q = e.add(
                {.op = "QLinearConv",
                 .inputs = {x, scale(0.05f), constant(codesOf(r, r.inputZero)), w, wScale,
                            constant(Tensor::scalar<int8_t>(0)), scale(0.031f), constant(codesOf(r, 126))}});
            own = dequantize(q, 0.031f, 126);
        } else {
            const auto wf = e.add({.op = "DequantizeLinear", .inputs = {w, wScale}});
            const auto y = e.add({.op = "Conv", .inputs = {xf, wf}, .name = "conv"});
            own = dequantize(quantize(y, 0.031f, 126, "own"), 0.031f, 126);
        }
    }
    auto sum = e.add({.op = "Add", .inputs = {own, xf}, .name = "add"});
    if (r.relu) sum = e.add({.op = "Relu", .inputs = {sum}, .name = "relu"});
    e.setGraphOutputs(ir::kMain, {quantize(sum, 0.043f, r.relu ? 0 : 117, "sum")});
    return e.finish();
}

void checkSum(const Residual& r) {
    auto x = Tensor::zeros(r.signedCodes ? tensor::DataType::int8 : tensor::DataType::uint8,
                           tensor::Shape{2, r.channels, 9, 7});
    for (size_t i = 0; i < x.mutableBytes().size(); ++i)
        x.mutableBytes()[i] = static_cast<std::byte>((i * 91 + i / 256) % 256);
    const std::vector<tensor::RuntimeValue> input = {x};
    const auto expected = ops::interpret(*residualGraph(r, true), input);
    ASSERT_TRUE(expected) << expected.error().message;
    const auto graph = residualGraph(r, false);
    for (const int threads : {1, 2}) {
        auto session = open(graph, {.threads = threads});
        ASSERT_TRUE(session) << session.error().message;
        EXPECT_EQ((*session)->kernelOf(graph->findNode("add")),
                  r.convolved ? "conv_blocked_integer (fused)" : "add_integer")
            << kernelsOf(**session);
        const auto actual = (*session)->run(input);
        ASSERT_TRUE(actual) << actual.error().message;
        const auto &ours = *(*actual)[0].tensor(), &theirs = *(*expected)[0].tensor();
        ASSERT_EQ(ours.elementCount(), theirs.elementCount());
        for (int64_t i = 0; i < ours.elementCount(); ++i)
            ASSERT_EQ(ours.integerAt(i), theirs.integerAt(i)) << i;
    }
}

TEST(Quantized, SumsEqualTheThreeNodesToTheLastCode) {
    for (const int64_t channels : {5, 24, 58})
        for (const bool relu : {false, true})
            for (const bool isSigned : {false, true})
                for (const bool convolved : {false, true})
                    for (const int zero : {0, 120}) {
                        SCOPED_TRACE(testing::Message()
                                     << channels << " channels" << (relu ? ", relu" : "")
                                     << (isSigned ? ", signed" : "") << (convolved ? ", convolved" : "")
                                     << ", zero point " << zero);
                        checkSum({channels, relu, isSigned, convolved, zero});
                    }
}

// Pooling, joining and flattening between convolutions, a product that makes floats at the end. `reference`
// has the integer operator in the place of the convolution.
ir::GraphPtr mixedGraph(bool reference, float convScale) {
    ir::Editor e;
    const auto constant = [&](Tensor t) { return e.addConstant(std::move(t)); };
    const auto scale = [&](float s) { return constant(Tensor::scalar(s)); };
    const auto coded = [&](ir::ValueId x, float s, uint8_t zero, const char* name) {
        const auto z = constant(Tensor::scalar(zero));
        const auto q = e.add({.op = "QuantizeLinear", .inputs = {x, scale(s), z}, .name = name});
        return e.add({.op = "DequantizeLinear", .inputs = {q, scale(s), z}});
    };
    const auto x =
        e.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{1, 24, 9, 9}));
    const auto a = coded(x, 0.02f, 128, "q0");
    const auto weights = constant(pointwiseWeights(24)), weightScale = scale(0.002f);
    ir::ValueId b;
    if (reference) {
        const auto zero = constant(Tensor::scalar<uint8_t>(128));
        const auto q = e.add({.op = "QuantizeLinear", .inputs = {x, scale(0.02f), zero}});
        const auto y = e.add({.op = "QLinearConv",
                              .inputs = {q, scale(0.02f), zero, weights, weightScale,
                                         constant(Tensor::scalar<int8_t>(0)), scale(convScale), zero}});
        b = e.add({.op = "DequantizeLinear", .inputs = {y, scale(convScale), zero}});
    } else {
        const auto w = e.add({.op = "DequantizeLinear", .inputs = {weights, weightScale}});
        b = coded(e.add({.op = "Conv", .inputs = {a, w}, .name = "conv"}), convScale, 128, "q1");
    }
    const auto joined = coded(
        e.add({.op = "Concat", .inputs = {a, b}, .attributes = {{"axis", int64_t{1}}}, .name = "concat"}),
        0.02f, 128, "q2");
    const auto pooled = coded(e.add({.op = "MaxPool",
                                     .inputs = {joined},
                                     .attributes = {{"kernel_shape", std::vector<int64_t>{3, 3}},
                                                    {"strides", std::vector<int64_t>{2, 2}}},
                                     .name = "pool"}),
                              0.02f, 128, "q3");
    const auto mean =
        coded(e.add({.op = "GlobalAveragePool", .inputs = {pooled}, .name = "mean"}), 0.0113f, 100, "q4");
    const auto flat = coded(e.add({.op = "Flatten", .inputs = {mean}, .name = "flat"}), 0.0113f, 100, "q5");
    std::vector<int8_t> codes(48 * 10);
    for (size_t i = 0; i < codes.size(); ++i)
        codes[i] = static_cast<int8_t>(static_cast<int>(i * 29 % 255) - 127);
    const auto classes = Tensor::of<int8_t>(tensor::Shape{10, 48}, std::span<const int8_t>(codes));
    const auto w = e.add({.op = "DequantizeLinear", .inputs = {constant(classes), scale(0.004f)}});
    const auto y =
        e.add({.op = "Gemm", .inputs = {flat, w}, .attributes = {{"transB", int64_t{1}}}, .name = "gemm"});
    e.setGraphOutputs(ir::kMain, {y});
    return e.finish();
}

TEST(Quantized, WholeChainRunsOnCodes) {
    const std::vector<tensor::RuntimeValue> input = {test::randomFloats({1, 24, 9, 9}, 4)};
    for (const float convScale : {0.02f, 0.017f}) {
        const auto expected = ops::interpret(*mixedGraph(true, convScale), input);
        ASSERT_TRUE(expected) << expected.error().message;
        const auto graph = mixedGraph(false, convScale);
        auto session = open(graph, {.threads = 1});
        ASSERT_TRUE(session) << session.error().message;
        const auto plan = kernelsOf(**session);
        for (const auto* kernel :
             {"conv_blocked_integer", "pool_max_integer", "pool_average_integer", "mat_mul_integer"})
            EXPECT_NE(plan.find(kernel), std::string::npos) << kernel << "\n" << plan;
        // Codes of one scale in whole blocks are made in their place.
        const bool copied = convScale != 0.02f || 24 % kernels::channelBlock() != 0;
        EXPECT_EQ((*session)->kernelOf(graph->findNode("concat")), copied ? "concat_integer" : "view")
            << plan;
        EXPECT_EQ(plan.find("dequantize_rows"), std::string::npos) << plan;
        const auto actual = (*session)->run(input);
        ASSERT_TRUE(actual) << actual.error().message;
        const auto &ours = *(*actual)[0].tensor(), &theirs = *(*expected)[0].tensor();
        ASSERT_EQ(ours.elementCount(), theirs.elementCount());
        for (int64_t i = 0; i < ours.elementCount(); ++i)
            EXPECT_NEAR(ours.realAt(i), theirs.realAt(i), 1e-5) << i;
    }
}

TEST(Quantized, WithoutFusionTheChainRunsInFloats) {
    const auto p = parts();
    const auto graph = chain(p, true);
    auto session = open(graph, {.threads = 1, .fuse = false});
    ASSERT_TRUE(session) << session.error().message;
    EXPECT_EQ((*session)->kernelOf(graph->findNode("conv")), "conv_gemm");
    const auto actual = (*session)->run(someInput());
    const auto expected = ops::interpret(*graph, someInput());
    ASSERT_TRUE(actual && expected);
    for (int64_t i = 0; i < (*actual)[0].tensor()->elementCount(); ++i)
        EXPECT_NEAR(static_cast<double>((*actual)[0].tensor()->integerAt(i)),
                    static_cast<double>((*expected)[0].tensor()->integerAt(i)), 1);
}

}  // namespace
}  // namespace lathe::runtime
