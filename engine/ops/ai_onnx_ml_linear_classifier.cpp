// LinearClassifier: scores = x * coefficients^T + intercepts; the label of the greatest score, and the
// transformed scores. With one row of coefficients for two classes the score is that of the second, which
// wins when it is above 0; the first has 1 - score.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_labels.h"
#include "engine/ops/support_ml_linear.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_ml_scores.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

// Rows of coefficients. Without intercepts the width of the input must tell them apart.
int64_t targetsOf(const ir::Attributes& attributes, size_t classes, int64_t width) {
    const auto coefficients = static_cast<int64_t>(attributes.reals("coefficients").size());
    const auto intercepts = static_cast<int64_t>(attributes.reals("intercepts").size());
    const bool one = classes <= 2 && (intercepts != 0 ? intercepts == 1 : coefficients == width);
    return one ? 1 : static_cast<int64_t>(classes);
}

base::Status infer(InferContext& context) {
    const auto rows = symbolicRows(context);
    if (!rows) return rows.error();
    const auto labels = readLabels(context.attributes(), "classlabels_ints", "classlabels_strings");
    if (!labels) return context.error("{}", labels.error().message);
    const auto width = rows->width.constant();
    if (width || !context.attributes().reals("intercepts").empty()) {
        const auto targets = targetsOf(context.attributes(), labels->size(), width.value_or(-1));
        if (auto ok = checkLinear(context, targets, width.value_or(-1)); !ok) return ok;
    }
    context.setOutput(0, labels->type(), ir::SymbolicShape{rows->count});
    context.setOutput(1, tensor::DataType::float32,
                      ir::SymbolicShape{rows->count, static_cast<int64_t>(labels->size())});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    const auto labels = readLabels(attributes, "classlabels_ints", "classlabels_strings");
    if (!labels) return context.error("{}", labels.error().message);
    const auto classes = labels->size();
    const auto scores = linearScores(context, targetsOf(attributes, classes, context.in(0).shape().back()));
    if (!scores) return scores.error();
    const auto transform = postTransform(attributes.text("post_transform", "NONE"));
    std::vector<int64_t> winners;
    Reals shown;
    const auto width = static_cast<size_t>(scores->targets);
    for (size_t first = 0; first < scores->values.size(); first += width) {
        const auto row = std::span(scores->values).subspan(first, width);
        if (width == 1 && classes == 2) {
            winners.push_back(row[0] > 0 ? 1 : 0);
            const auto both = bothScores(transform, row[0], true);
            shown.insert(shown.end(), both.begin(), both.end());
            continue;
        }
        winners.push_back(width > 1 ? topClass(row) : row[0] > 0 ? 0 : -1);
        shown.insert(shown.end(), row.begin(), row.end());
        transformScores(transform, std::span(shown).last(width));
    }
    auto winning = labels->pick(context, winners);
    if (!winning) return winning.error();
    context.set(0, std::move(*winning));
    return setReals(context, 1, tensor::DataType::float32,
                    tensor::Shape{scores->rows, static_cast<int64_t>(classes)}, shown);
}

}  // namespace

Op aiOnnxMlLinearClassifierOp() {
    return {.name = "LinearClassifier",
            .domain = "ai.onnx.ml",
            .family = Family::convolution,
            .summary = "The label of the greatest of x * coefficients^T + intercepts, and the scores",
            .inputs = {{"X", kMlNumbers}},
            .outputs = {{"Y", kLabels}, {"Z", kFloat32}},
            .attributes = {integersAttribute("classlabels_ints", "labels that are integers"),
                           textsAttribute("classlabels_strings", "labels that are texts"),
                           realsAttribute("coefficients", "weights, one row a class", true),
                           realsAttribute("intercepts", "added, one a class"),
                           integerAttribute("multi_class", 0, "1: trained on all classes at once"),
                           postTransformAttribute()},
            .infer = infer,
            .cost = linearCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
