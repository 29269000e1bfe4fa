// SVMRegressor: y = sum of coefficient * kernel(x, support vector) + rho, transformed; without support
// vectors x . coefficients + rho. For one class 1 where that is above 0, else -1.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_ml_scores.h"
#include "engine/ops/support_ml_svm.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

// The lists against each other, and against the width of the input where it is known (not below 0).
template <typename Context>
base::Status check(const Context& context, int64_t width) {
    const auto& attributes = context.attributes();
    const int64_t supports = attributes.integer("n_supports", 0);
    const auto coefficients = static_cast<int64_t>(attributes.reals("coefficients").size());
    const auto vectors = static_cast<int64_t>(attributes.reals("support_vectors").size());
    if (attributes.reals("rho").empty()) return context.error("rho has no items, expected 1");
    if (supports == 0 && width >= 0 && coefficients != width)
        return context.error("coefficients have {} items, expected {}", coefficients, width);
    if (supports == 0) return {};
    if (coefficients != supports)
        return context.error("coefficients have {} items, expected {}", coefficients, supports);
    if (vectors % supports != 0 || (width >= 0 && vectors / supports != width))
        return context.error("support_vectors have {} items, expected {} for each of {}", vectors,
                             width >= 0 ? std::to_string(width) : "the same number", supports);
    return {};
}

base::Status infer(InferContext& context) {
    const auto rows = symbolicRows(context);
    if (!rows) return rows.error();
    if (auto ok = check(context, rows->width.constantOr(-1)); !ok) return ok;
    context.setOutput(0, tensor::DataType::float32, ir::SymbolicShape{rows->count, 1});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    const auto rows = rowsOf(context, context.in(0));
    if (!rows) return rows.error();
    if (auto ok = check(context, rows->width); !ok) return ok;
    const auto coefficients = realsAttributeOf(attributes, "coefficients");
    const auto vectors = realsAttributeOf(attributes, "support_vectors");
    const auto supports = static_cast<size_t>(attributes.integer("n_supports", 0));
    const auto kernel = kernelFunction(attributes);
    const bool oneClass = attributes.integer("one_class", 0) != 0;
    const auto transform = postTransform(attributes.text("post_transform", "NONE"));
    const auto rho = static_cast<double>(attributes.reals("rho").front());
    const Reals x = reals(context.in(0));
    const auto width = static_cast<size_t>(rows->width);
    Reals y;
    for (size_t r = 0; r < static_cast<size_t>(rows->count); ++r) {
        const auto row = std::span(x).subspan(r * width, width);
        double sum = rho;
        if (supports == 0) sum += KernelFunction{}(row, coefficients);
        for (size_t j = 0; j < supports; ++j)
            sum += coefficients[j] * kernel(row, std::span(vectors).subspan(j * width, width));
        if (oneClass)
            sum = sum > 0 ? 1 : -1;
        else
            transformScores(transform, std::span(&sum, 1));
        y.push_back(sum);
    }
    return setReals(context, 0, tensor::DataType::float32, tensor::Shape{rows->count, 1}, y);
}

}  // namespace

Op aiOnnxMlSvmRegressorOp() {
    auto attributes = kernelAttributes();
    auto supports = integerAttribute("n_supports", 0, "number of support vectors");
    supports.minimum = 0;
    attributes.push_back(std::move(supports));
    attributes.push_back(flagAttribute("one_class", 0, "1: tell rows that belong from others"));
    attributes.push_back(postTransformAttribute());
    return {.name = "SVMRegressor",
            .domain = "ai.onnx.ml",
            .family = Family::convolution,
            .summary = "y = transform(sum of coefficient * kernel(x, support vector) + rho)",
            .inputs = {{"X", kMlNumbers}},
            .outputs = {{"Y", kFloat32}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = svmCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
