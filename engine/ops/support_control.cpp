#include "engine/ops/support_control.h"

#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {

ir::ValueType joined(const ir::ValueType& a, const ir::ValueType& b) {
    if (a == b || b.kind == ir::ValueType::Kind::unknown) return a;
    if (a.kind == ir::ValueType::Kind::unknown) return b;
    if (a.kind != b.kind) return {};
    ir::ValueType result = a;
    if (a.element != b.element) result.element = tensor::DataType::undefined;
    if (!a.shape || !b.shape || a.shape->size() != b.shape->size()) {
        result.shape.reset();
    } else {
        for (size_t i = 0; i < a.shape->size(); ++i)
            if (!same((*a.shape)[i], (*b.shape)[i])) (*result.shape)[i] = ir::Dim::unknown();
    }
    if (a.inner && b.inner) result.inner = std::make_shared<const ir::ValueType>(joined(*a.inner, *b.inner));
    return result;
}

base::Result<tensor::Tensor> stacked(const EvalContext& context, const std::vector<tensor::Tensor>& steps,
                                     tensor::DataType type, size_t axis, bool reversed) {
    if (steps.empty()) return context.allocate(type, tensor::Shape{0});
    const auto& first = steps.front();
    if (axis > first.shape().size())
        return context.error("the scan axis {} does not fit rank {}", axis, first.rank() + 1);
    tensor::Shape shape = first.shape();
    shape.insert(shape.begin() + axis, static_cast<int64_t>(steps.size()));
    auto result = context.allocate(first.type(), shape);
    if (!result) return result.error();
    const Cut cut(shape, axis);
    for (size_t i = 0; i < steps.size(); ++i) {
        const auto& step = steps[i];
        if (!(step.shape() == first.shape()) || step.type() != first.type())
            return context.error("step {} gives {}, the first gave {}", i,
                                 tensor::toString(step.type(), step.shape()),
                                 tensor::toString(first.type(), first.shape()));
        if (step.empty()) continue;
        Mover mover(step, *result);
        const auto row = static_cast<int64_t>(reversed ? steps.size() - 1 - i : i);
        for (int64_t block = 0; block < cut.outer; ++block)
            mover.copy((block * cut.length + row) * cut.inner, block * cut.inner, cut.inner);
    }
    return result;
}

base::Result<tensor::Tensor> stepOf(const EvalContext& context, const tensor::Tensor& whole, size_t axis,
                                    int64_t index) {
    tensor::Shape shape = whole.shape();
    const Cut cut(shape, axis);
    shape.erase(shape.begin() + axis);
    auto result = context.allocate(whole.type(), shape);
    if (!result) return result.error();
    Mover mover(whole, *result);
    if (!result->empty())
        for (int64_t block = 0; block < cut.outer; ++block)
            mover.copy(block * cut.inner, (block * cut.length + index) * cut.inner, cut.inner);
    return result;
}

}  // namespace lathe::ops
