// com.microsoft QLinearConcat: inputs are Y_scale, Y_zero_point, then tensor, scale, zero point in turns;
// each is quantized anew with the scale of the result before they are joined along the axis.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (context.inputCount() < 5 || (context.inputCount() - 2) % 3 != 0)
        return context.error("has {} inputs, expected 2 and then 3 a tensor", context.inputCount());
    std::optional<ir::SymbolicShape> shape;
    for (size_t i = 2; i < context.inputCount(); i += 3) {
        const auto* next = context.shape(i);
        if (!next) {
            context.setOutput(0, context.element(1), {});
            return {};
        }
        const int64_t given = context.attributes().integer("axis", 0);
        const auto axis = tensor::normalizedAxis(given, static_cast<int64_t>(next->size()));
        if (!axis)
            return context.error("axis {} is outside the {} dimensions of the inputs", given, next->size());
        if (!shape) {
            shape = *next;
            continue;
        }
        if (next->size() != shape->size())
            return context.error("inputs have {} and {} dimensions, expected the same", shape->size(),
                                 next->size());
        for (size_t k = 0; k < shape->size(); ++k) {
            auto& d = (*shape)[k];
            if (k == static_cast<size_t>(*axis))
                d = d + (*next)[k];
            else if (d.isKnown() && (*next)[k].isKnown() && !same(d, (*next)[k]))
                return context.error("inputs have sizes {} and {} on axis {}", d.toString(),
                                     (*next)[k].toString(), k);
            else if (!d.isKnown() && (*next)[k].isKnown())
                d = (*next)[k];
        }
    }
    context.setOutput(0, context.element(1), std::move(shape));
    return {};
}

base::Status evaluate(EvalContext& context) {
    if (context.inputCount() < 5 || (context.inputCount() - 2) % 3 != 0)
        return context.error("has {} inputs, expected 2 and then 3 a tensor", context.inputCount());
    for (size_t i = 2; i < context.inputCount(); ++i)
        if (i % 3 != 1 && !context.has(i)) return context.error("input {} is missing", i);
    const size_t count = (context.inputCount() - 2) / 3;
    const auto& first = context.in(2);
    const auto axis = tensor::normalizedAxis(context.attributes().integer("axis", 0), first.rank());
    if (!axis) return context.error("the axis is outside the {} dimensions of the inputs", first.rank());
    const auto at = static_cast<size_t>(*axis);
    auto shape = first.shape();
    shape[at] = 0;
    for (size_t i = 0; i < count; ++i) {
        auto other = context.in(2 + 3 * i).shape();
        if (other.size() != shape.size()) return context.error("inputs have different numbers of dimensions");
        const int64_t length = other[at];
        other[at] = shape[at];
        if (!(other == shape)) return context.error("input {} does not fit along axis {}", i, at);
        shape[at] += length;
    }
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const auto whole = splitAt(shape, at);
    Reals values(static_cast<size_t>(tensor::elementCount(shape)));
    int64_t offset = 0;
    for (size_t i = 0; i < count; ++i) {
        const auto part = dequantizedInput(context, 2 + 3 * i, 3 + 3 * i, 4 + 3 * i);
        if (!part) return part.error();
        const int64_t block = context.in(2 + 3 * i).shape()[at] * whole.inner;
        for (int64_t n = 0; n < whole.outer; ++n)
            std::copy_n(part->begin() + n * block, block,
                        values.begin() + n * whole.length * whole.inner + offset);
        offset += block;
    }
    return setQuantized(context, context.in(1).type(), shape, values, 0, 1);
}

}  // namespace

Op comMicrosoftQLinearConcatOp() {
    return {.name = "QLinearConcat",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Joins quantized tensors along an axis",
            .inputs = {{"Y_scale", typeBit(tensor::DataType::float32)},
                       {"Y_zero_point", kBytes, "T"},
                       {"inputs", kBytes | typeBit(tensor::DataType::float32), {}, Presence::variadic}},
            .outputs = {{"Y", kBytes, "T"}},
            .attributes = {requiredInteger("axis", "axis to join along")},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
