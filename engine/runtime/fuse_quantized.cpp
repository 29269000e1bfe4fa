// Dequantize, compute, quantize becomes one node on integers:
//
//   DequantizeLinear(x), DequantizeLinear(w), DequantizeLinear(b) -> Conv [-> Relu or Clip] -> QuantizeLinear
//   becomes  lathe QLinearConv(x, xScale, xZero, w, wScale, wZero, yScale, yZero, b) with low_code, high_code
//
// Likewise Gemm and MatMul with constant weights. The bias must be int32 with scale xScale * wScale, as
// quantizers write it; then the sum of codes is the whole truth and nothing is rounded on the way.
#include <algorithm>
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
        if (!is(middle, "Conv") && !is(middle, "Gemm") && !is(middle, "MatMul")) return;
        const auto& node = m_draft.nodes[middle];
        if (!plainProduct(node) ||
            m_uses.onlyReader(node.outputs[0]) != (activation == kNone ? at : activation))
            return;
        const auto x = dequantized(node, 0), w = dequantized(node, 1);
        if (!x || !w || !m_draft.constant(w->codes)) return;
        const auto* wScale = m_draft.constant(w->scale);
        if (!wScale) return;
        const auto rank = static_cast<int64_t>(m_draft.values[w->codes].shape.size());
        if (wScale->elementCount() > 1 && tensor::normalizedAxis(w->axis, rank) != channelAxis(node)) return;
        const auto bias = biasOf(node, *x, *w);
        if (!bias) return;

        const bool isSigned = m_draft.values[quantize.outputs[0]].type == tensor::DataType::int8;
        int64_t low = isSigned ? -128 : 0, high = isSigned ? 127 : 255;
        if (activation != kNone && !narrow(m_draft.nodes[activation], quantize, low, high)) return;

        PlanNode fused;
        fused.node = node.node;
        fused.members = node.members;
        if (activation != kNone)
            fused.members.insert(fused.members.end(), m_draft.nodes[activation].members.begin(),
                                 m_draft.nodes[activation].members.end());
        fused.members.insert(fused.members.end(), quantize.members.begin(), quantize.members.end());
        fused.domain = "lathe";
        fused.op = node.op == "Conv" ? "QLinearConv" : "QLinearMatMul";
        fused.attributes = node.attributes;
        fused.attributes.set("low_code", low);
        fused.attributes.set("high_code", high);
        const auto zero = quantize.inputs.size() > 2 ? quantize.inputs[2] : kNone;
        fused.inputs = {x->codes, x->scale,           x->zero, w->codes, w->scale,
                        w->zero,  quantize.inputs[1], zero,    *bias};
        fused.outputs = quantize.outputs;
        if (!chooseKernel(m_draft, fused)) return;
        m_draft.nodes[middle].op.clear();
        if (activation != kNone) m_draft.nodes[activation].op.clear();
        m_draft.nodes[at] = std::move(fused);
    }

    Draft& m_draft;
    DraftUses m_uses;
};

}  // namespace

void fuseQuantized(Draft& draft) { QuantizedFuser(draft).run(); }

}  // namespace lathe::runtime
