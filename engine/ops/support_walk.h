// Walks the elements of one array in the row-major order of another shape: broadcasting, transposing, slicing
// and tiling are the same walk with other steps.
#pragma once

#include "engine/ops/eval_context.h"
#include "engine/tensor/shape.h"

namespace lathe::ops {

class Walk {
  public:
    // `steps[axis]` elements further for one position along that axis; starts at `offset`.
    Walk(tensor::Dimensions shape, tensor::Dimensions steps, int64_t offset = 0)
        : m_shape(shape), m_steps(steps), m_position(shape.size(), 0), m_index(offset) {}

    int64_t index() const { return m_index; }
    void next() {
        for (size_t axis = m_shape.size(); axis-- > 0;) {
            m_index += m_steps[axis];
            if (++m_position[axis] < m_shape[axis]) return;
            m_index -= m_steps[axis] * m_shape[axis];
            m_position[axis] = 0;
        }
    }
    // Where the walk is, one index an axis.
    const tensor::Shape& position() const { return m_position; }

  private:
    tensor::Shape m_shape;
    tensor::Shape m_steps;
    tensor::Shape m_position;
    int64_t m_index;
};

// Steps that repeat `from` over `to`, which it broadcasts to.
inline tensor::Shape broadcastSteps(tensor::Dimensions from, tensor::Dimensions to) {
    tensor::Shape steps(to.size(), 0);
    const auto own = tensor::strides(from);
    const size_t lead = to.size() - from.size();
    for (size_t i = 0; i < from.size(); ++i)
        if (from[i] != 1) steps[lead + i] = own[i];
    return steps;
}

// The shape all inputs of a call broadcast to, or an error that names the shapes.
inline base::Result<tensor::Shape> broadcastInputs(const EvalContext& context) {
    tensor::Shape shape;
    if (context.inputCount() == 0) return context.error("has no inputs");
    for (size_t i = 0; i < context.inputCount(); ++i) {
        if (!context.has(i)) continue;
        const auto merged = tensor::broadcast(shape, context.in(i).shape());
        if (!merged)
            return context.error("shapes {} and {} do not broadcast", tensor::toString(shape),
                                 tensor::toString(context.in(i).shape()));
        shape = *merged;
    }
    return shape;
}

// An array cut at one axis: `outer` blocks of `length` rows of `inner` elements.
struct Cut {
    int64_t outer = 1, length = 1, inner = 1;
    Cut(tensor::Dimensions shape, size_t axis) {
        for (size_t i = 0; i < shape.size(); ++i) (i < axis ? outer : i == axis ? length : inner) *= shape[i];
    }
};

}  // namespace lathe::ops
