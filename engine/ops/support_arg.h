// What ArgMax and ArgMin share: the index of the best element of each lane.
#pragma once

#include "engine/ops/op.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_walk.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {

// Output 0 is int64 with the axis reduced.
base::Status inferPick(InferContext& context);

// better(candidate, best) says whether a later element takes the place of an earlier one.
template <typename Better>
base::Status pickAlongAxis(EvalContext& context, Better better) {
    const auto& x = context.in(0);
    const auto axis = axisOf(context, context.attributes().integer("axis", 0), x.rank());
    if (!axis) return axis.error();
    const bool keep = context.attributes().integer("keepdims", 1) != 0;
    const bool last = context.attributes().integer("select_last_index", 0) != 0;
    tensor::Shape shape = x.shape();
    if (keep)
        shape[*axis] = 1;
    else
        shape.erase(shape.begin() + *axis);
    auto y = context.allocate(tensor::DataType::int64, shape);
    if (!y) return y.error();
    const Cut cut(x.shape(), *axis);
    if (cut.length == 0 && !y->empty()) return context.error("axis {} has no elements", *axis);
    visitWide(x.type(), [&](auto tag) {
        using W = typename decltype(tag)::type;
        const auto values = widened<W>(x);
        const auto out = y->template mutableValues<int64_t>();
        for (size_t lane = 0; lane < out.size(); ++lane) {
            const auto block = static_cast<int64_t>(lane);
            const int64_t start = block / cut.inner * cut.length * cut.inner + block % cut.inner;
            const auto at = [&](int64_t i) { return values[static_cast<size_t>(start + i * cut.inner)]; };
            int64_t best = 0;
            for (int64_t i = 1; i < cut.length; ++i)
                if (better(at(i), at(best)) || (last && at(i) == at(best))) best = i;
            out[lane] = best;
        }
    });
    context.set(0, std::move(*y));
    return {};
}

}  // namespace lathe::ops
