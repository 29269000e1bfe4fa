// com.microsoft MatMulNBits: y = A W^T + bias, where W [N, K] is stored in blocks of block_size codes of
// `bits` bits, low bits first:
//
//   w = (q - zero) * scale      one scale and zero point a block; without zero points zero = 2^(bits - 1)
//
// g_idx names for each row of the weights the block whose scale and zero point it takes.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_matmul.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

struct Layout {
    int64_t inner, columns, bits, blockSize;
    int64_t blocks() const { return (inner + blockSize - 1) / blockSize; }
    int64_t blockBytes() const { return (blockSize * bits + 7) / 8; }
};

base::Result<Layout> readLayout(const ir::Attributes& attributes) {
    const Layout layout{attributes.integer("K", 0), attributes.integer("N", 0), attributes.integer("bits", 4),
                        attributes.integer("block_size", 0)};
    const bool power = layout.blockSize > 0 && (layout.blockSize & (layout.blockSize - 1)) == 0;
    if (layout.inner < 1 || layout.columns < 1 || layout.inner > (int64_t{1} << 31) ||
        layout.columns > (int64_t{1} << 31))
        return base::Error::badInput(
            fmt::format("K is {} and N is {}, expected sizes", layout.inner, layout.columns));
    if (layout.bits < 2 || layout.bits > 8)
        return base::Error::badInput(fmt::format("bits is {}, expected 2 to 8", layout.bits));
    if (!power || layout.blockSize < 16 || layout.blockSize > (int64_t{1} << 31))
        return base::Error::badInput(
            fmt::format("block_size is {}, expected a power of two of at least 16", layout.blockSize));
    return layout;
}

base::Status infer(InferContext& context) {
    const auto layout = readLayout(context.attributes());
    if (!layout) return context.error("{}", layout.error().message);
    if (const auto packed = context.attributes().integer("weight_prepacked", 0))
        return context.error("weight_prepacked is {}, a layout of one device. Export the weights unpacked.",
                             packed);
    std::optional<ir::SymbolicShape> shape;
    if (const auto* a = context.shape(0)) {
        if (a->empty()) return context.error("A is a scalar, expected at least 1 dimension");
        if (a->back().constantOr(layout->inner) != layout->inner)
            return context.error("A has {} columns, but K is {}", a->back().toString(), layout->inner);
        shape = *a;
        shape->back() = layout->columns;
    }
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

Cost cost(const CostContext& context) { return macCost(context, matMulMacs(context, 0)); }

// Code `index` of a row of codes packed without gaps, lowest bits first.
int64_t codeAt(std::span<const uint8_t> bytes, int64_t bits, int64_t index) {
    const int64_t first = index * bits;
    const auto at = static_cast<size_t>(first / 8);
    const unsigned low = bytes[at], high = at + 1 < bytes.size() ? bytes[at + 1] : 0;
    return static_cast<int64_t>(((low | high << 8) >> (first % 8)) & ((1u << bits) - 1));
}

// The weights as [K, N].
base::Result<Reals> readWeights(const EvalContext& context, const Layout& layout) {
    const auto &packed = context.in(1), &scale = context.in(2);
    const int64_t blocks = layout.blocks(), blockBytes = layout.blockBytes();
    if (packed.elementCount() != layout.columns * blocks * blockBytes)
        return context.error("B has {} bytes, expected {}", packed.elementCount(),
                             layout.columns * blocks * blockBytes);
    if (scale.elementCount() != layout.columns * blocks)
        return context.error("scales has {} items, expected {}", scale.elementCount(),
                             layout.columns * blocks);
    const Reals scaleOf = reals(scale);
    Reals zeroOf(scaleOf.size(), std::ldexp(1.0, static_cast<int>(layout.bits) - 1));
    if (context.has(3)) {
        const auto& zeros = context.in(3);
        const bool codes = zeros.type() == tensor::DataType::uint8;
        const int64_t rowBytes = (blocks * layout.bits + 7) / 8;
        if (zeros.elementCount() != layout.columns * (codes ? rowBytes : blocks))
            return context.error("zero_points has {} items, expected {}", zeros.elementCount(),
                                 layout.columns * (codes ? rowBytes : blocks));
        if (!codes) zeroOf = reals(zeros);
        for (int64_t n = 0; codes && n < layout.columns; ++n) {
            const auto row = zeros.values<uint8_t>().subspan(static_cast<size_t>(n * rowBytes),
                                                             static_cast<size_t>(rowBytes));
            for (int64_t b = 0; b < blocks; ++b)
                zeroOf[static_cast<size_t>(n * blocks + b)] =
                    static_cast<double>(codeAt(row, layout.bits, b));
        }
    }
    std::vector<int64_t> groups;
    for (int64_t k = 0; k < layout.inner; ++k) groups.push_back(k / layout.blockSize);
    if (context.has(4)) groups = tensor::toIntegers(context.in(4));
    if (static_cast<int64_t>(groups.size()) < layout.inner)
        return context.error("g_idx has {} items, expected {}", groups.size(), layout.inner);
    for (const auto group : groups)
        if (group < 0 || group >= blocks)
            return context.error("g_idx holds {}, expected 0 to {}", group, blocks - 1);
    Reals weights(static_cast<size_t>(layout.inner * layout.columns));
    for (int64_t n = 0; n < layout.columns; ++n)
        for (int64_t k = 0; k < layout.inner; ++k) {
            const int64_t block = n * blocks + k / layout.blockSize;
            const auto bytes = packed.values<uint8_t>().subspan(static_cast<size_t>(block * blockBytes),
                                                                static_cast<size_t>(blockBytes));
            const double code = static_cast<double>(codeAt(bytes, layout.bits, k % layout.blockSize));
            const auto group = static_cast<size_t>(n * blocks + groups[static_cast<size_t>(k)]);
            weights[static_cast<size_t>(k * layout.columns + n)] = (code - zeroOf[group]) * scaleOf[group];
        }
    return weights;
}

base::Status evaluate(EvalContext& context) {
    const auto layout = readLayout(context.attributes());
    if (!layout) return context.error("{}", layout.error().message);
    const tensor::Shape weightShape = {layout->inner, layout->columns};
    if (auto ok = checkSize(context, weightShape); !ok) return ok;
    const auto plan = planMatMul(context, context.in(0).shape(), weightShape);
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const auto weights = readWeights(context, *layout);
    if (!weights) return weights.error();
    const Reals bias = realsOr(context, 5, layout->columns, 0);
    if (static_cast<int64_t>(bias.size()) != layout->columns)
        return context.error("bias has {} items, expected {}", bias.size(), layout->columns);
    Reals y = multiply<double>(*plan, reals(context.in(0)), *weights);
    for (size_t i = 0; i < y.size(); ++i) y[i] += bias[i % bias.size()];
    return setReals(context, 0, context.in(0).type(), plan->outputShape, y);
}

}  // namespace

Op comMicrosoftMatMulNBitsOp() {
    constexpr auto kOptional = Presence::optional;
    constexpr TypeSet kByte = typeBit(tensor::DataType::uint8);
    return {.name = "MatMulNBits",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Matrix product with weights in blocks of a few bits",
            .inputs = {{"A", kFloats, "T1"},
                       {"B", kByte},
                       {"scales", kFloats, "T1"},
                       {"zero_points", kByte | kFloats, {}, kOptional},
                       {"g_idx", typeBit(tensor::DataType::int32), {}, kOptional},
                       {"bias", kFloats, "T1", kOptional}},
            .outputs = {{"Y", kFloats, "T1"}},
            .attributes = {requiredInteger("K", "rows of the weights"),
                           requiredInteger("N", "columns of the weights"),
                           integerAttribute("accuracy_level", 0, "least precision of A in other runtimes"),
                           integerAttribute("bits", 4, "bits of a code"),
                           requiredInteger("block_size", "codes that share a scale"),
                           integerAttribute("weight_prepacked", 0, "0: B is laid out as above")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
