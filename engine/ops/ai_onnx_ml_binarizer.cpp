// Binarizer: y = x > threshold ? 1 : 0. NaN gives 0.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto threshold = static_cast<double>(context.attributes().real("threshold", 0));
    Reals y = reals(x);
    for (auto& value : y) value = value > threshold ? 1 : 0;
    return setReals(context, 0, x.type(), x.shape(), y);
}

}  // namespace

Op aiOnnxMlBinarizerOp() {
    return {.name = "Binarizer",
            .domain = "ai.onnx.ml",
            .family = Family::elementwise,
            .summary = "y = 1 where x > threshold, else 0",
            .inputs = {{"X", kMlNumbers, "T"}},
            .outputs = {{"Y", kMlNumbers, "T"}},
            .attributes = {realAttribute("threshold", 0, "values above it become 1")},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
