// Merges neighbouring limits into one Clip.
//   Relu -> Clip(0, 6)        Clip(0, 6)
//   Max(0) -> Min(6)          Clip(0, 6)
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();

// low <= output <= high of a node that only limits its first non-constant input.
struct Limits {
    ir::ValueId source;
    double low = -kNone, high = kNone;
};

std::optional<Limits> limitsOf(const ir::Graph& graph, ir::Node node) {
    if (!node.domain().empty() || !node.input(0)) return {};
    if (node.op() == "Relu") return Limits{node.input(0), 0, kNone};
    if (node.op() == "Clip") {
        Limits limits{node.input(0)};
        if (node.input(1)) {
            const auto low = scalarOf(graph, node.input(1));
            if (!low) return {};
            limits.low = *low;
        }
        if (node.input(2)) {
            const auto high = scalarOf(graph, node.input(2));
            if (!high) return {};
            limits.high = *high;
        }
        return limits;
    }
    if ((node.op() != "Min" && node.op() != "Max") || node.inputs().size() != 2) return {};
    for (const size_t side : {size_t{1}, size_t{0}}) {
        const auto bound = scalarOf(graph, node.input(side));
        if (!bound || !sameShape(graph, node.input(1 - side), node.output())) continue;
        return node.op() == "Min" ? Limits{node.input(1 - side), -kNone, *bound}
                                  : Limits{node.input(1 - side), *bound, kNone};
    }
    return {};
}

base::Result<int64_t> mergeClips(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        const auto outer = limitsOf(graph, node);
        const auto first = outer ? graph.value(outer->source).producer() : ir::NodeId{};
        if (!first || !editor.hasOneUse(outer->source)) return false;
        const auto inner = limitsOf(graph, graph.node(first));
        const auto& type = graph.value(outer->source).type();
        if (!inner || !tensor::isFloat(type.element)) return false;
        const double low = std::min(std::max(inner->low, outer->low), outer->high);
        const double high = std::max(std::min(inner->high, outer->high), outer->low);
        if (low > high) return false;
        const auto bound = [&](double number, const char* hint) {
            if (std::isinf(number)) return ir::ValueId{};
            return constantBeside(editor, node.output(), tensorOf(type.element, {}, std::array{number}),
                                  hint);
        };
        std::vector<ir::ValueId> inputs{inner->source, bound(low, "min"), bound(high, "max")};
        while (!inputs.back()) inputs.pop_back();
        const bool plainRelu = low == 0 && std::isinf(high);
        if (plainRelu) inputs.resize(1);
        const auto made = editor.addNode({.op = plainRelu ? "Relu" : "Clip",
                                          .inputs = inputs,
                                          .origins = editor.originsOf({first, id}),
                                          .subgraph = node.subgraph()});
        supersede(editor, id, made);
        editor.removeNode(first);
        return true;
    });
}

}  // namespace

Pass mergeClipsPass() {
    return {.name = "merge_clips",
            .title = "Merge limits",
            .summary = "Merges neighbouring Relu, Clip, Min and Max with constants into one Clip.",
            .run = mergeClips};
}

}  // namespace lathe::passes
