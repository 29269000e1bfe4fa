// Replaces shape arithmetic whose result is known before the run.
//   Shape(x) -> Gather -> Concat -> Reshape        Reshape with a constant {0, -1}
// Values known to the last number become constants; the shape input of a Reshape may keep one named dimension
// as -1 and those that stay at their place as 0. An Expand to the shape its input has goes away.
#include <algorithm>

#include "engine/passes/shape_contents.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

using Contents = std::vector<ir::Dim>;

std::optional<std::vector<int64_t>> numbersOf(const Contents& contents) {
    std::vector<int64_t> numbers;
    for (const auto& element : contents) {
        if (!element.isKnown()) return {};
        numbers.push_back(element.constantOr(0));
    }
    return numbers;
}

tensor::Tensor tensorOfNumbers(const ir::ValueType& type, const std::vector<int64_t>& numbers) {
    std::vector<double> reals(numbers.begin(), numbers.end());
    const auto count = static_cast<int64_t>(numbers.size());
    const auto shape = type.rank() == 0 ? tensor::Dimensions() : tensor::Dimensions(&count, 1);
    return tensorOf(type.element, shape, reals);
}

// A node whose first output is known completely becomes a constant.
bool foldKnown(ir::Editor& editor, ir::NodeId id, const Contents& contents) {
    const auto& graph = editor.graph();
    const auto output = graph.node(id).output();
    const auto& type = graph.value(output).type();
    const auto numbers = numbersOf(contents);
    if (!numbers || isOutput(graph, output) || (type.rank() == 0 && numbers->size() != 1)) return false;
    const auto fits = [](int64_t number) {
        return number > -(int64_t{1} << 50) && number < (int64_t{1} << 50);
    };
    if (!std::all_of(numbers->begin(), numbers->end(), fits)) return false;
    editor.setConstant(output, tensorOfNumbers(type, *numbers));
    editor.removeNode(id);
    return true;
}

bool simplifyReshape(ir::Editor& editor, ir::NodeId id, ShapeContents& known) {
    const auto& graph = editor.graph();
    const auto node = graph.node(id);
    if (!node.input(1) || graph.value(node.input(1)).isConstant() ||
        node.attributes().integer("allowzero", 0))
        return false;
    const auto contents = known.of(node.input(1));
    const auto& from = graph.value(node.input(0)).type();
    if (!contents || !from.shape) return false;
    std::vector<int64_t> shape;
    bool wildcard = false;
    for (size_t i = 0; i < contents->size(); ++i) {
        const auto& element = (*contents)[i];
        if (const auto number = element.constant()) {
            wildcard = wildcard || *number == -1;
            shape.push_back(*number);
        } else if (i < from.shape->size() && same((*from.shape)[i], element)) {
            shape.push_back(0);
        } else {
            shape.push_back(-2);  // decided below
        }
    }
    const auto open = std::count(shape.begin(), shape.end(), -2);
    if (open > 1 || (open == 1 && wildcard)) return false;
    std::replace(shape.begin(), shape.end(), int64_t{-2}, int64_t{-1});
    const auto constant =
        constantBeside(editor, node.output(), tensor::Tensor::vector<int64_t>(shape), "shape");
    editor.setInput(id, 1, constant);
    return true;
}

bool simplifyExpand(ir::Editor& editor, ir::NodeId id, ShapeContents& known) {
    const auto& graph = editor.graph();
    const auto node = graph.node(id);
    const auto contents = known.of(node.input(1));
    const auto& from = graph.value(node.input(0)).type();
    if (!contents || !from.shape || contents->size() > from.shape->size()) return false;
    // Aligned at the end; a missing or 1 dimension asks for nothing.
    for (size_t i = 1; i <= contents->size(); ++i) {
        const auto& wanted = (*contents)[contents->size() - i];
        if (wanted.constantOr(0) != 1 && !same(wanted, (*from.shape)[from.shape->size() - i])) return false;
    }
    return bypass(editor, id, node.input(0));
}

base::Result<int64_t> simplifyShapes(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    ShapeContents known(graph);
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        if (!node.domain().empty() || !node.output()) return false;
        if (node.op() == "Reshape") {
            if (simplifyReshape(editor, id, known)) return true;
        } else if (node.op() == "Expand") {
            return simplifyExpand(editor, id, known);
        }
        if (node.outputs().size() != 1) return false;
        const auto contents = known.of(node.output());
        return contents && foldKnown(editor, id, *contents);
    });
}

}  // namespace

Pass simplifyShapesPass() {
    return {.name = "simplify_shapes",
            .title = "Simplify shape arithmetic",
            .summary = "Replaces shape computations whose result is known by constants.",
            .run = simplifyShapes};
}

}  // namespace lathe::passes
