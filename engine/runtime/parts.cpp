#include "engine/runtime/parts.h"

#include <algorithm>

#include "engine/runtime/memory_planner.h"
#include "engine/runtime/strided_view.h"

namespace lathe::runtime {
namespace {

using kernels::Layout;

int64_t countOf(tensor::Dimensions shape, size_t begin, size_t end) {
    int64_t count = 1;
    for (size_t i = begin; i < end; ++i) count *= shape[i];
    return count;
}

// A part of one block or of more, to its last lane: the lanes behind the last channel are nobody's.
int64_t lanesOf(const PlannedValue& value) {
    return value.layout == Layout::blocked ? kernels::channelBlock() : 1;
}

bool alike(const PlannedValue& a, const PlannedValue& b) {
    return a.fixed && b.fixed && a.type == b.type && a.layout == b.layout;
}

bool sameNumber(const Draft& draft, uint32_t a, uint32_t b) {
    const auto number = [&](uint32_t value) -> std::optional<double> {
        if (value == kNone) return 0;
        const auto* constant = draft.constant(value);
        return constant && constant->elementCount() == 1 ? std::optional(constant->realAt(0)) : std::nullopt;
    };
    const auto x = number(a), y = number(b);
    return x && y && *x == *y;
}

// QLinearConcat(yScale, yZero, x, xScale, xZero, ...) copies the parts that have the scale of the result.
std::optional<Partition> joined(const Draft& draft, const PlanNode& node) {
    const bool scaled = node.op == "QLinearConcat";
    const size_t first = scaled ? 2 : 0, step = scaled ? 3 : 1;
    Partition partition{node.outputs[0], true, {}};
    const auto& whole = draft.values[partition.whole];
    const auto rank = whole.shape.size();
    const auto given = tensor::normalizedAxis(node.attributes.integer("axis", 0), static_cast<int64_t>(rank));
    if (!given || !whole.fixed) return {};
    const auto axis = static_cast<size_t>(*given);
    const int64_t lanes = lanesOf(whole);
    if (countOf(whole.shape, 0, axis) != 1 || (whole.layout == Layout::blocked && axis != 1)) return {};
    const auto inner =
        static_cast<uint64_t>(countOf(whole.shape, axis + 1, rank) * tensor::bitWidth(whole.type) / 8);
    uint64_t offset = 0;
    for (size_t i = first; i < node.inputs.size(); i += step) {
        const auto& value = draft.values[node.inputs[i]];
        const int64_t count = value.shape[axis];
        const bool last = i + step >= node.inputs.size();
        if (!last && count % lanes != 0) {
            // Everything from here on shares blocks.
            partition.parts.push_back({kNone, offset, whole.bytes() - offset});
            return partition;
        }
        bool copied = alike(value, whole) && !value.constant && offset % alignmentOf(value) == 0;
        if (scaled)
            copied = copied && sameNumber(draft, node.inputs[0], node.inputs[i + 1]) &&
                     sameNumber(draft, node.inputs[1], node.inputs[i + 2]);
        const auto bytes = static_cast<uint64_t>((count + lanes - 1) / lanes * lanes) * inner;
        partition.parts.push_back({copied ? node.inputs[i] : kNone, offset, bytes});
        offset += bytes;
    }
    return partition;
}

bool isContiguous(const StridedView& view) {
    int64_t stride = 1;
    for (size_t i = view.dims.size(); i-- > 0;) {
        if (view.dims[i] == 1) continue;
        if (view.strides[i] != stride) return false;
        stride *= view.dims[i];
    }
    return true;
}

// Channels [start, start + count) that are whole blocks. What lies behind the last channel of the part has to
// be what lies behind that of the whole: finite.
bool isWholeBlocks(const PlannedValue& whole, const PlannedValue& part, int64_t start) {
    const auto &x = whole.shape, &y = part.shape;
    if (y.size() != 4 || x[0] != 1 || y[2] != x[2] || y[3] != x[3]) return false;
    const int64_t channel = start / (x[2] * x[3]), lanes = lanesOf(whole);
    return channel % lanes == 0 && (y[1] % lanes == 0 || channel + y[1] == x[1]);
}

std::optional<Partition> taken(const Draft& draft, const PlanNode& node) {
    Partition partition{node.inputs[0], false, {}};
    if (draft.constant(partition.whole)) return {};
    const auto& whole = draft.values[partition.whole];
    for (const auto output : node.outputs) {
        if (output == kNone) continue;
        const auto& part = draft.values[output];
        Part found{kNone, 0, part.bytes()};
        const auto view = alike(whole, part) ? takenBy(draft, node, output) : std::nullopt;
        if (view && isContiguous(*view) && view->start >= 0 &&
            (whole.layout == Layout::plain || isWholeBlocks(whole, part, view->start))) {
            found.offset = static_cast<uint64_t>(view->start * tensor::bitWidth(whole.type) / 8);
            if (found.offset + found.bytes <= whole.bytes() && found.offset % alignmentOf(part) == 0)
                found.value = output;
        }
        partition.parts.push_back(found);
    }
    return partition;
}

}  // namespace

uint64_t alignmentOf(const PlannedValue& value) {
    if (value.layout == Layout::plain) return kArenaAlignment;
    const auto block = static_cast<uint64_t>(kernels::channelBlock() * tensor::bitWidth(value.type) / 8);
    return std::min(kArenaAlignment, block);
}

Partitions partitionsOf(const Draft& draft, const Plan& plan) {
    Partitions partitions(plan.steps.size());
    for (size_t i = 0; i < plan.steps.size(); ++i)
        if (plan.steps[i].kind == Step::Kind::kernel) partitions[i] = partitionOf(draft, plan.steps[i].node);
    return partitions;
}

std::optional<Partition> partitionOf(const Draft& draft, const PlanNode& node) {
    const bool lathe = node.domain == "lathe";
    if (node.outputs.empty() || node.inputs.empty() || (!node.domain.empty() && !lathe)) return {};
    if (node.op == (lathe ? "QLinearConcat" : "Concat")) return joined(draft, node);
    if (!lathe && (node.op == "Slice" || node.op == "Split" || node.op == "Gather"))
        return taken(draft, node);
    return {};
}

}  // namespace lathe::runtime
