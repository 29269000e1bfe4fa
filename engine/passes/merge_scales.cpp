// Merges neighbouring multiplications by constants into one, and neighbouring additions.
//   Mul(c1) -> Div(c2)        Mul(c1 / c2)
//   Add(c1) -> Sub(c2)        Add(c1 - c2)
// Only when the merged constant is as large as one of the two, so that nothing is broadcast into more bytes.
#include <cmath>

#include "engine/ops/support_index.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

enum class Kind { scale, shift };

// x * constant, x / constant, x + constant, x - constant, as a Mul or an Add of what `numbers` says.
struct Step {
    Kind kind = Kind::scale;
    ir::ValueId activation;
    tensor::DataType type = tensor::DataType::undefined;
    tensor::Shape shape;
    std::vector<double> numbers;
};

std::optional<Step> stepOf(const ir::Graph& graph, ir::Node node) {
    const auto op = node.domain().empty() ? node.op() : std::string_view{};
    const bool commutes = op == "Mul" || op == "Add";
    if ((!commutes && op != "Div" && op != "Sub") || node.inputs().size() != 2) return {};
    if (!node.input(0) || !node.input(1)) return {};
    const size_t side = commutes && graph.value(node.input(0)).isConstant() ? 0 : 1;
    const auto* constant = constantInput(graph, node.id(), side);
    if (!constant || constant->empty() || graph.value(node.input(1 - side)).isConstant()) return {};
    using enum tensor::DataType;
    if (constant->type() != float32 && constant->type() != float64) return {};
    Step step{op == "Mul" || op == "Div" ? Kind::scale : Kind::shift, node.input(1 - side), constant->type(),
              constant->shape(), tensor::toReals(constant->aligned())};
    for (auto& number : step.numbers) {
        if (op == "Div") number = 1 / number;
        if (op == "Sub") number = -number;
    }
    return step;
}

// Both constants as one; nothing when it would be larger than either or leave the range of its type.
std::optional<tensor::Tensor> merged(const Step& first, const Step& second) {
    const bool secondFits = ops::broadcastsTo(second.shape, first.shape);
    if (!secondFits && !ops::broadcastsTo(first.shape, second.shape)) return {};
    const auto& shape = secondFits ? first.shape : second.shape;
    const auto a = ops::broadcastIndices(first.shape, shape), b = ops::broadcastIndices(second.shape, shape);
    const double most = first.type == tensor::DataType::float32
                            ? static_cast<double>(std::numeric_limits<float>::max())
                            : std::numeric_limits<double>::max();
    const double least = first.type == tensor::DataType::float32
                             ? static_cast<double>(std::numeric_limits<float>::min())
                             : std::numeric_limits<double>::min();
    std::vector<double> numbers(a.size());
    for (size_t i = 0; i < a.size(); ++i) {
        const double x = first.numbers[static_cast<size_t>(a[i])],
                     y = second.numbers[static_cast<size_t>(b[i])];
        numbers[i] = first.kind == Kind::scale ? x * y : x + y;
        const double size = std::fabs(numbers[i]);
        if (!(size <= most)) return {};
        // A product too small for its type would turn into zero.
        if (first.kind == Kind::scale && x != 0 && y != 0 && size < least) return {};
    }
    return tensorOf(first.type, shape, numbers);
}

base::Result<int64_t> mergeScales(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        const auto second = stepOf(graph, node);
        const auto before = second ? graph.value(second->activation).producer() : ir::NodeId{};
        if (!before || !editor.hasOneUse(second->activation)) return false;
        const auto first = stepOf(graph, graph.node(before));
        if (!first || first->kind != second->kind || first->type != second->type) return false;
        const auto constant = merged(*first, *second);
        if (!constant) return false;
        const auto operand = constantBeside(editor, node.output(), *constant, "merged");
        editor.setOrigins(id, editor.originsOf({before, id}));
        editor.setOp(id, first->kind == Kind::scale ? "Mul" : "Add");
        editor.setInputs(id, std::vector{first->activation, operand});
        editor.removeNode(before);
        return true;
    });
}

}  // namespace

Pass mergeScalesPass() {
    return {.name = "merge_scales",
            .title = "Merge neighbouring scales",
            .summary = "Merges chains of multiplications, or of additions, by constants into one.",
            .run = mergeScales};
}

}  // namespace lathe::passes
