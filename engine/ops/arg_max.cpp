// ArgMax: y = the index of the greatest element along one axis: the first of equals, or the last.
#include "engine/ops/op.h"
#include "engine/ops/support_arg.h"
#include "engine/ops/support_attributes.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return pickAlongAxis(context, [](auto candidate, auto best) { return candidate > best; });
}

}  // namespace

Op argMaxOp() {
    return {
        .name = "ArgMax",
        .sinceVersion = 13,
        .family = Family::pooling,
        .summary = "y = the index of the greatest x along an axis",
        .inputs = {{"data", kNumbers}},
        .outputs = {{"reduced", kInt64}},
        .attributes = {integerAttribute("axis", 0, "axis to look along"),
                       flagAttribute("keepdims", 1, "keep the axis with size 1"),
                       flagAttribute("select_last_index", 0, "of equal elements: 0 the first, 1 the last")},
        .infer = inferPick,
        .cost = reductionCost,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
