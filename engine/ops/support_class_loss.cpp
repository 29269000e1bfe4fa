#include "engine/ops/support_class_loss.h"

#include <optional>

#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"

namespace lathe::ops {

std::vector<base::ParamSpec> classLossAttributes() {
    return {integerAttribute("ignore_index", 0, "target that adds nothing; none when not given"),
            choiceAttribute("reduction", {"none", "sum", "mean"}, "mean", "how the losses are put together")};
}

base::Status inferClassLoss(InferContext& context) {
    const auto *scores = context.shape(0), *targets = context.shape(1);
    if (scores && scores->size() < 2)
        return context.error("scores have {} dimensions, expected at least 2", scores->size());
    if (scores && targets && targets->size() + 1 != scores->size())
        return context.error("targets have {} dimensions, expected {}", targets->size(), scores->size() - 1);
    if (const auto* weights = context.shape(2); weights && scores) {
        const auto& classes = (*scores)[1];
        if (weights->size() != 1 ||
            ((*weights)[0].isKnown() && classes.isKnown() && !same((*weights)[0], classes)))
            return context.error("weights have shape {}, expected [{}]", ir::toString(*weights),
                                 classes.toString());
    }
    std::optional<ir::SymbolicShape> shape = ir::SymbolicShape{};
    if (context.attributes().text("reduction", "mean") == "none") {
        shape.reset();
        if (targets) shape = *targets;
    }
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

base::Status evaluateClassLoss(EvalContext& context, std::span<const double> logProbabilities) {
    const auto &scores = context.in(0), &targets = context.in(1);
    const auto split = scores.rank() >= 2 ? splitAt(scores.shape(), 1) : AxisSplit{};
    if (scores.rank() < 2 || targets.elementCount() != split.outer * split.inner)
        return context.error("scores {} and targets {} do not fit", tensor::toString(scores.shape()),
                             tensor::toString(targets.shape()));
    const Reals weights = realsOr(context, 2, split.length, 1);
    if (static_cast<int64_t>(weights.size()) != split.length)
        return context.error("weights have {} items, expected {}", weights.size(), split.length);
    const auto* ignored = context.attributes().find("ignore_index");
    const int64_t ignore = context.attributes().integer("ignore_index", 0);
    Reals losses(static_cast<size_t>(targets.elementCount()), 0);
    double total = 0, weightSum = 0;
    for (size_t i = 0; i < losses.size(); ++i) {
        const int64_t target = targets.integerAt(static_cast<int64_t>(i));
        if (ignored && target == ignore) continue;
        if (target < 0 || target >= split.length)
            return context.error("target {} is outside {} classes", target, split.length);
        const auto n = static_cast<int64_t>(i) / split.inner, inner = static_cast<int64_t>(i) % split.inner;
        const double weight = weights[static_cast<size_t>(target)];
        losses[i] = -weight *
                    logProbabilities[static_cast<size_t>((n * split.length + target) * split.inner + inner)];
        total += losses[i];
        weightSum += weight;
    }
    const auto reduction = context.attributes().text("reduction", "mean");
    if (reduction == "none") return setReals(context, 0, scores.type(), targets.shape(), losses);
    const Reals one = {reduction == "sum" ? total : total / weightSum};
    return setReals(context, 0, scores.type(), {}, one);
}

}  // namespace lathe::ops
