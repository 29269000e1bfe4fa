// RoiAlign (He et al., Mask R-CNN): each region of interest is cut into output_height x output_width bins; a
// bin is the mean or the largest of bilinear samples on a regular grid in it.
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *x = context.shape(0), *rois = context.shape(1);
    if (x && x->size() != 4) return context.error("input has {} dimensions, expected 4", x->size());
    if (rois && (rois->size() != 2 || (*rois)[1].constantOr(4) != 4))
        return context.error("rois have shape {}, expected [num_rois, 4]", ir::toString(*rois));
    const auto& attributes = context.attributes();
    context.setOutput(
        0, context.element(0),
        ir::SymbolicShape{rois ? (*rois)[0] : ir::Dim::unknown(), x ? (*x)[1] : ir::Dim::unknown(),
                          attributes.integer("output_height", 1), attributes.integer("output_width", 1)});
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    const auto samples = std::max<int64_t>(1, context.attributes->integer("sampling_ratio", 0));
    cost.operations = 8 * context.outputElements() * static_cast<double>(samples * samples);
    return cost;
}

struct Plane {
    const double* data;
    int64_t height, width;
};

// The four weighted neighbours of a position; more than one element outside gives nothing.
struct Sample {
    int64_t places[4] = {0, 0, 0, 0};
    double weights[4] = {0, 0, 0, 0};
};

Sample sampleAt(double y, double x, int64_t height, int64_t width) {
    Sample sample;
    if (y < -1 || y > static_cast<double>(height) || x < -1 || x > static_cast<double>(width)) return sample;
    const auto split = [](double& position, int64_t size, int64_t& low, int64_t& high) {
        position = std::max(position, 0.0);
        low = static_cast<int64_t>(position);
        if (low >= size - 1) {
            low = high = size - 1;
            position = static_cast<double>(low);
        } else {
            high = low + 1;
        }
    };
    int64_t top, bottom, left, right;
    split(y, height, top, bottom);
    split(x, width, left, right);
    const double down = y - static_cast<double>(top), across = x - static_cast<double>(left);
    return {{top * width + left, top * width + right, bottom * width + left, bottom * width + right},
            {(1 - down) * (1 - across), (1 - down) * across, down * (1 - across), down * across}};
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &rois = context.in(1), &batches = context.in(2);
    const auto& attributes = context.attributes();
    if (x.rank() != 4 || rois.rank() != 2 || rois.shape()[1] != 4 ||
        batches.elementCount() != rois.shape()[0])
        return context.error("input {}, rois {} and {} batch indices do not fit", tensor::toString(x.shape()),
                             tensor::toString(rois.shape()), batches.elementCount());
    const int64_t height = attributes.integer("output_height", 1),
                  width = attributes.integer("output_width", 1),
                  ratio = attributes.integer("sampling_ratio", 0);
    const double scale = static_cast<double>(attributes.real("spatial_scale", 1));
    const bool halfPixel = attributes.text("coordinate_transformation_mode", "half_pixel") == "half_pixel";
    const bool largest = attributes.text("mode", "avg") == "max";
    const int64_t channels = x.shape()[1], plane = x.shape()[2] * x.shape()[3];
    const tensor::Shape shape = {rois.shape()[0], channels, height, width};
    if (ratio > 1024) return context.error("sampling_ratio is {}, expected at most 1024", ratio);
    if (height < 1 || width < 1) return context.error("the output size {} x {} is empty", height, width);
    if (auto ok = checkSize(context, shape); !ok) return ok;
    if (plane == 0) return context.error("the input {} is empty", tensor::toString(x.shape()));
    const Reals in = reals(x), boxes = reals(rois);
    Reals y(static_cast<size_t>(tensor::elementCount(shape)), 0);
    for (int64_t r = 0; r < rois.shape()[0]; ++r) {
        const int64_t n = batches.integerAt(r);
        if (n < 0 || n >= x.shape()[0]) return context.error("batch index {} is outside {}", n, x.shape()[0]);
        const double* box = boxes.data() + r * 4;
        const double shift = halfPixel ? 0.5 : 0, left = box[0] * scale - shift, top = box[1] * scale - shift;
        double across = box[2] * scale - shift - left, down = box[3] * scale - shift - top;
        if (!halfPixel) {
            across = std::max(across, 1.0);
            down = std::max(down, 1.0);
        }
        const double binHeight = down / static_cast<double>(height),
                     binWidth = across / static_cast<double>(width);
        if (!(std::abs(binHeight) < 1e4) || !(std::abs(binWidth) < 1e4))
            return context.error("region {} is not a sane box", r);
        const int64_t rows = ratio > 0 ? ratio : static_cast<int64_t>(std::ceil(binHeight)),
                      columns = ratio > 0 ? ratio : static_cast<int64_t>(std::ceil(binWidth));
        const double count = static_cast<double>(std::max<int64_t>(rows * columns, 1));
        for (int64_t i = 0; i < height; ++i)
            for (int64_t j = 0; j < width; ++j) {
                std::vector<Sample> samples;
                for (int64_t a = 0; a < rows; ++a)
                    for (int64_t b = 0; b < columns; ++b)
                        samples.push_back(
                            sampleAt(top + (static_cast<double>(i) +
                                            (static_cast<double>(a) + 0.5) / static_cast<double>(rows)) *
                                               binHeight,
                                     left + (static_cast<double>(j) +
                                             (static_cast<double>(b) + 0.5) / static_cast<double>(columns)) *
                                                binWidth,
                                     x.shape()[2], x.shape()[3]));
                for (int64_t c = 0; c < channels; ++c) {
                    const double* from = in.data() + (n * channels + c) * plane;
                    double result = 0;
                    for (size_t s = 0; s < samples.size(); ++s) {
                        double value = samples[s].weights[0] * from[samples[s].places[0]];
                        for (size_t k = 1; k < 4; ++k) {
                            const double part = samples[s].weights[k] * from[samples[s].places[k]];
                            value = largest ? std::max(value, part) : value + part;
                        }
                        result = !largest ? result + value / count : s == 0 ? value : std::max(result, value);
                    }
                    y[static_cast<size_t>(((r * channels + c) * height + i) * width + j)] = result;
                }
            }
    }
    return setReals(context, 0, x.type(), shape, y);
}

}  // namespace

Op roiAlignOp() {
    return {
        .name = "RoiAlign",
        .sinceVersion = 22,
        .family = Family::pooling,
        .summary = "Pools regions of interest by bilinear sampling",
        .inputs = {{"X", kFloats, "T1"}, {"rois", kFloats, "T1"}, {"batch_indices", kInt64}},
        .outputs = {{"Y", kFloats, "T1"}},
        .attributes = {choiceAttribute("coordinate_transformation_mode", {"half_pixel", "output_half_pixel"},
                                       "half_pixel", "whether boxes are shifted by half an element"),
                       choiceAttribute("mode", {"avg", "max"}, "avg", "how samples of a bin are pooled"),
                       integerAttribute("output_height", 1, "bins down"),
                       integerAttribute("output_width", 1, "bins across"),
                       integerAttribute("sampling_ratio", 0, "samples a bin along each axis; 0: adaptive"),
                       realAttribute("spatial_scale", 1, "factor from box coordinates to elements")},
        .infer = infer,
        .cost = cost,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
