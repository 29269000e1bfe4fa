// LinearRegressor: y = x * coefficients^T + intercepts, then the transform.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_linear.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_ml_scores.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto rows = symbolicRows(context);
    if (!rows) return rows.error();
    const int64_t targets = context.attributes().integer("targets", 1);
    if (auto ok = checkLinear(context, targets, rows->width.constantOr(-1)); !ok) return ok;
    context.setOutput(0, tensor::DataType::float32, ir::SymbolicShape{rows->count, targets});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const int64_t targets = context.attributes().integer("targets", 1);
    auto scores = linearScores(context, targets);
    if (!scores) return scores.error();
    const auto transform = postTransform(context.attributes().text("post_transform", "NONE"));
    const auto width = static_cast<size_t>(targets);
    for (size_t first = 0; first < scores->values.size(); first += width)
        transformScores(transform, std::span(scores->values).subspan(first, width));
    return setReals(context, 0, tensor::DataType::float32, tensor::Shape{scores->rows, targets},
                    scores->values);
}

}  // namespace

Op aiOnnxMlLinearRegressorOp() {
    return {.name = "LinearRegressor",
            .domain = "ai.onnx.ml",
            .family = Family::convolution,
            .summary = "y = transform(x * coefficients^T + intercepts)",
            .inputs = {{"X", kMlNumbers}},
            .outputs = {{"Y", kFloat32}},
            .attributes = {realsAttribute("coefficients", "weights, one row an output"),
                           realsAttribute("intercepts", "added, one an output"), postTransformAttribute(),
                           integerAttribute("targets", 1, "number of outputs")},
            .infer = infer,
            .cost = linearCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
