// A dequantize, convolve, quantize chain runs on integers and equals QLinearConv to the last code.
#include <gtest/gtest.h>

#include "engine/ir/editor.h"
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
            << (*session)->describePlan();
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
