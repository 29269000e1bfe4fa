// Hardmax: y = 1 at the first greatest element along one axis, else 0.
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_lanes.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return changeLanes(context, [](std::span<double> lane) {
        const auto first = std::max_element(lane.begin(), lane.end());
        const auto at = first - lane.begin();
        for (size_t i = 0; i < lane.size(); ++i) lane[i] = static_cast<std::ptrdiff_t>(i) == at ? 1 : 0;
    });
}

}  // namespace

Op hardmaxOp() {
    return {.name = "Hardmax",
            .sinceVersion = 13,
            .family = Family::activation,
            .summary = "y = 1 at the first maximum along an axis, else 0",
            .inputs = {{"input", kFloats, "T"}},
            .outputs = {{"output", kFloats, "T"}},
            .attributes = {integerAttribute("axis", -1, "axis of the lanes")},
            .infer = inferLanes,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
