// GridSample: y[n, c, o] = x[n, c] sampled at grid[n, o], whose coordinates run from -1 to 1 across each
// axis, the last axis first. Nearest, linear or cubic (a = -0.75); outside: zeros, border or reflection.
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"
#include "engine/ops/support_resample.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *x = context.shape(0), *grid = context.shape(1);
    if (x && x->size() < 3) return context.error("input has {} dimensions, expected at least 3", x->size());
    if (x && grid) {
        if (grid->size() != x->size())
            return context.error("grid has {} dimensions, expected {}", grid->size(), x->size());
        const auto last = grid->back().constantOr(static_cast<int64_t>(x->size()) - 2);
        if (last != static_cast<int64_t>(x->size()) - 2)
            return context.error("grid has {} coordinates, expected {}", last, x->size() - 2);
    }
    if (!x && !grid) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    ir::SymbolicShape shape((x ? x : grid)->size(), ir::Dim::unknown());
    shape[0] = x ? (*x)[0] : (*grid)[0];
    if (x) shape[1] = (*x)[1];
    for (size_t i = 2; grid && i < shape.size(); ++i) shape[i] = (*grid)[i - 1];
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 8 * context.outputElements();
    return cost;
}

double reflected(double x, double low, double high) {
    const double range = high - low;
    if (range <= 0) return low;
    const bool below = x < low;
    if (!below && x <= high) return x;
    const double distance = below ? low - x : x - high;
    const auto turns = std::floor(distance / range);
    const double rest = distance - turns * range;
    const bool even = std::fmod(turns, 2) == 0;
    return even == below ? low + rest : high - rest;
}

struct Sampler {
    std::string_view mode, padding;
    bool alignCorners;

    // The elements of one axis of this size that a coordinate mixes.
    Taps taps(double coordinate, int64_t size) const {
        const double length = static_cast<double>(size);
        const double low = alignCorners ? 0 : -0.5, high = alignCorners ? length - 1 : length - 0.5;
        double x = alignCorners ? (coordinate + 1) / 2 * (length - 1) : ((coordinate + 1) * length - 1) / 2;
        if (mode == "nearest") x = std::nearbyint(x);
        if (std::isnan(x)) x = -1;
        if (x < low || x > high) {
            if (padding == "border") x = std::clamp(x, 0.0, length - 1);
            if (padding == "reflection") x = reflected(x, low, high);
        }
        // Far outside nothing is seen; the bound keeps the conversion to integers sane.
        x = std::clamp(x, -8.0, length + 8);
        const double base = mode == "nearest" ? std::trunc(x) : std::floor(x);
        const int64_t first = static_cast<int64_t>(base);
        const double fraction = x - base;
        Taps result;
        if (mode == "nearest") {
            add(result, first, 1, size, low, high);
        } else if (mode == "cubic") {
            for (int64_t i = -1; i < 3; ++i)
                add(result, first + i, cubicWeight(fraction - static_cast<double>(i), -0.75), size, low,
                    high);
        } else {
            add(result, first, 1 - fraction, size, low, high);
            add(result, first + 1, fraction, size, low, high);
        }
        return result;
    }

  private:
    void add(Taps& taps, int64_t index, double weight, int64_t size, double low, double high) const {
        if (index < 0 || index >= size) {
            if (padding == "zeros") return;
            if (padding == "reflection")
                index = static_cast<int64_t>(reflected(static_cast<double>(index), low, high));
            index = std::clamp<int64_t>(index, 0, size - 1);
        }
        taps.indices.push_back(index);
        taps.weights.push_back(weight);
    }
};

// Every element of the space that the taps of all axes reach, with its weight.
std::vector<std::pair<int64_t, double>> combined(const std::vector<Taps>& axes,
                                                 std::span<const int64_t> sizes) {
    std::vector<std::pair<int64_t, double>> result = {{0, 1.0}};
    for (size_t i = 0; i < axes.size(); ++i) {
        std::vector<std::pair<int64_t, double>> next;
        for (const auto& [place, weight] : result)
            for (size_t t = 0; t < axes[i].indices.size(); ++t)
                next.emplace_back(place * sizes[i] + axes[i].indices[t], weight * axes[i].weights[t]);
        result = std::move(next);
    }
    return result;
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &grid = context.in(1);
    const auto& attributes = context.attributes();
    const size_t rank = x.shape().size() - 2;
    if (x.rank() < 3 || grid.rank() != x.rank() || grid.shape().back() != static_cast<int64_t>(rank) ||
        grid.shape()[0] != x.shape()[0])
        return context.error("grid {} does not fit input {}", tensor::toString(grid.shape()),
                             tensor::toString(x.shape()));
    const Sampler sampler{attributes.text("mode", "linear"), attributes.text("padding_mode", "zeros"),
                          attributes.integer("align_corners", 0) != 0};
    tensor::Shape shape = {x.shape()[0], x.shape()[1]};
    for (size_t i = 0; i < rank; ++i) shape.push_back(grid.shape()[i + 1]);
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const std::span<const int64_t> sizes(x.shape().begin() + 2, rank);
    const auto inPlane = tensor::elementCount(sizes);
    if (inPlane == 0) return context.error("the input {} is empty", tensor::toString(x.shape()));
    const auto outPlane = tensor::elementCount(std::span(shape.begin() + 2, rank));
    const int64_t channels = x.shape()[1];
    const Reals in = reals(x), places = reals(grid);
    Reals y(static_cast<size_t>(tensor::elementCount(shape)), 0);
    std::vector<Taps> taps(rank);
    for (int64_t n = 0; n < x.shape()[0]; ++n)
        for (int64_t o = 0; o < outPlane; ++o) {
            const double* at = places.data() + (n * outPlane + o) * static_cast<int64_t>(rank);
            for (size_t i = 0; i < rank; ++i) taps[i] = sampler.taps(at[rank - 1 - i], sizes[i]);
            for (const auto& [place, weight] : combined(taps, sizes))
                for (int64_t c = 0; c < channels; ++c)
                    y[static_cast<size_t>((n * channels + c) * outPlane + o)] +=
                        weight * in[static_cast<size_t>((n * channels + c) * inPlane + place)];
        }
    return setReals(context, 0, x.type(), shape, y);
}

}  // namespace

Op gridSampleOp() {
    return {.name = "GridSample",
            .sinceVersion = 22,
            .family = Family::shape,
            .summary = "Samples the input at the positions of a grid",
            .inputs = {{"X", kNumbers, "T1"}, {"grid", kFloats, "T2"}},
            .outputs = {{"Y", kNumbers, "T1"}},
            .attributes = {flagAttribute("align_corners", 0, "1: -1 and 1 are centres of corner elements"),
                           choiceAttribute("mode", {"linear", "nearest", "cubic"}, "linear", "interpolation"),
                           choiceAttribute("padding_mode", {"zeros", "border", "reflection"}, "zeros",
                                           "what lies outside")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
