#include "engine/ops/support_sequence.h"

#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

using ir::ValueType;

std::string_view kindOf(const tensor::RuntimeValue& value) {
    constexpr std::string_view kNames[] = {"nothing", "a tensor", "a sequence", "an optional", "a map"};
    return kNames[value.content.index()];
}

}  // namespace

base::Result<ValueType> elementOfSequence(const InferContext& context, size_t input) {
    const auto& type = context.type(input);
    if (type.kind == ValueType::Kind::unknown) return ValueType{};
    if (type.kind != ValueType::Kind::sequence)
        return context.error("input {} is {}, expected a sequence", input, ir::toString(type));
    return type.inner ? *type.inner : ValueType{};
}

base::Status checkPosition(const InferContext& context, size_t input) {
    const auto* shape = context.shape(input);
    if (!shape) return {};
    for (const auto& dim : *shape)
        if (dim.isKnown() && *dim.constant() != 1)
            return context.error("position has the shape {}, expected one integer", ir::toString(*shape));
    return {};
}

base::Result<const tensor::Sequence*> sequenceOf(const EvalContext& context, size_t input) {
    if (!context.has(input)) return context.error("input {} is missing, expected a sequence", input);
    const auto& value = context.value(input);
    if (const auto* sequence = value.sequence()) return sequence;
    return context.error("input {} is {}, expected a sequence", input, kindOf(value));
}

base::Result<size_t> positionOf(const EvalContext& context, size_t input, size_t count, size_t places) {
    const auto given = integerOf(context, input, "position", 0);
    if (!given) return given.error();
    const auto length = static_cast<int64_t>(count);
    const int64_t position = *given < 0 && *given >= -length ? *given + length : *given;
    if (position < 0 || position >= static_cast<int64_t>(places))
        return context.error("position {} is outside the sequence of {} elements", *given, count);
    return static_cast<size_t>(position);
}

base::Status append(const EvalContext& context, tensor::Sequence& sequence, tensor::RuntimeValue item) {
    const auto* tensor = item.tensor();
    if (!tensor) return context.error("a sequence holds tensors, given is {}", kindOf(item));
    if (sequence.elementType == tensor::DataType::undefined && sequence.items.empty())
        sequence.elementType = tensor->type();
    if (sequence.elementType != tensor->type())
        return context.error("a tensor of type {} does not fit a sequence of {}",
                             tensor::name(tensor->type()), tensor::name(sequence.elementType));
    sequence.items.push_back(std::move(item));
    return {};
}

base::Result<tensor::Tensor> joinedTensors(const EvalContext& context,
                                           std::span<const tensor::Tensor* const> parts, int64_t given) {
    const auto& first = *parts.front();
    const auto axis = axisOf(context, given, first.rank());
    if (!axis) return axis.error();
    tensor::Shape shape = first.shape();
    for (const auto* part : parts.subspan(1)) {
        auto expected = first.shape();
        const auto& own = part->shape();
        if (own.size() == expected.size()) expected[*axis] = own[*axis];
        if (!(own == expected))
            return context.error("shapes {} and {} do not join along axis {}",
                                 tensor::toString(first.shape()), tensor::toString(own), *axis);
        shape[*axis] += own[*axis];
    }
    auto y = context.allocate(first.type(), shape);
    if (!y) return y.error();
    const Cut whole(shape, *axis);
    int64_t start = 0;
    for (const auto* part : parts) {
        const int64_t run = part->dimension(*axis) * whole.inner;
        Mover mover(*part, *y);
        if (run > 0)
            for (int64_t block = 0; block < whole.outer; ++block)
                mover.copy(block * whole.length * whole.inner + start, block * run, run);
        start += run;
    }
    return y;
}

}  // namespace lathe::ops
