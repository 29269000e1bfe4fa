#include "engine/runtime/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"
#include "engine/ir/editor.h"
#include "engine/ops/infer.h"
#include "engine/runtime/draft.h"

namespace lathe::runtime {
namespace {

// Folded values up to this size may decide shapes; larger ones never do.
constexpr int64_t kLargestShapeValue = 1024;
// Each round of folding can make further shapes known; real models need one or two.
constexpr int kRounds = 4;

bool everythingFixed(const Draft& draft) {
    return std::all_of(draft.nodes.begin(), draft.nodes.end(), [&](const PlanNode& node) {
        return std::all_of(node.outputs.begin(), node.outputs.end(),
                           [&](uint32_t value) { return value == kNone || draft.values[value].fixed; });
    });
}

// A result no computer could hold is the model's mistake: said with the node, before memory is asked for.
constexpr uint64_t kLargestValue = uint64_t{1} << 40;

base::Status checkSizes(const Plan& plan) {
    for (const auto& step : plan.steps)
        for (const auto output : step.node.outputs) {
            if (output == kNone || !plan.values[output].fixed) continue;
            const auto& value = plan.values[output];
            const auto bytes = tensor::checkedByteSize(value.type, value.shape);
            if (bytes && *bytes <= kLargestValue) continue;
            return base::Error::badInput(fmt::format(
                "{}: the result {} is too large. Check the sizes the model computes.",
                plan.graph->node(step.node.node).label(), tensor::toString(value.type, value.shape)));
        }
    return {};
}

// The graph with small folded values as constants, so that the shape rules see them.
ir::GraphPtr withFolded(const ir::GraphPtr& graph, const Draft& draft) {
    ir::Editor editor(graph);
    for (uint32_t i = 0; i < draft.values.size(); ++i) {
        const auto& constant = draft.values[i].constant;
        if (!constant || constant->elementCount() > kLargestShapeValue) continue;
        const auto value = graph->value(ir::ValueId{i});
        if (!value.isConstant() && value.producer().valid()) editor.setConstant(ir::ValueId{i}, *constant);
    }
    return editor.changed() ? editor.finish() : graph;
}

}  // namespace

void Buffer::abandon() {
    kind = Kind::arena;
    bytes = 0;
    last = first - 1;
}

uint64_t PlannedValue::bytes() const {
    if (!fixed) return 0;
    if (layout == kernels::Layout::plain) return tensor::checkedByteSize(type, shape).value_or(0);
    return static_cast<uint64_t>(kernels::storedElements(shape, layout) * tensor::bitWidth(type) / 8);
}

base::Result<std::unique_ptr<Plan>> makePlan(const ir::GraphPtr& graph, std::span<const GivenInput> inputs,
                                             const std::map<std::string, int64_t, std::less<>>& bindings,
                                             const PlanOptions& options, const base::Progress& progress) {
    auto shaped = typed(withoutOrigins(graph), inputs, bindings);
    if (!shaped) return shaped.error();
    if (options.fuse && !options.plainOnly) {
        shaped = tidied(*shaped, progress);
        if (!shaped) return shaped.error();
    }
    Draft draft = lower(*shaped, ir::kMain, inputs);
    if (options.plainOnly) return assign(std::move(draft), options, progress);

    for (int round = 0; round < kRounds; ++round) {
        progress.report(0.1 * round, "Folding");
        auto folded = foldConstants(draft, true, progress);
        if (!folded) return folded.error();
        if (*folded == 0 || everythingFixed(draft)) break;
        const auto next = withFolded(*shaped, draft);
        if (next == *shaped) break;
        shaped = typed(next, inputs, bindings);
        if (!shaped) return shaped.error();
        draft = lower(*shaped, ir::kMain, inputs);
    }
    widenHalves(draft);
    if (options.fuse) {
        removeDeadNodes(draft);
        fuseQuantized(draft);
        removeDeadNodes(draft);  // the weights' DequantizeLinear
    }
    if (auto folded = foldConstants(draft, false, progress); !folded) return folded.error();
    if (options.fuse) {
        removeDeadNodes(draft);
        fuseAttention(draft);
        fuseActivations(draft);
        fuseChannelShuffle(draft);
        chooseLayouts(draft);
    }
    progress.report(0.5, "Choosing kernels");
    auto plan = assign(std::move(draft), options, progress);
    if (!plan) return plan.error();
    if (auto s = checkSizes(**plan); !s) return s.error();
    (*plan)->fused = options.fuse;
    (*plan)->graph = withoutWeights((*plan)->graph, graph->valueLimit());
    return plan;
}

uint32_t Plan::holderOf(uint32_t value) const {
    const auto& planned = values[value];
    const auto other = planned.computedAs;
    const bool otherHolds = other != kNone && values[other].buffer != kNone;
    if (planned.buffer == kNone) return otherHolds ? other : kNone;
    // A constant that only its readers' form was kept of.
    const bool gone = buffers[planned.buffer].kind == Buffer::Kind::constant && !planned.constant;
    return gone && otherHolds ? other : value;
}

base::Error noMemory() {
    return {
        "This computer has not enough free memory to run the model. Choose smaller dimensions or close other "
        "programs.",
        base::Error::Kind::failed};
}

std::string_view stepName(const Step& step) {
    switch (step.kind) {
        case Step::Kind::view:
            return "view";
        case Step::Kind::branch:
            return "branch";
        case Step::Kind::kernel:
            return step.kernel->name;
        case Step::Kind::plain:
            break;
    }
    return "plain";
}

}  // namespace lathe::runtime
