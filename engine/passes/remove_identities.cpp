// Removes nodes that hand their input on unchanged.
//   x -> Identity -> Add(0) -> Reshape(same shape) -> y        x -> y
// Covers Identity, Dropout in inference, Cast to the same type, shape operators that keep the shape,
// arithmetic with neutral constants, and operators of several inputs that were given one.
#include <algorithm>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

bool isOneOf(std::string_view op, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), op) != names.end();
}

bool allEqual(const std::vector<int64_t>& values, int64_t number) {
    return std::all_of(values.begin(), values.end(), [&](int64_t value) { return value == number; });
}

// x + 0, x - 0, x * 1, x / 1, x ^ 1 where the constant does not widen the result.
ir::ValueId neutralArithmetic(const ir::Graph& graph, ir::Node node) {
    if (node.inputs().size() != 2) return {};
    const double neutral = isOneOf(node.op(), {"Add", "Sub"}) ? 0 : 1;
    const bool commutes = isOneOf(node.op(), {"Add", "Mul"});
    for (const size_t side : {size_t{1}, size_t{0}}) {
        if (side == 0 && !commutes) break;
        const auto kept = node.input(1 - side);
        if (isFilledWith(graph, node.input(side), neutral) && sameShape(graph, kept, node.output()))
            return kept;
    }
    return {};
}

bool isInferenceDropout(const ir::Graph& graph, ir::Node node) {
    if (!node.input(2)) return true;
    const auto* training = graph.value(node.input(2)).constant();
    return training && training->elementCount() == 1 && training->bytes()[0] == std::byte{0};
}

// Slices that keep the shape keep everything unless they walk backwards.
bool stepsForward(const ir::Graph& graph, ir::Node node) {
    if (!node.input(4)) return true;
    const auto steps = integersOf(graph, node.input(4));
    return steps && std::all_of(steps->begin(), steps->end(), [](int64_t step) { return step > 0; });
}

bool isIdentityPermutation(const std::vector<int64_t>& permutation) {
    for (size_t i = 0; i < permutation.size(); ++i)
        if (permutation[i] != static_cast<int64_t>(i)) return false;
    return !permutation.empty();
}

bool keepsEverything(const ir::Graph& graph, ir::Node node) {
    const auto op = node.op();
    const auto input = node.input(0), output = node.output();
    if (op == "Identity") return true;
    if (op == "Dropout") return isInferenceDropout(graph, node);
    if (isOneOf(op, {"Cast", "CastLike"})) {
        const auto& from = graph.value(input).type();
        const auto& to = graph.value(output).type();
        return from.isTensor() && from.element != tensor::DataType::undefined && from.element == to.element;
    }
    if (isOneOf(op, {"Reshape", "Flatten", "Expand", "Squeeze", "Unsqueeze"}))
        return sameShape(graph, input, output);
    if (op == "Slice") return sameShape(graph, input, output) && stepsForward(graph, node);
    if (op == "Split") return node.outputs().size() == 1 && sameShape(graph, input, output);
    if (op == "Pad") {
        const auto pads = integersOf(graph, node.input(1));
        return pads && allEqual(*pads, 0);
    }
    if (op == "Tile") {
        const auto repeats = integersOf(graph, node.input(1));
        return repeats && allEqual(*repeats, 1);
    }
    if (op == "Transpose") return isIdentityPermutation(node.attributes().integers("perm"));
    if (isOneOf(op, {"Concat", "Sum", "Max", "Min", "Mean"})) return node.inputs().size() == 1;
    if (op == "Clip") return !node.input(1) && !node.input(2);
    return false;
}

base::Result<int64_t> removeIdentities(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        if (!node.domain().empty() || !node.input(0) || !node.output()) return false;
        if (isOneOf(node.op(), {"Add", "Sub", "Mul", "Div", "Pow"})) {
            const auto kept = neutralArithmetic(graph, node);
            return kept && bypass(editor, id, kept);
        }
        return keepsEverything(graph, node) && bypass(editor, id, node.input(0));
    });
}

}  // namespace

Pass removeIdentitiesPass() {
    return {
        .name = "remove_identities",
        .title = "Remove identities",
        .summary =
            "Removes nodes that hand their input on unchanged: Identity, inference Dropout, casts, reshapes, "
            "pads, slices and arithmetic without effect.",
        .run = removeIdentities};
}

}  // namespace lathe::passes
