#include "engine/ops/support_ml_linear.h"

#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

template <typename Context>
base::Status check(const Context& context, int64_t targets, int64_t width) {
    const auto coefficients = static_cast<int64_t>(context.attributes().reals("coefficients").size());
    const auto intercepts = static_cast<int64_t>(context.attributes().reals("intercepts").size());
    if (targets < 1 || targets > coefficients || coefficients % targets != 0 ||
        (width >= 0 && coefficients / targets != width))
        return context.error("coefficients have {} items, expected {} for each of {} outputs", coefficients,
                             width >= 0 ? std::to_string(width) : "the same number", targets);
    if (intercepts != 0 && intercepts != targets)
        return context.error("intercepts have {} items, expected {}", intercepts, targets);
    return {};
}

}  // namespace

base::Status checkLinear(const InferContext& context, int64_t targets, int64_t width) {
    return check(context, targets, width);
}

base::Result<LinearScores> linearScores(const EvalContext& context, int64_t targets) {
    const auto& x = context.in(0);
    const auto rows = rowsOf(context, x);
    if (!rows) return rows.error();
    if (auto ok = check(context, targets, rows->width); !ok) return ok.error();
    if (auto ok = checkSize(context, tensor::Shape{rows->count, targets}); !ok) return ok.error();
    const auto coefficients = context.attributes().reals("coefficients");
    const auto intercepts = context.attributes().reals("intercepts");
    const Reals values = reals(x);
    LinearScores scores{rows->count, targets, {}};
    const auto width = static_cast<size_t>(rows->width);
    for (size_t row = 0; row < static_cast<size_t>(rows->count); ++row)
        for (size_t target = 0; target < static_cast<size_t>(targets); ++target) {
            double sum = intercepts.empty() ? 0 : static_cast<double>(intercepts[target]);
            for (size_t i = 0; i < width; ++i)
                sum += values[row * width + i] * static_cast<double>(coefficients[target * width + i]);
            scores.values.push_back(sum);
        }
    return scores;
}

Cost linearCost(const CostContext& context) {
    const auto coefficients =
        context.attributes ? context.attributes->reals("coefficients").size() : size_t{0};
    const auto rows = context.has(0) && context.inputs[0].shape.size() == 2 ? context.inputs[0].shape[0] : 1;
    return macCost(context, static_cast<double>(rows) * static_cast<double>(coefficients));
}

}  // namespace lathe::ops
