#include "engine/ops/gradient_context.h"

#include <algorithm>

namespace lathe::ops {

using ir::ValueId;

GradientContext::GradientContext(GradientScope& scope, ir::NodeId node, std::vector<ValueId> outputGradients,
                                 std::vector<bool> wanted)
    : m_scope(scope),
      m_node(node),
      m_outputGradients(std::move(outputGradients)),
      m_gradients(wanted.size()),
      m_wanted(std::move(wanted)) {
    const auto inputs = this->node().inputs();
    m_complete = std::all_of(inputs.begin(), inputs.end(),
                             [&](ValueId input) { return !input || type(input).shapeComplete(); });
}

const tensor::Tensor* GradientContext::constantInput(size_t i) const {
    return has(i) ? m_scope.graph().value(input(i)).constant() : nullptr;
}

// True when the shapes tell which axes were stretched, whatever their names stand for.
bool GradientContext::reduceStatically(ValueId& gradient, ValueId like) {
    const auto &from = type(gradient).shape, &to = type(like).shape;
    // An axis of unknown size may have stretched one that looks whole.
    if (!m_complete || !from || !to || from->size() < to->size()) return false;
    const size_t lead = from->size() - to->size();
    std::vector<int64_t> leading, axes;
    for (size_t i = 0; i < lead; ++i) leading.push_back(static_cast<int64_t>(i));
    for (size_t i = 0; i < to->size(); ++i) {
        if (same((*from)[lead + i], (*to)[i])) continue;
        if ((*to)[i] != ir::Dim(1)) return false;
        axes.push_back(static_cast<int64_t>(lead + i));
    }
    gradient = sum(gradient, axes, true);
    gradient = sum(gradient, leading, false);
    return true;
}

ValueId GradientContext::reduced(ValueId gradient, ValueId like) {
    if (reduceStatically(gradient, like)) return gradient;
    // At the run: the shape of `like` with ones in front tells the axes.
    const auto shape = m_scope.shapeOf(like), rank = m_scope.shapeOf(shape);
    const auto lead = emit("Sub", {emit("Shape", {emit("Shape", {gradient})}), rank});
    const auto one = tensor::Tensor::of<int64_t>({1}, {1});
    const auto ones = emit("ConstantOfShape", {lead}, {{"value", one}});
    const auto padded = emit("Concat", {ones, shape}, {{"axis", int64_t{0}}});
    const auto stretched = emit("Equal", {padded, m_scope.constant(tensor::Tensor::scalar<int64_t>(1))});
    const auto axes = emit("Squeeze", {emit("NonZero", {stretched}), integers({0})});
    const auto sums =
        emit("ReduceSum", {gradient, axes}, {{"keepdims", int64_t{1}}, {"noop_with_empty_axes", int64_t{1}}});
    return m_scope.reshapeLike(sums, like);
}

ValueId GradientContext::sum(ValueId value, std::vector<int64_t> axes, bool keep) {
    if (axes.empty()) return value;
    return emit("ReduceSum", {value, m_scope.integers(std::span<const int64_t>(axes))},
                {{"keepdims", int64_t{keep}}});
}

ValueId GradientContext::ratio(ValueId many, ValueId few) {
    const auto count = [&](ValueId value) -> std::optional<int64_t> {
        const auto& shape = type(value).shape;
        return shape ? ir::product(*shape).constant() : std::nullopt;
    };
    const auto from = count(many), to = count(few);
    if (from && to && *to > 0)
        return m_scope.scalar(static_cast<double>(*from) / static_cast<double>(*to), many);
    return div(m_scope.castLike(emit("Size", {many}), many), m_scope.castLike(emit("Size", {few}), many));
}

base::Result<std::vector<int64_t>> GradientContext::axesFrom(int64_t first) const {
    const int64_t known = rank(input(0));
    const auto axis = tensor::normalizedAxis(first, known);
    if (known < 0) return error("the rank of the input is not known");
    if (!axis) return error("axis {} is outside the {} dimensions of the input", first, known);
    std::vector<int64_t> axes;
    for (int64_t i = *axis; i < known; ++i) axes.push_back(i);
    return axes;
}

base::Status zeroGradient(GradientContext&) { return {}; }

base::Status reshapeGradient(GradientContext& context) {
    context.set(0, context.scope().reshapeLike(context.outputGradient(), context.input(0)));
    return {};
}

base::Status pickGradient(GradientContext& context) {
    auto& scope = context.scope();
    const auto x = context.input(0);
    const auto scalar = [&](int64_t value) { return scope.constant(tensor::Tensor::scalar(value)); };
    const auto size = context.emit("Size", {x});
    const auto numbers = scope.reshapeLike(context.emit("Range", {scalar(0), size, scalar(1)}), x);
    const auto node = context.node();
    std::vector<ValueId> inputs(node.inputs().begin(), node.inputs().end());
    inputs[0] = numbers;
    const auto flat = [&](ValueId value) { return context.emit("Reshape", {value, context.integers({-1})}); };
    const auto places = flat(context.emit(node.op(), inputs, node.attributes()));
    const auto zeros = flat(scope.filledLike(0, x));
    const auto sums = context.emit("ScatterElements", {zeros, places, flat(context.outputGradient())},
                                   {{"axis", int64_t{0}}, {"reduction", std::string("add")}});
    context.set(0, scope.reshapeLike(sums, x));
    return {};
}

base::Error GradientContext::errorOf(fmt::string_view text, fmt::format_args args) const {
    return base::Error{fmt::format("{}: has no derivative: {}", node().label(), fmt::vformat(text, args))};
}

}  // namespace lathe::ops
