// Nodes on 16-bit floats run on float32 where a kernel takes them so: the kernels, the fusions and the
// layouts are those of float32. A Cast makes the other form of a value where the two meet.
//
//   x: float16 -> Conv -> Relu -> y: float16      becomes      x -> Cast -> Conv -> Relu -> Cast -> y
//
// A result is rounded to halves where a caller gets it, and where a node or a body needs the half form;
// between two nodes that run on float32 it is not, as on ONNX Runtime's CPU. Casts between the two types in
// the graph vanish with that. Kernels that only move elements follow what they read.
//
// Constants become float32 here, but for large weights of products, which kernels read as halves.
#include <algorithm>

#include "engine/kernels/cpu/support_half.h"
#include "engine/runtime/draft.h"

namespace lathe::runtime {
namespace {

using tensor::DataType;

// Weights below this are not worth being expanded in each run.
constexpr int64_t kLargeWeight = 16384;

bool isHalf(DataType type) { return kernels::halfType(type).has_value(); }

class Widener {
  public:
    explicit Widener(Draft& draft) : m_draft(draft) {}

    void run() {
        m_makers.resize(m_draft.values.size());
        m_pinned.assign(m_draft.values.size(), false);
        for (const auto& node : m_draft.nodes)
            for (const auto value : node.captures) m_pinned[value] = true;
        auto nodes = std::move(m_draft.nodes);
        m_draft.nodes.clear();
        for (auto& node : nodes) {
            for (auto& input : node.inputs) input = standIn(input);
            if (vanishes(node)) continue;
            if (!widen(node)) keepHalf(node);
            m_draft.nodes.push_back(std::move(node));
        }
        for (auto& output : m_draft.outputs) output = halfForm(standIn(output));
    }

  private:
    PlannedValue& valueAt(uint32_t value) { return m_draft.values[value]; }
    bool isHalfValue(uint32_t value) const { return value != kNone && isHalf(m_draft.values[value].type); }
    bool isUsable(uint32_t value) const {
        const auto& planned = m_draft.values[value];
        return planned.fixed && tensor::elementCount(planned.shape) > 0;
    }
    // A node made it as float32 and nothing has rounded it yet.
    bool isWideOnly(uint32_t value) const { return value < m_makers.size() && m_makers[value].valid(); }

    // The value that holds the numbers of one whose Cast to float32 vanished.
    uint32_t standIn(uint32_t value) const {
        if (value == kNone || isHalfValue(value)) return value;
        const auto other = m_draft.values[value].computedAs;
        return other == kNone ? value : other;
    }

    // Casts between halves and float32: both sides are one value from here on.
    bool vanishes(const PlanNode& node) {
        if (node.op != "Cast" || !node.domain.empty() || node.inputs.size() != 1) return false;
        const auto in = node.inputs[0], out = node.outputs[0];
        if (in == kNone || out == kNone || !isUsable(in) || !isUsable(out) || m_draft.constant(in))
            return false;
        if (valueAt(in).type == DataType::float32 && isHalfValue(out)) {
            valueAt(out).computedAs = in;
            m_makers[out] = node.node;
            return true;
        }
        if (!isHalfValue(in) || valueAt(out).type != DataType::float32 || m_pinned[out]) return false;
        if (valueAt(in).computedAs == kNone) {
            valueAt(in).computedAs = out;  // the node stays, and makes the form that others read as well
            return false;
        }
        valueAt(out).computedAs = valueAt(in).computedAs;
        return true;
    }

    bool widen(PlanNode& node) {
        const auto isHalfOne = [&](uint32_t value) { return isHalfValue(value); };
        if (!node.captures.empty() || (std::none_of(node.inputs.begin(), node.inputs.end(), isHalfOne) &&
                                       std::none_of(node.outputs.begin(), node.outputs.end(), isHalfOne)))
            return false;
        for (const auto* list : {&node.inputs, &node.outputs})
            for (const auto value : *list)
                if (value != kNone && !isUsable(value)) return false;
        if (isMove(node)) {
            if (!std::any_of(node.inputs.begin(), node.inputs.end(),
                             [&](uint32_t value) { return value != kNone && isWideOnly(value); }))
                return false;
        } else if (node.op == "Cast" || !findKernel(node)) {
            return false;
        }
        for (size_t i = 0; i < node.inputs.size(); ++i)
            if (!staysHalf(node, i)) node.inputs[i] = wideForm(node.inputs[i], node);
        for (auto& output : node.outputs) {
            if (!isHalfValue(output)) continue;
            m_makers[output] = node.node;
            output = addWide(output);
        }
        return true;
    }

    // Takes halves as they are: nothing is computed.
    bool isMove(const PlanNode& node) const {
        if (node.op == "Cast" && !isView(m_draft, node)) return false;
        return isView(m_draft, node) || chooseKernel(m_draft, node);
    }

    // Decides about the weight as well.
    bool findKernel(const PlanNode& node) {
        const auto table = kernels::cpuKernels();
        if (std::none_of(table.begin(), table.end(), [&](const auto& kernel) {
                return kernel.op == node.op && kernel.domain == node.domain;
            }))
            return false;
        m_halfWeight = hasLargeWeight(node);
        if (m_halfWeight && takes(siteOfWide(node))) return true;
        m_halfWeight = false;
        return takes(siteOfWide(node));
    }

    bool hasLargeWeight(const PlanNode& node) const {
        if (node.op != "Conv" && node.op != "Gemm" && node.op != "MatMul") return false;
        const auto* weight = node.inputs.size() > 1 ? m_draft.constant(node.inputs[1]) : nullptr;
        return weight && isHalf(weight->type()) && weight->elementCount() >= kLargeWeight;
    }
    bool staysHalf(const PlanNode& node, size_t input) const {
        return input == 1 && m_halfWeight && hasLargeWeight(node);
    }

    kernels::Site siteOfWide(const PlanNode& node) {
        auto site = siteOf(m_draft, node);
        for (size_t i = 0; i < site.inputs.size(); ++i) {
            auto& operand = site.inputs[i];
            if (!isHalf(operand.type) || staysHalf(node, i)) continue;
            operand.type = DataType::float32;
            if (operand.constant) operand.constant = m_draft.constant(wideConstant(node.inputs[i]));
        }
        for (auto& operand : site.outputs)
            if (isHalf(operand.type)) operand.type = DataType::float32;
        return site;
    }

    // In either layout: which it will be is decided later.
    static bool takes(kernels::Site site) {
        if (kernels::chooseCpuKernel(site)) return true;
        for (auto* operands : {&site.inputs, &site.outputs})
            for (auto& operand : *operands)
                if (operand.type == DataType::float32 && !operand.constant && operand.shape.size() == 4)
                    operand.layout = kernels::Layout::blocked;
        return kernels::chooseCpuKernel(site) != nullptr;
    }

    uint32_t addWide(uint32_t value) {
        PlannedValue wide = valueAt(value);
        wide.type = DataType::float32;
        wide.constant = nullptr;
        m_draft.values.push_back(std::move(wide));
        return valueAt(value).computedAs = static_cast<uint32_t>(m_draft.values.size() - 1);
    }

    uint32_t wideConstant(uint32_t value) {
        if (valueAt(value).computedAs == kNone) {
            const auto wide = addWide(value);
            valueAt(wide).constant =
                std::make_shared<tensor::Tensor>(kernels::widened(*m_draft.constant(value)));
        }
        return valueAt(value).computedAs;
    }

    uint32_t wideForm(uint32_t value, const PlanNode& reader) {
        if (!isHalfValue(value)) return value;
        if (m_draft.constant(value)) return wideConstant(value);
        if (valueAt(value).computedAs == kNone) {
            const auto wide = addWide(value);
            addCast(value, wide, reader.node);
        }
        return valueAt(value).computedAs;
    }

    uint32_t halfForm(uint32_t value) {
        if (!isHalfValue(value) || !isWideOnly(value)) return value;
        addCast(valueAt(value).computedAs, value, m_makers[value]);
        m_makers[value] = {};
        return value;
    }

    void keepHalf(PlanNode& node) {
        for (auto& input : node.inputs) input = halfForm(input);
        for (const auto value : node.captures) halfForm(value);
    }

    void addCast(uint32_t from, uint32_t to, ir::NodeId node) {
        PlanNode cast;
        cast.node = node;
        cast.members = {node};
        cast.domain = "lathe";
        cast.op = "Cast";
        cast.inputs = {from};
        cast.outputs = {to};
        m_draft.nodes.push_back(std::move(cast));
    }

    Draft& m_draft;
    std::vector<ir::NodeId> m_makers;  // by half value: who made it, while it is there as float32 only
    std::vector<bool> m_pinned;        // bodies read it by its id
    bool m_halfWeight = false;         // the node in hand reads its weight as it is
};

}  // namespace

void widenHalves(Draft& draft) {
    const auto isHalfValue = [](const PlannedValue& value) { return isHalf(value.type); };
    if (std::any_of(draft.values.begin(), draft.values.end(), isHalfValue)) Widener(draft).run();
}

}  // namespace lathe::runtime
