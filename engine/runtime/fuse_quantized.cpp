// Dequantize, compute, quantize becomes one node on integers:
//
//   DequantizeLinear(x), DequantizeLinear(w), DequantizeLinear(b) -> Conv [-> Relu or Clip] -> QuantizeLinear
//   becomes  lathe QLinearConv(x, xScale, xZero, w, wScale, wZero, yScale, yZero, b) with low_code, high_code
//
// Likewise Gemm and MatMul with constant weights, which without the quantization make floats. The bias must
// be int32 with scale xScale * wScale, as quantizers write it; then the sum of codes is the whole truth and
// nothing is rounded on the way.
//
//   DequantizeLinear(a), DequantizeLinear(b) -> Add [-> Relu or Clip] -> QuantizeLinear
//   becomes  lathe QLinearAdd(a, aScale, aZero, b, bScale, bZero, yScale, yZero)
//   or, when `a` is what a convolution makes for it alone, that convolution with inputs 9 to 13
//
// GlobalAveragePool becomes lathe QLinearGlobalAveragePool(x, xScale, xZero, yScale, yZero). What only moves
// or compares elements (MaxPool, Concat, Reshape, ...) works on the codes when all have the same parameters;
// otherwise Concat becomes lathe QLinearConcat(yScale, yZero, x, xScale, xZero, ...).
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "engine/runtime/draft.h"

namespace lathe::runtime {
namespace {

// A bias scale this close to xScale * wScale is the same number rounded another way.
constexpr double kScaleTolerance = 1e-5;

struct Quantized {
    uint32_t codes = kNone, scale = kNone, zero = kNone;
    int64_t axis = 1;
};

class QuantizedFuser {
  public:
    explicit QuantizedFuser(Draft& draft) : m_draft(draft), m_uses(draft) {}

    void run() {
        for (uint32_t i = 0; i < m_draft.nodes.size(); ++i)
            if (is(i, "QuantizeLinear")) fuse(i);
        for (uint32_t i = 0; i < m_draft.nodes.size(); ++i)
            if (is(i, "Gemm") || is(i, "MatMul")) product(i, kNone, kNone);
        dropEmptied(m_draft);
    }

  private:
    bool is(uint32_t index, std::string_view op) const {
        return index != kNone && m_draft.nodes[index].op == op && m_draft.nodes[index].domain.empty();
    }

    std::optional<Quantized> dequantized(const PlanNode& node, size_t input) const {
        if (input >= node.inputs.size()) return {};
        const auto producer = m_uses.producer(node.inputs[input]);
        if (!is(producer, "DequantizeLinear")) return {};
        const auto& dequantize = m_draft.nodes[producer];
        if (dequantize.attributes.integer("block_size", 0) != 0) return {};
        const auto zero = dequantize.inputs.size() > 2 ? dequantize.inputs[2] : kNone;
        return Quantized{dequantize.inputs[0], dequantize.inputs[1], zero,
                         dequantize.attributes.integer("axis", 1)};
    }

    // The bias codes, when they are int32 in units of xScale * wScale; nothing to add gives kNone.
    std::optional<uint32_t> biasOf(const PlanNode& node, const Quantized& x, const Quantized& w) const {
        if (node.inputs.size() < 3 || node.inputs[2] == kNone) return kNone;
        const auto bias = dequantized(node, 2);
        if (!bias) return {};
        const auto *codes = m_draft.constant(bias->codes), *scale = m_draft.constant(bias->scale);
        const auto *xScale = m_draft.constant(x.scale), *wScale = m_draft.constant(w.scale);
        if (!codes || !scale || !xScale || !wScale || codes->type() != tensor::DataType::int32) return {};
        if (const auto* zero = m_draft.constant(bias->zero))
            for (int64_t i = 0; i < zero->elementCount(); ++i)
                if (zero->integerAt(i) != 0) return {};
        const int64_t count = std::max(scale->elementCount(), wScale->elementCount());
        for (int64_t i = 0; i < count; ++i) {
            const auto at = [&](const tensor::Tensor* t) {
                return t->realAt(t->elementCount() == 1 ? 0 : i);
            };
            const double expected = xScale->realAt(0) * at(wScale);
            if (std::fabs(at(scale) - expected) > kScaleTolerance * expected) return {};
        }
        return bias->codes;
    }

    // The channel axis that a per-channel weight scale must have.
    static int64_t channelAxis(const PlanNode& node) {
        if (node.op == "Conv") return 0;
        return node.attributes.integer("transB", 0) != 0 ? 0 : 1;
    }

    static bool plainProduct(const PlanNode& node) {
        return node.op != "Gemm" ||
               (node.attributes.integer("transA", 0) == 0 && node.attributes.real("alpha", 1) == 1 &&
                node.attributes.real("beta", 1) == 1);
    }

    // Narrows the codes by a Relu or Clip in front of the quantization; false when the node is neither.
    bool narrow(const PlanNode& activation, const PlanNode& quantize, int64_t& low, int64_t& high) const {
        const auto* scale = m_draft.constant(quantize.inputs[1]);
        const auto* zero = quantize.inputs.size() > 2 ? m_draft.constant(quantize.inputs[2]) : nullptr;
        if (!scale || scale->elementCount() != 1) return false;
        const auto code = [&](double x) {
            const auto quotient =
                static_cast<double>(static_cast<float>(x) / static_cast<float>(scale->realAt(0)));
            const double q =
                std::nearbyint(quotient) + (zero ? static_cast<double>(zero->integerAt(0)) : 0.0);
            return static_cast<int64_t>(std::clamp(q, static_cast<double>(low), static_cast<double>(high)));
        };
        if (activation.op == "Relu") {
            low = code(0);
            return true;
        }
        std::optional<int64_t> lowest, highest;
        for (size_t i = 1; i < activation.inputs.size(); ++i) {
            if (activation.inputs[i] == kNone) continue;
            const auto* bound = m_draft.constant(activation.inputs[i]);
            if (!bound || bound->elementCount() != 1) return false;
            (i == 1 ? lowest : highest) = code(bound->realAt(0));
        }
        if (lowest) low = *lowest;
        if (highest) high = *highest;
        return true;
    }

    bool sameNumber(uint32_t a, uint32_t b) const {
        if (a == b) return true;
        const auto *x = m_draft.constant(a), *y = m_draft.constant(b);
        return x && y && x->elementCount() == 1 && y->elementCount() == 1 && x->realAt(0) == y->realAt(0);
    }
    // An omitted zero point is 0.
    bool sameZero(uint32_t a, uint32_t b) const {
        const auto isZero = [&](uint32_t value) {
            const auto* constant = m_draft.constant(value);
            return value == kNone || (constant && constant->elementCount() == 1 && constant->realAt(0) == 0);
        };
        return sameNumber(a, b) || (isZero(a) && isZero(b));
    }

    // Codes that the QuantizeLinear `at` makes of what `middle` and an activation behind it compute.
    void fuse(uint32_t at) {
        const auto& quantize = m_draft.nodes[at];
        if (quantize.inputs.empty() || quantize.attributes.integer("block_size", 0) != 0) return;
        uint32_t middle = m_uses.producer(quantize.inputs[0]);
        uint32_t activation = kNone;
        if (is(middle, "Relu") || is(middle, "Clip")) {
            activation = middle;
            if (m_uses.onlyReader(quantize.inputs[0]) != at) return;
            middle = m_uses.producer(m_draft.nodes[activation].inputs[0]);
        }
        if (middle == kNone || m_draft.nodes[middle].outputs.size() != 1 ||
            m_uses.onlyReader(m_draft.nodes[middle].outputs[0]) != (activation == kNone ? at : activation))
            return;
        if (is(middle, "Conv") || is(middle, "Gemm") || is(middle, "MatMul"))
            product(middle, activation, at);
        else if (is(middle, "Add"))
            addition(middle, activation, at);
        else if (is(middle, "GlobalAveragePool") && activation == kNone)
            average(middle, at);
        else if (activation == kNone && !move(middle, at) && is(middle, "Concat"))
            concatenation(middle, at);
    }

    // The node in the place of `middle`, an activation and the quantization, each of which may be kNone.
    PlanNode joined(uint32_t middle, uint32_t activation, uint32_t quantize, std::string_view op) const {
        PlanNode fused;
        const auto& node = m_draft.nodes[middle];
        fused.node = node.node;
        for (const auto part : {middle, activation, quantize})
            if (part != kNone)
                fused.members.insert(fused.members.end(), m_draft.nodes[part].members.begin(),
                                     m_draft.nodes[part].members.end());
        fused.domain = "lathe";
        fused.op = op;
        fused.attributes = node.attributes;
        fused.outputs = (quantize == kNone ? node : m_draft.nodes[quantize]).outputs;
        return fused;
    }

    // False when no kernel takes it.
    bool replace(uint32_t middle, uint32_t activation, uint32_t quantize, PlanNode fused) {
        if (!chooseKernel(m_draft, fused) && !isView(m_draft, fused)) return false;
        m_draft.nodes[middle].op.clear();
        if (activation != kNone) m_draft.nodes[activation].op.clear();
        m_draft.nodes[quantize == kNone ? middle : quantize] = std::move(fused);
        return true;
    }

    uint32_t zeroOf(const PlanNode& quantize) const {
        return quantize.inputs.size() > 2 ? quantize.inputs[2] : kNone;
    }

    // The codes of the result, narrowed by the activation; nothing when its bounds are not known.
    struct Range {
        int64_t low = 0, high = 0;
    };
    std::optional<Range> rangeOf(uint32_t activation, const PlanNode& quantize) const {
        const bool isSigned = m_draft.values[quantize.outputs[0]].type == tensor::DataType::int8;
        Range range{isSigned ? -128 : 0, isSigned ? 127 : 255};
        if (activation != kNone && !narrow(m_draft.nodes[activation], quantize, range.low, range.high))
            return {};
        return range;
    }

    // `quantize` is kNone for a product whose result stays in floats.
    void product(uint32_t middle, uint32_t activation, uint32_t quantize) {
        const auto& node = m_draft.nodes[middle];
        if (!plainProduct(node)) return;
        const auto x = dequantized(node, 0), w = dequantized(node, 1);
        if (!x || !w || !m_draft.constant(w->codes)) return;
        const auto* wScale = m_draft.constant(w->scale);
        if (!wScale) return;
        const auto rank = static_cast<int64_t>(m_draft.values[w->codes].shape.size());
        if (wScale->elementCount() > 1 && tensor::normalizedAxis(w->axis, rank) != channelAxis(node)) return;
        const auto bias = biasOf(node, *x, *w);
        if (!bias) return;
        auto fused =
            joined(middle, activation, quantize, node.op == "Conv" ? "QLinearConv" : "QLinearMatMul");
        fused.inputs = {x->codes, x->scale, x->zero, w->codes, w->scale, w->zero, kNone, kNone, *bias};
        if (quantize != kNone) {
            const auto range = rangeOf(activation, m_draft.nodes[quantize]);
            if (!range) return;
            fused.attributes.set("low_code", range->low);
            fused.attributes.set("high_code", range->high);
            fused.inputs[6] = m_draft.nodes[quantize].inputs[1];
            fused.inputs[7] = zeroOf(m_draft.nodes[quantize]);
        }
        replace(middle, activation, quantize, std::move(fused));
    }

    void addition(uint32_t middle, uint32_t activation, uint32_t at) {
        const auto &node = m_draft.nodes[middle], &quantize = m_draft.nodes[at];
        const auto a = dequantized(node, 0), b = dequantized(node, 1);
        const auto range = rangeOf(activation, quantize);
        if (!a || !b || !range) return;
        if (residual(middle, activation, at, 0, *b, *range) ||
            residual(middle, activation, at, 1, *a, *range))
            return;
        auto fused = joined(middle, activation, at, "QLinearAdd");
        fused.attributes.set("low_code", range->low);
        fused.attributes.set("high_code", range->high);
        fused.inputs = {a->codes, a->scale,           a->zero,         b->codes, b->scale,
                        b->zero,  quantize.inputs[1], zeroOf(quantize)};
        replace(middle, activation, at, std::move(fused));
    }

    // Operand `own` of the sum is what a convolution makes for it alone: the convolution adds `other` itself.
    bool residual(uint32_t middle, uint32_t activation, uint32_t at, size_t own, const Quantized& other,
                  Range range) {
        const auto dequantize = m_uses.producer(m_draft.nodes[middle].inputs[own]);
        const auto codes = m_draft.nodes[dequantize].inputs[0];
        const auto conv = m_uses.producer(codes);
        if (conv == kNone || m_draft.nodes[conv].op != "QLinearConv" ||
            m_draft.nodes[conv].domain != "lathe" || m_draft.nodes[conv].inputs.size() > 9 ||
            m_uses.onlyReader(codes) != dequantize ||
            m_uses.onlyReader(m_draft.nodes[dequantize].outputs[0]) != middle)
            return false;
        // The dequantization has to undo the quantization.
        const auto& product = m_draft.nodes[conv];
        const auto& undo = m_draft.nodes[dequantize];
        if (!sameNumber(product.inputs[6], undo.inputs[1]) ||
            !sameZero(product.inputs[7], undo.inputs.size() > 2 ? undo.inputs[2] : kNone))
            return false;
        const auto& quantize = m_draft.nodes[at];
        auto fused = joined(middle, activation, at, "QLinearConv");
        fused.node = product.node;
        fused.members.insert(fused.members.begin(), product.members.begin(), product.members.end());
        fused.attributes = product.attributes;
        fused.attributes.set("sum_low", range.low);
        fused.attributes.set("sum_high", range.high);
        fused.inputs = product.inputs;
        fused.inputs.insert(fused.inputs.end(),
                            {other.codes, other.scale, other.zero, quantize.inputs[1], zeroOf(quantize)});
        if (!replace(middle, activation, at, std::move(fused))) return false;
        m_draft.nodes[conv].op.clear();
        return true;
    }

    void average(uint32_t middle, uint32_t at) {
        const auto x = dequantized(m_draft.nodes[middle], 0);
        if (!x) return;
        const auto& quantize = m_draft.nodes[at];
        auto fused = joined(middle, kNone, at, "QLinearGlobalAveragePool");
        fused.inputs = {x->codes, x->scale, x->zero, quantize.inputs[1], zeroOf(quantize)};
        replace(middle, kNone, at, std::move(fused));
    }

    // An op that makes no new numbers gives the same codes when it works on codes: (q - zero) * scale / scale
    // is q - zero but for two roundings, which the third undoes.
    bool move(uint32_t middle, uint32_t at) {
        static constexpr std::array<std::string_view, 10> kMoves = {
            "Concat",  "Flatten",   "MaxPool",   "Reshape", "Slice",
            "Squeeze", "Transpose", "Unsqueeze", "Expand",  "Identity"};
        const auto &node = m_draft.nodes[middle], &quantize = m_draft.nodes[at];
        if (!node.domain.empty() || std::find(kMoves.begin(), kMoves.end(), node.op) == kMoves.end())
            return false;
        auto fused = joined(middle, kNone, at, node.op);
        fused.domain.clear();
        fused.inputs = node.inputs;
        const auto type = m_draft.values[quantize.outputs[0]].type;
        for (size_t i = 0; i < (node.op == "Concat" ? node.inputs.size() : 1); ++i) {
            const auto x = dequantized(node, i);
            if (!x || !m_draft.constant(x->scale) || m_draft.values[x->codes].type != type ||
                !sameNumber(x->scale, quantize.inputs[1]) || !sameZero(x->zero, zeroOf(quantize)) ||
                m_draft.constant(x->scale)->elementCount() != 1)
                return false;
            fused.inputs[i] = x->codes;
        }
        return replace(middle, kNone, at, std::move(fused));
    }

    void concatenation(uint32_t middle, uint32_t at) {
        const auto &node = m_draft.nodes[middle], &quantize = m_draft.nodes[at];
        auto fused = joined(middle, kNone, at, "QLinearConcat");
        fused.inputs = {quantize.inputs[1], zeroOf(quantize)};
        for (size_t i = 0; i < node.inputs.size(); ++i) {
            const auto x = dequantized(node, i);
            if (!x) return;
            fused.inputs.insert(fused.inputs.end(), {x->codes, x->scale, x->zero});
        }
        replace(middle, kNone, at, std::move(fused));
    }

    Draft& m_draft;
    DraftUses m_uses;
};

}  // namespace

void fuseQuantized(Draft& draft) { QuantizedFuser(draft).run(); }

}  // namespace lathe::runtime
