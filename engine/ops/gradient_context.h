// What a derivative rule sees and builds: one forward node, the gradients of its outputs as values of the
// graph, and the nodes that make those of its inputs.
//
// A gradient of a value is a tensor of its shape and type: dy/dx summed over all elements of y, each weighted
// with what the rest of the graph makes of it.
#pragma once

#include <fmt/core.h>

#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/ops/gradient_scope.h"

namespace lathe::ops {

class GradientContext {
  public:
    // `outputGradients`: one item an output, invalid where y does not depend on that output. `wanted`: one
    // item an input.
    GradientContext(GradientScope& scope, ir::NodeId node, std::vector<ir::ValueId> outputGradients,
                    std::vector<bool> wanted);

    ir::Node node() const { return m_scope.graph().node(m_node); }
    const ir::Attributes& attributes() const { return node().attributes(); }
    size_t inputCount() const { return m_wanted.size(); }
    size_t outputCount() const { return m_outputGradients.size(); }
    bool has(size_t i) const { return input(i).valid(); }
    ir::ValueId input(size_t i) const { return node().input(i); }
    ir::ValueId output(size_t i = 0) const { return node().output(i); }
    const ir::ValueType& type(ir::ValueId value) const { return m_scope.graph().value(value).type(); }
    // -1 when it is not known.
    int64_t rank(ir::ValueId value) const { return type(value).rank(); }
    // The tensor of a constant input, or null.
    const tensor::Tensor* constantInput(size_t i) const;

    // Invalid when y does not depend on that output.
    ir::ValueId outputGradient(size_t i = 0) const { return m_outputGradients[i]; }
    // False when nothing asks for the gradient of that input.
    bool wants(size_t i) const { return i < m_wanted.size() && m_wanted[i]; }
    // An input whose gradient is never set has none.
    void set(size_t i, ir::ValueId gradient) { m_gradients[i] = gradient; }
    // The same for a gradient in the shape that broadcasting gave.
    void setReduced(size_t i, ir::ValueId gradient) { set(i, reduced(gradient, input(i))); }
    // Summed over the axes that `like` was stretched along.
    ir::ValueId reduced(ir::ValueId gradient, ir::ValueId like);

    GradientScope& scope() const { return m_scope; }
    ir::ValueId emit(std::string_view op, std::vector<ir::ValueId> inputs, ir::Attributes attributes = {}) {
        return m_scope.emit(op, std::move(inputs), std::move(attributes));
    }
    // The number in the element type of the first input.
    ir::ValueId scalar(double value) { return m_scope.scalar(value, input(0)); }
    ir::ValueId integers(std::initializer_list<int64_t> values) { return m_scope.integers(values); }
    ir::ValueId add(ir::ValueId a, ir::ValueId b) { return emit("Add", {a, b}); }
    ir::ValueId sub(ir::ValueId a, ir::ValueId b) { return emit("Sub", {a, b}); }
    ir::ValueId mul(ir::ValueId a, ir::ValueId b) { return emit("Mul", {a, b}); }
    ir::ValueId div(ir::ValueId a, ir::ValueId b) { return emit("Div", {a, b}); }
    ir::ValueId neg(ir::ValueId a) { return emit("Neg", {a}); }
    ir::ValueId where(ir::ValueId condition, ir::ValueId a, ir::ValueId b) {
        return emit("Where", {condition, a, b});
    }
    // Summed over these axes; none: the value itself.
    ir::ValueId sum(ir::ValueId value, std::vector<int64_t> axes, bool keep);
    // How many elements of `many` there are for one of `few`, as a scalar of their type.
    ir::ValueId ratio(ir::ValueId many, ir::ValueId few);

    // This axis of the first input and all behind it.
    base::Result<std::vector<int64_t>> axesFrom(int64_t first) const;

    const std::vector<ir::ValueId>& gradients() const { return m_gradients; }

    // "Conv "conv_12": has no derivative: ...".
    template <typename... Args>
    base::Error error(fmt::format_string<Args...> text, Args&&... args) const {
        return errorOf(text, fmt::make_format_args(args...));
    }

  private:
    base::Error errorOf(fmt::string_view text, fmt::format_args args) const;
    bool reduceStatically(ir::ValueId& gradient, ir::ValueId like);

    GradientScope& m_scope;
    ir::NodeId m_node;
    std::vector<ir::ValueId> m_outputGradients, m_gradients;
    std::vector<bool> m_wanted;
    bool m_complete;  // every input has a shape without unknown sizes
};

// --- rules that several ops share

// For steps: zero wherever there is a derivative.
base::Status zeroGradient(GradientContext& context);
// For ops that only change the shape.
base::Status reshapeGradient(GradientContext& context);
// For ops that pick elements of input 0 by their other inputs and attributes: what they pick of the numbered
// elements tells where each gradient goes back to.
base::Status pickGradient(GradientContext& context);

}  // namespace lathe::ops
