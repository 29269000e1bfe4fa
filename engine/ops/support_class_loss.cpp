#include "engine/ops/support_class_loss.h"

#include <optional>

#include "engine/ops/gradient_context.h"
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

base::Result<ir::ValueId> classLossGradient(GradientContext& context, ir::ValueId dy) {
    auto& scope = context.scope();
    const auto scores = context.input(0);
    if (context.wants(2)) return context.error("the gradient of the weights is not known here");
    // The weight of each target; those to ignore count 0, and the class 0 in their place.
    auto targets = context.input(1);
    ir::ValueId counted, weights;
    if (context.attributes().has("ignore_index")) {
        const auto ignored =
            scope.constant(tensor::Tensor::scalar(context.attributes().integer("ignore_index", 0)));
        const auto zero = scope.castLike(scope.constant(tensor::Tensor::scalar<int64_t>(0)), targets);
        counted = context.emit("Not", {context.emit("Equal", {targets, scope.castLike(ignored, targets)})});
        targets = context.where(counted, targets, zero);
    }
    if (context.has(2)) weights = context.emit("Gather", {context.input(2), targets});
    if (counted) weights = context.where(counted, weights ? weights : context.scalar(1), context.scalar(0));
    const auto reduction = context.attributes().text("reduction", "mean");
    auto share = context.neg(dy);
    if (reduction == "mean") {
        const auto total = weights ? context.emit("ReduceSum", {weights}, {{"keepdims", int64_t{0}}})
                                   : scope.castLike(context.emit("Size", {targets}), scores);
        share = context.div(share, total);
    }
    if (weights) share = context.mul(share, weights);
    if (weights || reduction == "none") share = context.emit("Unsqueeze", {share, context.integers({1})});
    const auto levels = scope.castLike(scope.constant(tensor::Tensor::of<double>({2}, {0, 1})), scores);
    const auto picked =
        context.emit("OneHot", {targets, scope.dimensionOf(scores, 1), levels}, {{"axis", int64_t{1}}});
    return context.mul(picked, share);
}

}  // namespace lathe::ops
