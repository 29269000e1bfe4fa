// NonMaxSuppression: for each batch and class takes boxes by falling score and drops those whose overlap
// (intersection over union) with one taken before is above iou_threshold. Output rows: batch, class, box.
#include <algorithm>
#include <array>
#include <numeric>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    for (const size_t i : {0, 1})
        if (const auto* shape = context.shape(i); shape && shape->size() != 3)
            return context.error("{} has {} dimensions, expected 3", i == 0 ? "boxes" : "scores",
                                 shape->size());
    if (const auto* boxes = context.shape(0); boxes && (*boxes)[2].constantOr(4) != 4)
        return context.error("boxes have {} numbers each, expected 4", (*boxes)[2].toString());
    context.setOutput(0, tensor::DataType::int64, ir::SymbolicShape{context.freshDim("count"), 3});
    return {};
}

struct Box {
    double top, left, bottom, right;
    double area() const { return (bottom - top) * (right - left); }
};

Box readBox(const double* v, bool centre) {
    if (centre) return {v[1] - v[3] / 2, v[0] - v[2] / 2, v[1] + v[3] / 2, v[0] + v[2] / 2};
    return {std::min(v[0], v[2]), std::min(v[1], v[3]), std::max(v[0], v[2]), std::max(v[1], v[3])};
}

double overlap(const Box& a, const Box& b) {
    const double height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    const double width = std::min(a.right, b.right) - std::max(a.left, b.left);
    if (height <= 0 || width <= 0) return 0;
    const double both = height * width, all = a.area() + b.area() - both;
    return all > 0 ? both / all : 0;
}

double scalarOr(const EvalContext& context, size_t i, double otherwise) {
    return context.has(i) && !context.in(i).empty() ? context.in(i).realAt(0) : otherwise;
}

base::Status evaluate(EvalContext& context) {
    const auto &boxes = context.in(0), &scores = context.in(1);
    if (boxes.rank() != 3 || scores.rank() != 3 || boxes.shape()[2] != 4 ||
        boxes.shape()[0] != scores.shape()[0] || boxes.shape()[1] != scores.shape()[2])
        return context.error("boxes {} and scores {} do not fit, expected [N, B, 4] and [N, C, B]",
                             tensor::toString(boxes.shape()), tensor::toString(scores.shape()));
    const auto limit = static_cast<size_t>(std::max(0.0, scalarOr(context, 2, 0)));
    const double overlapLimit = scalarOr(context, 3, 0);
    const bool bounded = context.has(4) && !context.in(4).empty();
    const double lowestScore = scalarOr(context, 4, 0);
    const bool centre = context.attributes().integer("center_point_box", 0) != 0;
    const auto batch = boxes.shape()[0], count = boxes.shape()[1], classes = scores.shape()[1];
    const Reals numbers = reals(boxes), score = reals(scores);
    std::vector<int64_t> rows;
    for (int64_t n = 0; n < batch; ++n)
        for (int64_t c = 0; c < classes; ++c) {
            const double* s = score.data() + (n * classes + c) * count;
            std::vector<int64_t> order;
            for (int64_t i = 0; i < count; ++i)
                if (!bounded || s[i] > lowestScore) order.push_back(i);
            std::stable_sort(order.begin(), order.end(), [s](int64_t a, int64_t b) { return s[a] > s[b]; });
            std::vector<Box> taken;
            for (const auto i : order) {
                if (taken.size() >= limit) break;
                const Box box = readBox(numbers.data() + (n * count + i) * 4, centre);
                if (std::any_of(taken.begin(), taken.end(),
                                [&](const Box& other) { return overlap(box, other) > overlapLimit; }))
                    continue;
                taken.push_back(box);
                rows.insert(rows.end(), {n, c, i});
            }
        }
    const std::array<int64_t, 2> shape = {static_cast<int64_t>(rows.size() / 3), 3};
    context.set(0, tensor::Tensor::of<int64_t>(shape, rows));
    return {};
}

}  // namespace

Op nonMaxSuppressionOp() {
    constexpr TypeSet kFloat = typeBit(tensor::DataType::float32);
    constexpr auto kOptional = Presence::optional;
    return {.name = "NonMaxSuppression",
            .sinceVersion = 11,
            .family = Family::control,
            .summary = "Keeps the best of boxes that overlap",
            .inputs = {{"boxes", kFloat},
                       {"scores", kFloat},
                       {"max_output_boxes_per_class", kInt64, {}, kOptional},
                       {"iou_threshold", kFloat, {}, kOptional},
                       {"score_threshold", kFloat, {}, kOptional}},
            .outputs = {{"selected_indices", kInt64}},
            .attributes = {flagAttribute("center_point_box", 0,
                                         "1: boxes are x, y of the centre, width, height")},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
