// TreeEnsembleClassifier: the votes of trees added up by class; the label of the greatest sum, and the
// transformed sums. The older form of TreeEnsemble.
//
// Two classes whose votes all are for one of them make that sum s the score of the second: it wins above 0.5,
// or above 0 where some weight is negative. With votes for the first class by name (the usual form) the first
// has 1 - s or -s; with votes for the second it has 0.
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_labels.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_ml_tree_lists.h"
#include "engine/ops/support_ml_trees.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto rows = symbolicRows(context);
    if (!rows) return rows.error();
    const auto labels = readLabels(context.attributes(), "classlabels_int64s", "classlabels_strings");
    if (!labels) return context.error("{}", labels.error().message);
    context.setOutput(0, labels->type(), ir::SymbolicShape{rows->count});
    context.setOutput(1, tensor::DataType::float32,
                      ir::SymbolicShape{rows->count, static_cast<int64_t>(labels->size())});
    return {};
}

// What the sums of one row say.
struct Verdict {
    PostTransform transform;
    size_t voted = 0;  // the class of all votes, where there is only one
    bool single = false, negative = false;

    Verdict(const Trees& trees, PostTransform how) : transform(how) {
        bool any = false;
        for (const auto& leaf : trees.leaves)
            for (const auto& vote : leaf) {
                const auto target = static_cast<size_t>(vote.target);
                single = any ? single && target == voted : true;
                if (!any) voted = target;
                any = true;
                negative |= vote.weight < 0;
            }
    }

    // Leaves the shown scores behind and gives the winner.
    int64_t settle(std::span<double> scores) const {
        if (scores.size() == 1) {
            const bool wins = scores[0] > 0;
            transformScores(transform, scores);
            return wins ? 0 : -1;
        }
        if (scores.size() > 2 || !single) {
            const auto winner = topClass(scores);
            transformScores(transform, scores);
            return winner;
        }
        const double sum = scores[voted];
        if (voted == 0) {
            const auto both = bothScores(transform, sum, !negative);
            std::copy(both.begin(), both.end(), scores.begin());
        } else {
            transformScores(transform, scores);
        }
        return sum > (negative ? 0 : 0.5) ? 1 : 0;
    }
};

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    const auto labels = readLabels(attributes, "classlabels_int64s", "classlabels_strings");
    if (!labels) return context.error("{}", labels.error().message);
    const auto rows = rowsOf(context, context.in(0));
    if (!rows) return rows.error();
    const auto trees = readTreeLists(attributes, "class");
    const auto classes = labels->size();
    auto ok = trees ? checkTrees(*trees, static_cast<int64_t>(classes), rows->width) : trees.error();
    if (!ok) return context.error("{}", ok.error().message);
    const auto base = realsAttributeOf(attributes, "base_values");
    const Verdict verdict(*trees, postTransform(attributes.text("post_transform", "NONE")));
    const bool oneScore = verdict.single && classes == 2 && base.size() == 1;
    if (!base.empty() && base.size() != classes && !oneScore)
        return context.error("base_values has {} items, expected {}", base.size(), classes);
    const tensor::Shape shape = {rows->count, static_cast<int64_t>(classes)};
    if (ok = checkSize(context, shape); !ok) return ok;
    const Reals values = reals(context.in(0));
    Reals scores(static_cast<size_t>(rows->count) * classes);
    std::vector<int64_t> winners;
    const auto width = static_cast<size_t>(rows->width);
    for (size_t row = 0; row < static_cast<size_t>(rows->count); ++row) {
        if (ok = context.progress().check(); !ok) return ok;
        const auto to = std::span(scores).subspan(row * classes, classes);
        trees->score(std::span(values).subspan(row * width, width), Aggregate::sum, to);
        if (oneScore)
            to[verdict.voted] += base[0];
        else
            for (size_t i = 0; i < base.size(); ++i) to[i] += base[i];
        winners.push_back(verdict.settle(to));
    }
    auto winning = labels->pick(context, winners);
    if (!winning) return winning.error();
    context.set(0, std::move(*winning));
    return setReals(context, 1, tensor::DataType::float32, shape, scores);
}

}  // namespace

Op aiOnnxMlTreeEnsembleClassifierOp() {
    auto attributes = treeListAttributes();
    attributes.push_back(integersAttribute("class_ids", "class of a vote"));
    attributes.push_back(integersAttribute("class_nodeids", "leaf of a vote"));
    attributes.push_back(integersAttribute("class_treeids", "tree of a vote"));
    attributes.push_back(realsAttribute("class_weights", "weight of a vote"));
    attributes.push_back(integersAttribute("classlabels_int64s", "labels that are integers"));
    attributes.push_back(textsAttribute("classlabels_strings", "labels that are texts"));
    return {.name = "TreeEnsembleClassifier",
            .domain = "ai.onnx.ml",
            .sinceVersion = 3,
            .family = Family::control,
            .summary = "The label with most votes of decision trees, and the votes by class",
            .inputs = {{"X", kMlNumbers}},
            .outputs = {{"Y", kLabels}, {"Z", kFloat32}},
            .attributes = std::move(attributes),
            .otherAttributes = {"base_values_as_tensor", "class_weights_as_tensor",
                                "nodes_hitrates_as_tensor", "nodes_values_as_tensor"},
            .infer = infer,
            .cost = treeListsCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
