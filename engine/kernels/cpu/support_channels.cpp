#include "engine/kernels/cpu/support_channels.h"

namespace lathe::kernels {
namespace {

bool isImage(const Operand& operand) {
    return operand.type == tensor::DataType::float32 && operand.shape.size() == 4;
}

std::optional<std::vector<int64_t>> integersOf(const Site& site, size_t input) {
    const auto* constant = constantOf(site, input);
    if (!constant) return {};
    return tensor::toIntegers(*constant);
}

bool alongChannels(const Site& site) {
    return tensor::normalizedAxis(site.attributes->integer("axis", 0), 4) == 1;
}

// The channels of all tensors that are data, in order.
ChannelMap joined(const Site& site) {
    ChannelMap map;
    for (size_t i = 0; i < site.inputs.size(); ++i)
        for (int64_t c = 0; c < shapeOf(site, i)[1]; ++c) map.push_back({i, c});
    return map;
}

std::optional<ChannelMap> sliced(const Site& site) {
    const auto starts = integersOf(site, 1), axes = integersOf(site, 3);
    const auto steps = site.has(4) ? integersOf(site, 4) : std::vector<int64_t>{1};
    if (!starts || !axes || !steps || axes->size() != 1 || starts->size() != 1 || steps->size() != 1 ||
        tensor::normalizedAxis((*axes)[0], 4) != 1 || (*steps)[0] == 0)
        return {};
    const int64_t channels = shapeOf(site, 0)[1], step = (*steps)[0];
    int64_t start = (*starts)[0] < 0 ? (*starts)[0] + channels : (*starts)[0];
    start = std::clamp<int64_t>(start, 0, step > 0 ? channels : channels - 1);
    ChannelMap map;
    for (int64_t c = 0; c < outputShape(site)[1]; ++c) map.push_back({0, start + c * step});
    return map;
}

std::optional<ChannelMap> gathered(const Site& site) {
    const auto places = integersOf(site, 1);
    if (!places || !alongChannels(site)) return {};
    ChannelMap map;
    for (const auto place : *places) map.push_back({0, place < 0 ? place + shapeOf(site, 0)[1] : place});
    return map;
}

std::optional<ChannelMap> padded(const Site& site) {
    const auto pads = integersOf(site, 1);
    if (!pads || site.attributes->text("mode", "constant") != "constant") return {};
    if (site.has(2) && (!constantOf(site, 2) || scalarOr(site, 2, 0) != 0)) return {};
    const size_t count = pads->size() / 2;
    auto axes = site.has(3) ? integersOf(site, 3) : std::vector<int64_t>{0, 1, 2, 3};
    if (!axes || axes->size() != count) return {};
    int64_t before[4] = {};
    for (size_t i = 0; i < count; ++i) {
        const auto axis = tensor::normalizedAxis((*axes)[i], 4);
        if (!axis) return {};
        before[*axis] = (*pads)[i];
    }
    if (before[0] != 0 || before[2] != 0 || before[3] != 0) return {};
    ChannelMap map;
    for (int64_t c = 0; c < outputShape(site)[1]; ++c) {
        const int64_t from = c - before[1];
        map.push_back({0, from >= 0 && from < shapeOf(site, 0)[1] ? from : kNoChannel});
    }
    return map;
}

ChannelMap shuffled(const Site& site) {
    const auto all = joined(site);
    const auto count = all.size();
    const auto groups = static_cast<size_t>(site.attributes->integer("group", 1));
    ChannelMap map;
    for (size_t c = 0; c < count; ++c) map.push_back(all[c % groups * (count / groups) + c / groups]);
    return map;
}

// Channels of each output of a Split.
std::vector<int64_t> splitSizes(const Site& site) {
    if (site.op == "Split" && site.has(1)) return integersOf(site, 1).value_or(std::vector<int64_t>{});
    std::vector<int64_t> sizes;
    for (const auto& output : site.outputs) {
        if (output.type == tensor::DataType::undefined) return {};
        sizes.push_back(output.shape[1]);
    }
    return sizes;
}

std::optional<std::vector<ChannelMap>> splitUp(const Site& site, const ChannelMap& whole) {
    const auto sizes = splitSizes(site);
    if (sizes.size() != site.outputs.size()) return {};
    std::vector<ChannelMap> maps;
    auto at = whole.begin();
    for (size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] > whole.end() - at) return {};
        const bool wanted = site.outputs[i].type != tensor::DataType::undefined;
        maps.emplace_back(at, wanted ? at + sizes[i] : at);
        at += sizes[i];
    }
    return maps;
}

std::optional<std::vector<ChannelMap>> mapsOf(const Site& site) {
    const auto one = [](std::optional<ChannelMap> map) {
        return map ? std::optional(std::vector<ChannelMap>{std::move(*map)}) : std::nullopt;
    };
    if (site.op == "ChannelShuffle") return splitUp(site, shuffled(site));
    if (site.op == "Concat") return alongChannels(site) ? one(joined(site)) : std::nullopt;
    if (site.op == "Slice") return one(sliced(site));
    if (site.op == "Gather") return one(gathered(site));
    if (site.op == "Pad") return one(padded(site));
    if (!alongChannels(site)) return {};
    ChannelMap whole;
    for (int64_t c = 0; c < shapeOf(site, 0)[1]; ++c) whole.push_back({0, c});
    return splitUp(site, whole);
}

// Of the same images and places.
bool fits(const tensor::Shape& a, const tensor::Shape& b) {
    return a[0] == b[0] && a[2] == b[2] && a[3] == b[3];
}

}  // namespace

bool isImage(const Site& site, size_t input) { return isImage(site.inputs[input]); }

std::optional<std::vector<ChannelMap>> channelMaps(const Site& site) {
    const bool joins = site.op == "Concat" || site.op == "ChannelShuffle";
    for (size_t i = 0; i < (joins ? site.inputs.size() : 1); ++i)
        if (i >= site.inputs.size() || !isImage(site.inputs[i]) || !fits(shapeOf(site, i), shapeOf(site, 0)))
            return {};
    for (const auto& output : site.outputs)
        if (output.type != tensor::DataType::undefined &&
            (!isImage(output) || !fits(output.shape, shapeOf(site, 0))))
            return {};
    auto maps = mapsOf(site);
    if (!maps) return {};
    for (size_t i = 0; i < maps->size(); ++i) {
        const auto& output = site.outputs[i];
        if (output.type == tensor::DataType::undefined) continue;
        if (std::cmp_not_equal((*maps)[i].size(), output.shape[1])) return {};
        for (const auto& source : (*maps)[i])
            if (source.channel < kNoChannel || source.channel >= shapeOf(site, source.input)[1]) return {};
    }
    return maps;
}

}  // namespace lathe::kernels
