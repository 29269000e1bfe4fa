// The channel shuffle of ShuffleNet, as exporters write it, becomes one node that only moves channels:
//
//   [Concat ->] Reshape [N, g, C/g, H, W] -> Transpose (0, 2, 1, 3, 4) -> Reshape [N, C, H, W] [-> Slice,
//   ...] becomes  lathe ChannelShuffle(parts of the Concat) with `group` = g, an output for each slice
//
// Slices are taken over when they follow each other and nobody else reads the whole.
#include <algorithm>
#include <optional>

#include "engine/runtime/draft.h"

namespace lathe::runtime {
namespace {

using Indices = std::vector<uint32_t>;

class ShuffleFuser {
  public:
    explicit ShuffleFuser(Draft& draft) : m_draft(draft), m_uses(draft) {}

    void run() {
        for (uint32_t i = 0; i < m_draft.nodes.size(); ++i)
            if (is(i, "Transpose")) fuse(i);
        dropEmptied(m_draft);
    }

  private:
    bool is(uint32_t index, std::string_view op) const {
        return index != kNone && m_draft.nodes[index].op == op && m_draft.nodes[index].domain.empty();
    }
    const PlannedValue& value(uint32_t index) const { return m_draft.values[index]; }

    // The groups, when `transpose` turns the channels between two reshapes that lead there and back.
    std::optional<int64_t> groups(const PlanNode& before, const PlanNode& transpose,
                                  const PlanNode& after) const {
        const auto &x = value(before.inputs[0]), &split = value(transpose.inputs[0]),
                   &y = value(after.outputs[0]);
        if (!x.fixed || !split.fixed || !y.fixed || x.type != tensor::DataType::float32 ||
            x.shape.size() != 4 || split.shape.size() != 5 || !(x.shape == y.shape))
            return {};
        const auto& s = split.shape;
        if (transpose.attributes.integers("perm") != std::vector<int64_t>{0, 2, 1, 3, 4} ||
            s[0] != x.shape[0] || s[3] != x.shape[2] || s[4] != x.shape[3])
            return {};
        return s[1];
    }

    void fuse(uint32_t at) {
        const auto before = m_uses.producer(m_draft.nodes[at].inputs[0]);
        const auto after = m_uses.onlyReader(m_draft.nodes[at].outputs[0]);
        if (!is(before, "Reshape") || !is(after, "Reshape") ||
            m_uses.onlyReader(m_draft.nodes[before].outputs[0]) != at ||
            m_draft.nodes[after].inputs[0] != m_draft.nodes[at].outputs[0])
            return;
        const auto group = groups(m_draft.nodes[before], m_draft.nodes[at], m_draft.nodes[after]);
        if (!group) return;
        Indices members = {before, at, after};
        PlanNode fused;
        fused.node = m_draft.nodes[at].node;
        fused.domain = "lathe";
        fused.op = "ChannelShuffle";
        fused.attributes.set("group", *group);
        fused.inputs = {m_draft.nodes[before].inputs[0]};
        fused.outputs = m_draft.nodes[after].outputs;
        if (const auto concat = concatBefore(before); concat != kNone) {
            fused.inputs = m_draft.nodes[concat].inputs;
            members.insert(members.begin(), concat);
        }
        const auto slices = slicesOf(fused.outputs[0]);
        if (!slices.empty()) fused.outputs.clear();
        for (const auto slice : slices) fused.outputs.push_back(m_draft.nodes[slice].outputs[0]);
        members.insert(members.end(), slices.begin(), slices.end());
        if (!chooseKernel(m_draft, fused)) return;
        for (const auto member : members) {
            const auto& nodes = m_draft.nodes[member].members;
            fused.members.insert(fused.members.end(), nodes.begin(), nodes.end());
            m_draft.nodes[member].op.clear();
        }
        m_draft.nodes[after] = std::move(fused);
    }

    // The Concat along the channels that only this node reads.
    uint32_t concatBefore(uint32_t reader) const {
        const auto joined = m_draft.nodes[reader].inputs[0];
        const auto concat = m_uses.producer(joined);
        if (!is(concat, "Concat") || m_uses.onlyReader(joined) != reader) return kNone;
        const auto axis = tensor::normalizedAxis(m_draft.nodes[concat].attributes.integer("axis", 0), 4);
        return axis == 1 ? concat : kNone;
    }

    // Slices along the channels, in order, that together are everything; or none.
    Indices slicesOf(uint32_t whole) const {
        Indices slices;
        for (uint32_t i = 0; i < m_draft.nodes.size(); ++i)
            if (is(i, "Slice") && m_draft.nodes[i].inputs[0] == whole && firstChannel(i)) slices.push_back(i);
        if (slices.empty() || slices.size() != m_uses.count(whole)) return {};
        std::sort(slices.begin(), slices.end(),
                  [&](uint32_t a, uint32_t b) { return *firstChannel(a) < *firstChannel(b); });
        int64_t next = 0;
        for (const auto slice : slices) {
            if (*firstChannel(slice) != next) return {};
            next += value(m_draft.nodes[slice].outputs[0]).shape[1];
        }
        return next == value(whole).shape[1] ? slices : Indices{};
    }

    // Where a slice of step 1 along the channels starts.
    std::optional<int64_t> firstChannel(uint32_t slice) const {
        const auto& node = m_draft.nodes[slice];
        if (!value(node.outputs[0]).fixed) return {};
        const auto only = [&](size_t input) -> std::optional<int64_t> {
            const auto* constant =
                input < node.inputs.size() ? m_draft.constant(node.inputs[input]) : nullptr;
            return constant && constant->elementCount() == 1 ? std::optional(constant->integerAt(0))
                                                             : std::nullopt;
        };
        const bool stepped = node.inputs.size() > 4 && node.inputs[4] != kNone;
        const auto start = only(1), axis = only(3);
        if (!start || *start < 0 || !axis || tensor::normalizedAxis(*axis, 4) != 1 ||
            (stepped && only(4) != 1))
            return {};
        return *start;
    }

    Draft& m_draft;
    DraftUses m_uses;
};

}  // namespace

void fuseChannelShuffle(Draft& draft) { ShuffleFuser(draft).run(); }

}  // namespace lathe::runtime
