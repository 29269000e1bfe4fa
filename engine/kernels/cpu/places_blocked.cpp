// Moving whole places of blocked channels, floats or bytes: Pad and Slice along the spatial axes, Resize to
// the nearest place. Each axis says for every output where it comes from; neighbours that stay neighbours are
// copied together. Parallel over rows.
#include <cstring>
#include <optional>

#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_resize.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kTaskBytes = 65536;
// Nothing of the input: the fill value.
constexpr int64_t kNowhere = -1;

// For each output of one axis the input, or kNowhere.
using Sources = std::vector<int64_t>;
struct PlaceMap {
    Sources y, x;
    float fill = 0;
};

class PlacesBlocked final : public Prepared {
  public:
    PlacesBlocked(const Site& site, PlaceMap map)
        : m_map(std::move(map)),
          m_inHeight(shapeOf(site, 0)[2]),
          m_inWidth(shapeOf(site, 0)[3]),
          m_planes(shapeOf(site, 0)[0] * blocksOf(shapeOf(site, 0)[1])),
          m_bytes(tensor::bitWidth(site.inputs[0].type) / 8),
          m_place(channelBlock() * m_bytes) {
        const auto& x = m_map.x;
        for (size_t i = 0; i < x.size(); ++i) {
            const bool follows = i > 0 && x[i] == (x[i - 1] == kNowhere ? kNowhere : x[i - 1] + 1);
            if (follows)
                ++m_runs.back().count;
            else
                m_runs.push_back({static_cast<int64_t>(i), x[i], 1});
        }
    }

    void run(const RunArguments& arguments) const override {
        const auto height = static_cast<int64_t>(m_map.y.size()),
                   width = static_cast<int64_t>(m_map.x.size());
        const int64_t grain = std::max<int64_t>(1, kTaskBytes / (width * m_place));
        arguments.workers->forRange(m_planes * height, grain, [&](int64_t begin, int64_t end) {
            for (int64_t row = begin; row < end; ++row) {
                std::byte* out = arguments.outputs[0] + row * width * m_place;
                const int64_t from = m_map.y[static_cast<size_t>(row % height)];
                if (from == kNowhere) {
                    fill(out, width);
                    continue;
                }
                const int64_t inRow = row / height * m_inHeight + from;
                copyRow(arguments.inputs[0] + inRow * m_inWidth * m_place, out);
            }
        });
    }

  private:
    struct Run {
        int64_t out = 0, in = 0, count = 0;
    };

    void fill(std::byte* out, int64_t places) const {
        if (m_bytes == 1)
            std::memset(out, static_cast<int>(m_map.fill), static_cast<size_t>(places * m_place));
        else
            std::fill_n(floats(out), places * channelBlock(), m_map.fill);
    }

    void copyRow(const std::byte* in, std::byte* out) const {
        for (const auto& run : m_runs) {
            if (run.in == kNowhere)
                fill(out + run.out * m_place, run.count);
            else
                std::memcpy(out + run.out * m_place, in + run.in * m_place,
                            static_cast<size_t>(run.count * m_place));
        }
    }

    PlaceMap m_map;
    std::vector<Run> m_runs;  // of a row
    int64_t m_inHeight, m_inWidth, m_planes;
    int64_t m_bytes, m_place;  // of an element, of a place
};

std::optional<std::vector<int64_t>> integersOf(const Site& site, size_t input) {
    const auto* constant = constantOf(site, input);
    if (!constant) return {};
    return tensor::toIntegers(*constant);
}

// The axes that a list in `input` names, all of them when it is omitted.
std::optional<std::vector<size_t>> axesOf(const Site& site, size_t input, size_t count) {
    std::vector<size_t> axes;
    for (size_t i = 0; !site.has(input) && i < count; ++i) axes.push_back(i);
    if (!site.has(input)) return axes;
    const auto given = integersOf(site, input);
    if (!given || given->size() != count) return {};
    for (const auto item : *given) {
        const auto axis = tensor::normalizedAxis(item, 4);
        if (!axis) return {};
        axes.push_back(static_cast<size_t>(*axis));
    }
    return axes;
}

std::optional<int64_t> paddedSource(int64_t i, int64_t size, std::string_view mode) {
    if (i >= 0 && i < size) return i;
    if (mode == "constant") return kNowhere;
    if (mode == "edge") return i < 0 ? 0 : size - 1;
    const int64_t mirrored = i < 0 ? -i : 2 * (size - 1) - i;
    if (mode != "reflect" || mirrored < 0 || mirrored >= size) return {};
    return mirrored;
}

std::optional<PlaceMap> padMap(const Site& site) {
    const auto pads = integersOf(site, 1);
    if (!pads) return {};
    const size_t count = pads->size() / 2;
    const auto axes = axesOf(site, 3, count);
    if (!axes || (site.has(2) && !constantOf(site, 2))) return {};
    const auto mode = site.attributes->text("mode", "constant");
    int64_t before[4] = {};
    for (size_t i = 0; i < count; ++i) before[(*axes)[i]] = (*pads)[i];
    if (before[0] != 0 || before[1] != 0) return {};
    PlaceMap map;
    map.fill = scalarOr(site, 2, 0);
    for (const size_t axis : {size_t{2}, size_t{3}})
        for (int64_t i = 0; i < outputShape(site)[axis]; ++i) {
            const auto source = paddedSource(i - before[axis], shapeOf(site, 0)[axis], mode);
            if (!source) return {};
            (axis == 2 ? map.y : map.x).push_back(*source);
        }
    return map;
}

std::optional<PlaceMap> sliceMap(const Site& site) {
    const auto starts = integersOf(site, 1);
    if (!starts) return {};
    const auto axes = axesOf(site, 3, starts->size());
    const auto steps = site.has(4) ? integersOf(site, 4) : std::vector<int64_t>(starts->size(), 1);
    if (!axes || !steps || steps->size() != starts->size()) return {};
    int64_t first[4] = {}, step[4] = {1, 1, 1, 1};
    for (size_t i = 0; i < axes->size(); ++i) {
        const size_t axis = (*axes)[i];
        const int64_t size = shapeOf(site, 0)[axis];
        step[axis] = (*steps)[i];
        if (step[axis] == 0) return {};
        const int64_t start = (*starts)[i] < 0 ? (*starts)[i] + size : (*starts)[i];
        first[axis] = std::clamp<int64_t>(start, 0, step[axis] > 0 ? size : size - 1);
    }
    if (first[0] != 0 || first[1] != 0 || step[0] != 1 || step[1] != 1) return {};
    PlaceMap map;
    for (int64_t i = 0; i < outputShape(site)[2]; ++i) map.y.push_back(first[2] + i * step[2]);
    for (int64_t i = 0; i < outputShape(site)[3]; ++i) map.x.push_back(first[3] + i * step[3]);
    return map;
}

std::optional<PlaceMap> nearestMap(const Site& site) {
    const auto options = ops::resampleOptions(*site.attributes);
    if (options.mode != "nearest" || !resizeAxesOf(site)) return {};
    const auto taps = resizeTapsOf(site);
    if (!taps[0].empty() || !taps[1].empty()) return {};
    PlaceMap map;
    map.fill = site.attributes->real("extrapolation_value", 0);
    for (const size_t axis : {size_t{2}, size_t{3}}) {
        auto& sources = axis == 2 ? map.y : map.x;
        for (int64_t i = 0; taps[axis].empty() && i < outputShape(site)[axis]; ++i) sources.push_back(i);
        for (const auto& [indices, weights] : taps[axis]) {
            const bool outside = indices.empty();
            if (outside && (!isFloat(site, 0) || options.coordinates != "tf_crop_and_resize")) return {};
            sources.push_back(outside ? kNowhere : indices[0]);
        }
    }
    return map;
}

std::optional<PlaceMap> placeMap(const Site& site) {
    if (!site.has(0) || site.outputs.empty() || site.outputs[0].type != site.inputs[0].type ||
        (!isFloat(site, 0) && tensor::bitWidth(site.inputs[0].type) != 8) ||
        site.inputs[0].layout != Layout::blocked || site.outputs[0].layout != Layout::blocked)
        return {};
    const auto &in = shapeOf(site, 0), &out = outputShape(site);
    if (in.size() != 4 || out.size() != 4 || in[0] != out[0] || in[1] != out[1]) return {};
    if (site.op == "Pad") return padMap(site);
    return site.op == "Slice" ? sliceMap(site) : nearestMap(site);
}

bool accepts(const Site& site) { return placeMap(site).has_value(); }

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<PlacesBlocked>(site, *placeMap(site)));
}

}  // namespace

std::vector<Kernel> placesBlockedKernels() {
    std::vector<Kernel> kernels;
    for (const std::string_view op : {"Pad", "Resize", "Slice"})
        kernels.push_back({.name = "places_blocked",
                           .domain = {},
                           .op = op,
                           .summary = "floats or bytes on blocked channels, along the spatial axes",
                           .accepts = accepts,
                           .prepare = prepare,
                           .inPlace = nullptr,
                           .blocked = true});
    return kernels;
}

}  // namespace lathe::kernels
