// Normalizer: every row by its greatest element (MAX), the sum of its magnitudes (L1) or its length (L2). A
// row whose divisor is 0 stays.
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (auto rows = symbolicRows(context); !rows) return rows.error();
    const auto* x = context.shape(0);
    context.setOutput(0, tensor::DataType::float32, x ? std::optional(*x) : std::nullopt);
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 3 * context.outputElements();
    return cost;
}

double divisor(std::string_view norm, std::span<const double> row) {
    if (norm == "MAX") return *std::max_element(row.begin(), row.end());
    double sum = 0;
    for (const double value : row) sum += norm == "L1" ? std::fabs(value) : value * value;
    return norm == "L1" ? sum : std::sqrt(sum);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto rows = rowsOf(context, x);
    if (!rows) return rows.error();
    const auto norm = context.attributes().text("norm", "MAX");
    Reals y = reals(x);
    const auto width = static_cast<size_t>(rows->width);
    for (size_t first = 0; first < y.size(); first += width) {
        const auto row = std::span(y).subspan(first, width);
        const double by = divisor(norm, row);
        if (by != 0)
            for (auto& value : row) value /= by;
    }
    return setReals(context, 0, tensor::DataType::float32, x.shape(), y);
}

}  // namespace

Op aiOnnxMlNormalizerOp() {
    return {.name = "Normalizer",
            .domain = "ai.onnx.ml",
            .family = Family::normalization,
            .summary = "Divides every row by its greatest element, sum of magnitudes or length",
            .inputs = {{"X", kMlNumbers}},
            .outputs = {{"Y", kFloat32}},
            .attributes = {choiceAttribute("norm", {"MAX", "L1", "L2"}, "MAX", "what rows are divided by")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
