#include "engine/ops/support_lanes.h"

#include <limits>

#include "engine/ops/support_axes.h"
#include "engine/ops/support_walk.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {

base::Status inferLanes(InferContext& context) {
    if (const auto* shape = context.shape(0)) {
        const auto axis =
            axisOf(context, context.attributes().integer("axis", -1), static_cast<int64_t>(shape->size()));
        if (!axis) return axis.error();
    }
    context.setOutput(0, context.type(0));
    return {};
}

base::Status changeLanes(EvalContext& context, base::FunctionRef<void(std::span<double>)> change) {
    const auto& x = context.in(0);
    const auto axis = axisOf(context, context.attributes().integer("axis", -1), x.rank());
    if (!axis) return axis.error();
    auto y = context.allocate(x.type(), x.shape());
    if (!y) return y.error();
    auto values = widened<double>(x);
    const Cut cut(x.shape(), *axis);
    std::vector<double> lane(x.empty() ? 0 : static_cast<size_t>(cut.length));
    for (int64_t block = 0; !x.empty() && block < cut.outer * cut.inner; ++block) {
        const int64_t start = block / cut.inner * cut.length * cut.inner + block % cut.inner;
        const auto at = [&](size_t i) -> double& {
            return values[static_cast<size_t>(start + static_cast<int64_t>(i) * cut.inner)];
        };
        for (size_t i = 0; i < lane.size(); ++i) lane[i] = at(i);
        change(lane);
        for (size_t i = 0; i < lane.size(); ++i) at(i) = lane[i];
    }
    narrow<double>(values, *y);
    context.set(0, std::move(*y));
    return {};
}

double greatestOf(std::span<const double> lane) {
    double highest = -std::numeric_limits<double>::infinity();
    for (const double x : lane) highest = greater(highest, x);
    return highest;
}

}  // namespace lathe::ops
