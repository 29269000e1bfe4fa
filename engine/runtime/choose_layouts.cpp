// Convolutions are fastest on blocked channels (kernels::Layout), and so is everything between them when it
// need not go back and forth. Nodes are visited in order: a convolution runs blocked when a kernel takes it
// so; any other node follows when one of its inputs is blocked already and a kernel takes it, or when it does
// nothing. Where a value is wanted in the other layout, a Reorder node makes a second form of it, once:
// before a node that makes a large value of a small one when nobody can read the large one blocked.
#include <algorithm>

#include "engine/runtime/draft.h"

namespace lathe::runtime {
namespace {

using kernels::Layout;

class Chooser {
  public:
    explicit Chooser(Draft& draft) : m_draft(draft) {}

    void run() {
        m_pinned.assign(m_draft.values.size(), false);
        for (const auto& node : m_draft.nodes)
            for (const auto value : node.captures) m_pinned[value] = true;
        m_readBlocked.assign(m_draft.values.size(), false);
        for (const auto& node : m_draft.nodes) {
            if (!mayReadBlocked(node)) continue;
            for (const auto value : node.inputs)
                if (value != kNone) m_readBlocked[value] = true;
        }
        auto nodes = std::move(m_draft.nodes);
        m_draft.nodes.clear();
        for (auto& node : nodes) {
            if (!placeBlocked(node) && !passBlocked(node)) placePlain(node);
            m_draft.nodes.push_back(std::move(node));
        }
        for (auto& output : m_draft.outputs) output = form(output, Layout::plain, m_draft.nodes.back());
    }

  private:
    struct Forms {
        uint32_t plain = kNone, blocked = kNone;
    };

    uint32_t& formOf(uint32_t value, Layout layout) {
        if (m_forms.size() < m_draft.values.size()) m_forms.resize(m_draft.values.size());
        auto& forms = m_forms[value];
        if (forms.plain == kNone && forms.blocked == kNone)
            (m_draft.values[value].layout == Layout::plain ? forms.plain : forms.blocked) = value;
        return layout == Layout::plain ? forms.plain : forms.blocked;
    }

    // The value in a layout, reordered for `reader` when it is not there yet.
    uint32_t form(uint32_t value, Layout layout, const PlanNode& reader) {
        if (value == kNone || m_draft.constant(value)) return value;
        if (const auto known = formOf(value, layout); known != kNone) return known;
        PlannedValue other = m_draft.values[value];
        other.layout = layout;
        m_draft.values.push_back(std::move(other));
        const auto made = static_cast<uint32_t>(m_draft.values.size() - 1);
        PlanNode reorder;
        reorder.node = reader.node;
        reorder.members = {reader.node};
        reorder.domain = "lathe";
        reorder.op = "Reorder";
        reorder.inputs = {value};
        reorder.outputs = {made};
        m_draft.nodes.push_back(std::move(reorder));
        formOf(value, layout) = made;
        return made;
    }

    bool canBeBlocked(uint32_t value) const {
        using tensor::DataType;
        const auto& planned = m_draft.values[value];
        const bool suits = planned.type == DataType::float32 || planned.type == DataType::int8 ||
                           planned.type == DataType::uint8;
        return planned.fixed && planned.shape.size() == 4 && suits && tensor::elementCount(planned.shape) > 0;
    }

    // Some kernel for the op, or a view of the value, may take it so; whether it will is known later.
    static bool mayReadBlocked(const PlanNode& node) {
        return isTransparent(node) || std::ranges::any_of(kernels::cpuKernels(), [&](const auto& kernel) {
                   return kernel.blocked && kernel.op == node.op && kernel.domain == node.domain;
               });
    }

    // The smaller value had better be reordered.
    bool growsForNobody(const PlanNode& node) const {
        if (node.op != "Resize" || m_readBlocked[node.outputs[0]]) return false;
        const auto &in = m_draft.values[node.inputs[0]], &out = m_draft.values[node.outputs[0]];
        return tensor::elementCount(out.shape) > tensor::elementCount(in.shape);
    }

    bool placeBlocked(PlanNode& node) {
        if (node.outputs.empty() || !node.captures.empty()) return false;
        // Some kernels end what is blocked: means of planes make [N, C].
        std::vector<Layout> outputLayouts(node.outputs.size(), Layout::plain);
        for (size_t i = 0; i < node.outputs.size(); ++i) {
            const auto output = node.outputs[i];
            if (output == kNone) continue;
            const auto& planned = m_draft.values[output];
            if (!planned.fixed || tensor::elementCount(planned.shape) == 0) return false;
            if (canBeBlocked(output) && !m_pinned[output]) outputLayouts[i] = Layout::blocked;
        }
        const bool convolution = node.op == "Conv" || node.op == "QLinearConv";
        bool any = convolution;
        for (const auto input : node.inputs)
            any = any || (input != kNone && formOf(input, Layout::blocked) != kNone);
        if (!any || growsForNobody(node)) return false;
        auto site = siteOf(m_draft, node);
        for (size_t i = 0; i < site.outputs.size(); ++i) site.outputs[i].layout = outputLayouts[i];
        std::vector<Layout> layouts(node.inputs.size(), Layout::plain);
        for (size_t i = 0; i < node.inputs.size(); ++i) {
            const auto input = node.inputs[i];
            site.inputs[i].layout = Layout::plain;
            if (input == kNone || m_draft.constant(input)) continue;
            if (!canBeBlocked(input)) return false;
            site.inputs[i].layout = layouts[i] = Layout::blocked;
        }
        // The first layer: few channels, which a block would mostly fill up.
        const bool startsHere = convolution && formOf(node.inputs[0], Layout::blocked) == kNone;
        if (startsHere) site.inputs[0].layout = layouts[0] = Layout::plain;
        if (!kernels::chooseCpuKernel(site)) {
            if (!startsHere || !canBeBlocked(node.inputs[0])) return false;
            site.inputs[0].layout = layouts[0] = Layout::blocked;
            if (!kernels::chooseCpuKernel(site)) return false;
        }
        for (size_t i = 0; i < node.inputs.size(); ++i)
            node.inputs[i] = form(node.inputs[i], layouts[i], node);
        for (size_t i = 0; i < node.outputs.size(); ++i)
            if (node.outputs[i] != kNone) m_draft.values[node.outputs[i]].layout = outputLayouts[i];
        return true;
    }

    static bool isTransparent(const PlanNode& node) {
        return node.op == "Identity" || node.op == "Dropout" || node.op == "Cast";
    }

    // Nodes that do nothing to a blocked value: the same memory, whatever the layout.
    bool passBlocked(PlanNode& node) {
        if (!isTransparent(node)) return false;
        if (!isView(m_draft, node) || m_draft.constant(node.inputs[0])) return false;
        const auto blocked = formOf(node.inputs[0], Layout::blocked);
        if (blocked == kNone || !canBeBlocked(node.outputs[0]) || m_pinned[node.outputs[0]]) return false;
        node.inputs[0] = blocked;
        m_draft.values[node.outputs[0]].layout = Layout::blocked;
        return true;
    }

    void placePlain(PlanNode& node) {
        for (auto& input : node.inputs) input = form(input, Layout::plain, node);
    }

    Draft& m_draft;
    std::vector<Forms> m_forms;
    std::vector<bool> m_readBlocked;  // by some node, perhaps
    std::vector<bool> m_pinned;       // bodies read it by its id, so the value itself has to be plain
};

}  // namespace

void chooseLayouts(Draft& draft) {
    if (!draft.nodes.empty()) Chooser(draft).run();
}

}  // namespace lathe::runtime
