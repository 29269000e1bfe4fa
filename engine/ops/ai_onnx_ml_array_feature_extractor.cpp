// ArrayFeatureExtractor: picks elements along the last axis, z[..., j] = x[..., y[j]]. A vector counts as one
// row.
#include "engine/ops/op.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_move.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *x = context.shape(0), *y = context.shape(1);
    if (x && x->empty()) return context.error("X has no dimensions, expected at least 1");
    std::optional<ir::SymbolicShape> shape;
    if (x) {
        shape = *x;
        if (shape->size() == 1) shape->insert(shape->begin(), ir::Dim(1));
        shape->back() = y ? ir::product(*y) : ir::Dim::unknown();
    }
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &y = context.in(1);
    const int64_t width = x.shape().back(), picks = y.elementCount();
    const auto indices = y.values<int64_t>();
    for (const int64_t index : indices)
        if (index < 0 || index >= width) return context.error("index {} is outside [0, {})", index, width);
    tensor::Shape shape = x.shape();
    if (shape.size() == 1) shape = {1, picks};
    shape.back() = picks;
    auto z = context.allocate(x.type(), shape);
    if (!z) return z.error();
    Mover mover(x, *z);
    const int64_t rows = picks == 0 ? 0 : z->elementCount() / picks;
    for (int64_t row = 0; row < rows; ++row)
        for (int64_t j = 0; j < picks; ++j)
            mover.copy(row * picks + j, row * width + indices[static_cast<size_t>(j)]);
    context.set(0, std::move(*z));
    return {};
}

}  // namespace

Op aiOnnxMlArrayFeatureExtractorOp() {
    constexpr TypeSet kTypes = kMlNumbers | typeBit(tensor::DataType::string);
    return {.name = "ArrayFeatureExtractor",
            .domain = "ai.onnx.ml",
            .family = Family::shape,
            .summary = "Picks elements along the last axis: z[..., j] = x[..., y[j]]",
            .inputs = {{"X", kTypes, "T"}, {"Y", kInt64}},
            .outputs = {{"Z", kTypes, "T"}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
