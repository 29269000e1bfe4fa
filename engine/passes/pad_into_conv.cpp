// Merges a Pad with zeros into the convolution or pooling that reads it.
//   Pad(0) -> Conv(pads)        Conv(pads + padding)
// AveragePool: only without padding of its own, and then it counts the padding. MaxPool: only when the input
// is not negative, since its own padding is minus infinity, and no window lies in the padding alone.
#include <algorithm>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

// The padding of all axes, begins then ends, when it is constant, with zeros, and not negative.
std::optional<std::vector<int64_t>> zeroPadding(const ir::Graph& graph, ir::Node pad) {
    if (pad.attributes().text("mode", "constant") != "constant") return {};
    if (pad.input(2) && !isFilledWith(graph, pad.input(2), 0)) return {};
    const auto rank = graph.value(pad.input(0)).type().rank();
    const auto pads = integersOf(graph, pad.input(1));
    if (rank < 3 || !pads) return {};
    std::vector<int64_t> axes;
    if (pad.input(3)) {
        const auto given = integersOf(graph, pad.input(3));
        if (!given) return {};
        axes = *given;
    } else {
        for (int64_t i = 0; i < rank; ++i) axes.push_back(i);
    }
    if (pads->size() != axes.size() * 2) return {};
    std::vector<int64_t> result(static_cast<size_t>(rank) * 2, 0);
    for (size_t i = 0; i < axes.size(); ++i) {
        const auto axis = axisFromFront(axes[i], rank);
        const auto begin = (*pads)[i], end = (*pads)[i + axes.size()];
        if (axis < 0 || begin < 0 || end < 0 || (axis < 2 && (begin != 0 || end != 0))) return {};
        result[static_cast<size_t>(axis)] = begin;
        result[static_cast<size_t>(axis + rank)] = end;
    }
    return result;
}

bool isNeverNegative(const ir::Graph& graph, ir::ValueId value) {
    const auto producer = graph.value(value).producer();
    if (!producer) return false;
    const auto node = graph.node(producer);
    if (node.is("Relu") || node.is("Sigmoid") || node.is("HardSigmoid") || node.is("Softmax")) return true;
    return node.is("Clip") && scalarOf(graph, node.input(1)).value_or(-1) >= 0;
}

bool absorbs(const ir::Graph& graph, ir::Node reader, ir::ValueId padded, const std::vector<int64_t>& added,
             bool hasOwnPads) {
    const auto& attributes = reader.attributes();
    if (reader.is("Conv")) return true;
    if (attributes.integer("ceil_mode", 0) != 0) return false;
    const auto kernel = attributes.integers("kernel_shape");
    const auto spatial = added.size() / 2 - 2;
    if (kernel.size() != spatial) return false;
    for (size_t i = 0; i < spatial; ++i)
        if (added[i + 2] >= kernel[i] || added[i + 4 + spatial] >= kernel[i]) return false;
    if (reader.is("AveragePool")) return !hasOwnPads && attributes.integers("dilations").empty();
    if (!reader.is("MaxPool") || reader.outputs().size() != 1) return false;
    const auto dilations = attributes.integers("dilations");
    return !hasOwnPads && isNeverNegative(graph, padded) &&
           std::all_of(dilations.begin(), dilations.end(), [](int64_t d) { return d == 1; });
}

base::Result<int64_t> padIntoConv(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        if (!node.is("Conv") && !node.is("AveragePool") && !node.is("MaxPool")) return false;
        const auto pad = producerOf(graph, node.input(0), "Pad");
        if (!pad) return false;
        const auto source = graph.node(pad).input(0);
        const auto added = zeroPadding(graph, graph.node(pad));
        const auto automatic = node.attributes().text("auto_pad", "NOTSET");
        if (!added || (automatic != "NOTSET" && automatic != "VALID")) return false;
        const auto spatial = added->size() / 2 - 2;
        auto pads = node.attributes().integers("pads");
        const bool hasOwnPads = std::any_of(pads.begin(), pads.end(), [](int64_t p) { return p != 0; });
        if (pads.empty()) pads.assign(spatial * 2, 0);
        if (pads.size() != spatial * 2 || !absorbs(graph, node, source, *added, hasOwnPads)) return false;
        for (size_t i = 0; i < spatial; ++i) {
            pads[i] += (*added)[i + 2];
            pads[i + spatial] += (*added)[i + 4 + spatial];
        }
        editor.setOrigins(id, editor.originsOf({pad, id}));
        editor.removeAttribute(id, "auto_pad");
        editor.setAttribute(id, "pads", pads);
        if (node.is("AveragePool")) editor.setAttribute(id, "count_include_pad", int64_t{1});
        editor.setInput(id, 0, source);
        return true;
    });
}

}  // namespace

Pass padIntoConvPass() {
    return {.name = "pad_into_conv",
            .title = "Merge padding into convolutions",
            .summary = "Merges a Pad with zeros into the convolution or pooling that reads it.",
            .run = padIntoConv};
}

}  // namespace lathe::passes
