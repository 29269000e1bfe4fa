// Quantized convolutions whose results are joined write into the joined codes, when they have its scale.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/ir/editor.h"
#include "tests/support/kernel_check.h"
#include "tests/support/plan_pair.h"

namespace lathe::runtime {
namespace {

using tensor::Tensor;
using testing::HasSubstr;
using testing::Not;

constexpr int64_t kChannels = 32;  // whole blocks on every instruction set

class Codes {
  public:
    ir::ValueId coded(ir::ValueId x, float scale) {
        const auto s = editor.addConstant(Tensor::scalar(scale));
        const auto zero = editor.addConstant(Tensor::scalar<uint8_t>(128));
        const auto q = editor.add({.op = "QuantizeLinear", .inputs = {x, s, zero}});
        return editor.add({.op = "DequantizeLinear", .inputs = {q, s, zero}});
    }
    ir::ValueId conv(ir::ValueId x, float scale) {
        std::vector<int8_t> codes(kChannels * kChannels);
        for (size_t i = 0; i < codes.size(); ++i)
            codes[i] = static_cast<int8_t>(static_cast<int>((i + m_convolutions * 7) * 37 % 255) - 127);
        ++m_convolutions;
        const auto weights =
            Tensor::of<int8_t>(tensor::Shape{kChannels, kChannels, 1, 1}, std::span<const int8_t>(codes));
        const auto w =
            editor.add({.op = "DequantizeLinear",
                        .inputs = {editor.addConstant(weights), editor.addConstant(Tensor::scalar(0.001f))}});
        return coded(editor.add({.op = "Conv", .inputs = {x, w}}), scale);
    }

    ir::Editor editor;

  private:
    size_t m_convolutions = 0;
};

// Two convolutions joined to codes of scale 0.03, then a third.
test::PlanPair joined(float first, float second) {
    Codes net;
    auto& e = net.editor;
    const auto x = e.addInput(
        "x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{1, kChannels, 5, 7}));
    const auto a = net.coded(x, 0.02f);
    const auto b = net.conv(a, first), c = net.conv(a, second);
    const auto all =
        net.coded(e.add({.op = "Concat", .inputs = {b, c}, .attributes = {{"axis", int64_t{1}}}}), 0.03f);
    const auto mean = net.coded(e.add({.op = "GlobalAveragePool", .inputs = {all}}), 0.01f);
    e.setGraphOutputs(ir::kMain, {mean});
    return test::comparePlans(e.finish(), {test::randomFloats({1, kChannels, 5, 7}, 1)});
}

TEST(ShareCodes, OfOneScale) {
    const auto pair = joined(0.03f, 0.03f);
    EXPECT_EQ(pair.views, 1u) << pair.text;
    EXPECT_THAT(pair.text, Not(HasSubstr("concat_integer"))) << pair.text;
    EXPECT_LE(pair.arena, pair.copyingArena);
}

TEST(ShareCodes, PartsOfAnotherScaleAreMadeAnew) {
    for (const auto& [first, second] : {std::pair{0.03f, 0.025f}, {0.025f, 0.03f}, {0.025f, 0.025f}}) {
        const auto pair = joined(first, second);
        EXPECT_EQ(pair.views, 0u) << pair.text;
        EXPECT_THAT(pair.text, HasSubstr("concat_integer lathe.QLinearConcat")) << pair.text;
    }
}

}  // namespace
}  // namespace lathe::runtime
