// MaxRoiPool (Girshick, Fast R-CNN): each region, rounded to elements, is cut into pooled_shape bins; y =
// largest element of each bin, 0 when the bin is empty.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *x = context.shape(0), *rois = context.shape(1);
    const auto pooled = context.attributes().integers("pooled_shape");
    if (pooled.size() != 2) return context.error("pooled_shape has {} items, expected 2", pooled.size());
    if (x && x->size() != 4) return context.error("input has {} dimensions, expected 4", x->size());
    if (rois && (rois->size() != 2 || (*rois)[1].constantOr(5) != 5))
        return context.error("rois have shape {}, expected [num_rois, 5]", ir::toString(*rois));
    context.setOutput(0, context.element(0),
                      ir::SymbolicShape{rois ? (*rois)[0] : ir::Dim::unknown(),
                                        x ? (*x)[1] : ir::Dim::unknown(), pooled[0], pooled[1]});
    return {};
}

// The elements [first, last) of one axis that bin i covers.
struct Range {
    int64_t first, last;
};
Range binRange(double start, double size, int64_t bins, int64_t i, int64_t limit) {
    const double bin = size / static_cast<double>(bins);
    const auto bound = [&](double value) {
        return static_cast<int64_t>(std::clamp(value + start, 0.0, static_cast<double>(limit)));
    };
    return {bound(std::floor(static_cast<double>(i) * bin)),
            bound(std::ceil(static_cast<double>(i + 1) * bin))};
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &rois = context.in(1);
    const auto pooled = context.attributes().integers("pooled_shape");
    if (x.rank() != 4 || rois.rank() != 2 || rois.shape()[1] != 5 || pooled.size() != 2 || pooled[0] < 1 ||
        pooled[1] < 1)
        return context.error("input {} and rois {} do not fit", tensor::toString(x.shape()),
                             tensor::toString(rois.shape()));
    const double scale = static_cast<double>(context.attributes().real("spatial_scale", 1));
    const int64_t channels = x.shape()[1], height = x.shape()[2], width = x.shape()[3];
    const tensor::Shape shape = {rois.shape()[0], channels, pooled[0], pooled[1]};
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const Reals in = reals(x), boxes = reals(rois);
    Reals y(static_cast<size_t>(tensor::elementCount(shape)), 0);
    size_t at = 0;
    for (int64_t r = 0; r < rois.shape()[0]; ++r) {
        const double* box = boxes.data() + r * 5;
        for (int i = 0; i < 5; ++i)
            if (!(std::abs(box[i]) < 1e9)) return context.error("region {} is not a sane box", r);
        const auto n = static_cast<int64_t>(box[0]);
        if (!(box[0] >= 0) || n >= x.shape()[0])
            return context.error("batch index {} is outside {}", box[0], x.shape()[0]);
        const double left = std::round(box[1] * scale), top = std::round(box[2] * scale);
        const double across = std::max(std::round(box[3] * scale) - left + 1, 1.0);
        const double down = std::max(std::round(box[4] * scale) - top + 1, 1.0);
        for (int64_t c = 0; c < channels; ++c)
            for (int64_t i = 0; i < pooled[0]; ++i)
                for (int64_t j = 0; j < pooled[1]; ++j) {
                    const auto rows = binRange(top, down, pooled[0], i, height);
                    const auto columns = binRange(left, across, pooled[1], j, width);
                    double largest = -std::numeric_limits<double>::infinity();
                    for (int64_t h = rows.first; h < rows.last; ++h)
                        for (int64_t w = columns.first; w < columns.last; ++w)
                            largest = std::max(
                                largest,
                                in[static_cast<size_t>(((n * channels + c) * height + h) * width + w)]);
                    const bool empty = rows.first >= rows.last || columns.first >= columns.last;
                    y[at++] = empty ? 0 : largest;
                }
    }
    return setReals(context, 0, x.type(), shape, y);
}

}  // namespace

Op maxRoiPoolOp() {
    return {.name = "MaxRoiPool",
            .sinceVersion = 22,
            .family = Family::pooling,
            .summary = "Largest element of each bin of regions of interest",
            .inputs = {{"X", kFloats, "T"}, {"rois", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {integersAttribute("pooled_shape", "bins down and across", true),
                           realAttribute("spatial_scale", 1, "factor from box coordinates to elements")},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
