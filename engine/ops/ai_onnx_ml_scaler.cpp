// Scaler: y = (x - offset) * scale, both one number or one for each feature (index along the last axis).
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

template <typename Context>
base::Status check(const Context& context, int64_t features) {
    const auto offsets = context.attributes().reals("offset").size();
    const auto scales = context.attributes().reals("scale").size();
    if (offsets != 0 && scales != 0 && offsets != scales)
        return context.error("offset has {} items, scale has {}; both must have the same", offsets, scales);
    if (features < 0) return {};
    if (offsets != 0)
        if (auto ok = checkPerFeature(context, "offset", offsets, features); !ok) return ok;
    return scales == 0 ? base::Status() : checkPerFeature(context, "scale", scales, features);
}

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (x && x->empty()) return context.error("X has no dimensions, expected at least 1");
    if (auto ok = check(context, x ? x->back().constantOr(-1) : -1); !ok) return ok;
    context.setOutput(0, tensor::DataType::float32, x ? std::optional(*x) : std::nullopt);
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 2 * context.outputElements();
    return cost;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    if (auto ok = check(context, x.shape().back()); !ok) return ok;
    auto offset = context.attributes().reals("offset"), scale = context.attributes().reals("scale");
    if (offset.empty()) offset = {0};
    if (scale.empty()) scale = {1};
    Reals y = reals(x);
    const auto width = static_cast<size_t>(x.shape().back());
    for (size_t i = 0; i < y.size(); ++i) {
        const auto b = offset[offset.size() == 1 ? 0 : i % width];
        const auto a = scale[scale.size() == 1 ? 0 : i % width];
        y[i] = (y[i] - static_cast<double>(b)) * static_cast<double>(a);
    }
    return setReals(context, 0, tensor::DataType::float32, x.shape(), y);
}

}  // namespace

Op aiOnnxMlScalerOp() {
    return {.name = "Scaler",
            .domain = "ai.onnx.ml",
            .family = Family::normalization,
            .summary = "y = (x - offset) * scale",
            .inputs = {{"X", kMlNumbers}},
            .outputs = {{"Y", kFloat32}},
            .attributes = {realsAttribute("offset", "subtracted first; one or one for each feature"),
                           realsAttribute("scale", "multiplied second; one or one for each feature")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
