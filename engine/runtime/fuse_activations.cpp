// Convolutions and matrix products take over what follows them:
//
//   Conv -> Add(other) -> Relu      becomes  lathe Conv(x, w, b, other) with low = 0
//   MatMul -> Add(vector) -> Clip   becomes  lathe MatMul(a, b, vector) with low and high
//
// Only where a kernel takes the result, so that nothing gets slower.
#include <limits>
#include <optional>

#include "engine/runtime/draft.h"

namespace lathe::runtime {
namespace {

struct Bounds {
    float low = -std::numeric_limits<float>::infinity();
    float high = std::numeric_limits<float>::infinity();
};

// The clamp that a node is, when it is one with known bounds.
std::optional<Bounds> boundsOf(const Draft& draft, const PlanNode& node) {
    if (!node.domain.empty()) return {};
    if (node.op == "Relu") return Bounds{0, std::numeric_limits<float>::infinity()};
    if (node.op != "Clip") return {};
    Bounds bounds;
    for (size_t i = 1; i < node.inputs.size(); ++i) {
        if (node.inputs[i] == kNone) continue;
        const auto* constant = draft.constant(node.inputs[i]);
        if (!constant || constant->elementCount() != 1) return {};
        (i == 1 ? bounds.low : bounds.high) = static_cast<float>(constant->realAt(0));
    }
    return bounds;
}

class Fuser {
  public:
    explicit Fuser(Draft& draft) : m_draft(draft), m_uses(draft) {}

    void run() {
        for (uint32_t i = 0; i < m_draft.nodes.size(); ++i) {
            const auto& node = m_draft.nodes[i];
            const bool product = node.op == "Conv" || node.op == "Gemm" || node.op == "MatMul";
            if (!product || !node.domain.empty() || node.outputs.size() != 1) continue;
            uint32_t at = i;
            if (const auto next = addition(at)) at = *next;
            if (const auto next = clamp(at)) at = *next;
        }
        dropEmptied(m_draft);
    }

  private:
    // The one node that reads the result of node `at`, or null.
    const PlanNode* reader(uint32_t at, uint32_t& index) const {
        index = m_uses.onlyReader(m_draft.nodes[at].outputs[0]);
        return index == kNone || m_draft.nodes[index].op.empty() ? nullptr : &m_draft.nodes[index];
    }

    // Puts `fused` where node `last` was, when a kernel of the same kind as before takes it.
    bool accept(uint32_t first, uint32_t last, PlanNode fused) {
        fused.domain = "lathe";
        fused.outputs = m_draft.nodes[last].outputs;
        const auto& members = m_draft.nodes[last].members;
        fused.members.insert(fused.members.end(), members.begin(), members.end());
        const auto* before = chooseKernel(m_draft, m_draft.nodes[first]);
        const auto* after = chooseKernel(m_draft, fused);
        if (!before || !after || before->name != after->name) return false;
        m_draft.nodes[first].op.clear();
        m_draft.nodes[last] = std::move(fused);
        return true;
    }

    std::optional<uint32_t> addition(uint32_t at) {
        uint32_t last = kNone;
        const auto* add = reader(at, last);
        if (!add || add->op != "Add" || !add->domain.empty()) return {};
        const auto& node = m_draft.nodes[at];
        const auto result = node.outputs[0];
        const auto other = add->inputs[0] == result ? add->inputs[1] : add->inputs[0];
        if (other == result) return {};
        const auto &x = m_draft.values[result], &y = m_draft.values[other];
        const auto& sum = m_draft.values[add->outputs[0]];
        if (!x.fixed || !y.fixed || !(x.shape == sum.shape) || x.type != y.type) return {};
        PlanNode fused = node;
        if (node.op == "Conv" && y.shape == x.shape && !m_draft.constant(other)) {
            fused.inputs.resize(4, kNone);
            fused.inputs[3] = other;
        } else if (node.op == "MatMul" && m_draft.constant(other) && node.inputs.size() == 2) {
            const int64_t count = tensor::elementCount(y.shape);
            if (y.shape.empty() || count != y.shape.back() || count != x.shape.back()) return {};
            fused.inputs.push_back(other);
        } else {
            return {};
        }
        return accept(at, last, std::move(fused)) ? std::optional(last) : std::nullopt;
    }

    std::optional<uint32_t> clamp(uint32_t at) {
        uint32_t last = kNone;
        const auto* next = reader(at, last);
        if (!next || next->inputs[0] != m_draft.nodes[at].outputs[0]) return {};
        const auto bounds = boundsOf(m_draft, *next);
        if (!bounds) return {};
        PlanNode fused = m_draft.nodes[at];
        fused.attributes.set("low", bounds->low);
        fused.attributes.set("high", bounds->high);
        return accept(at, last, std::move(fused)) ? std::optional(last) : std::nullopt;
    }

    Draft& m_draft;
    DraftUses m_uses;
};

}  // namespace

void fuseActivations(Draft& draft) { Fuser(draft).run(); }

}  // namespace lathe::runtime
