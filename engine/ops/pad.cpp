// Pad: x with elements added before and after along axes (or cut off where a pad is negative): a constant,
// the edge, the mirror image without the edge, or x again from the other side (wrap).
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    if (!shape) {
        context.setOutput(0, context.element(0), std::nullopt);
        return {};
    }
    const auto pads = context.contents(1);
    std::vector<int64_t> axes;
    if (context.has(3)) {
        const auto known = knownIntegers(context, 3);
        if (!known) {
            context.setOutput(0, context.element(0), unknownShape(shape->size()));
            return {};
        }
        axes = *known;
    } else {
        for (size_t i = 0; i < shape->size(); ++i) axes.push_back(static_cast<int64_t>(i));
    }
    const auto list = axesOf(context, axes, static_cast<int64_t>(shape->size()));
    if (!list) return list.error();
    if (pads && pads->size() != 2 * list->size())
        return context.error("pads has {} items, expected {} for {} axes", pads->size(), 2 * list->size(),
                             list->size());
    ir::SymbolicShape result = *shape;
    for (size_t i = 0; i < list->size(); ++i) {
        auto& d = result[(*list)[i]];
        d = pads ? d + (*pads)[i] + (*pads)[i + list->size()] : ir::Dim::unknown();
        if (d.isKnown() && *d.constant() < 0)
            return context.error("axis {} would have size {}", (*list)[i], d.toString());
    }
    context.setOutput(0, context.element(0), std::move(result));
    return {};
}

enum class Mode { constant, reflect, edge, wrap };

// The place in x of place `i` (counted from the start of x); -1 where nothing of x is shown.
int64_t source(int64_t i, int64_t size, Mode mode) {
    if (i >= 0 && i < size) return i;
    switch (mode) {
        case Mode::constant:
            return -1;
        case Mode::edge:
            return i < 0 ? 0 : size - 1;
        case Mode::wrap:
            return (i % size + size) % size;
        case Mode::reflect: {
            if (size == 1) return 0;
            // The image repeats after there and back again.
            const int64_t period = 2 * (size - 1), place = (i % period + period) % period;
            return place < size ? place : period - place;
        }
    }
    return -1;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto text = context.attributes().text("mode", "constant");
    const auto mode = text == "reflect" ? Mode::reflect
                      : text == "edge"  ? Mode::edge
                      : text == "wrap"  ? Mode::wrap
                                        : Mode::constant;
    const auto pads = integersOf(context, 1);
    auto axes = integersOf(context, 3);
    for (int64_t i = 0; !context.has(3) && i < x.rank(); ++i) axes.push_back(i);
    const auto list = axesOf(context, axes, x.rank());
    if (!list) return list.error();
    if (pads.size() != 2 * list->size())
        return context.error("pads has {} items, expected {} for {} axes", pads.size(), 2 * list->size(),
                             list->size());
    tensor::Shape shape = x.shape(), before(shape.size(), 0);
    for (size_t i = 0; i < list->size(); ++i) {
        const size_t axis = (*list)[i];
        before[axis] = pads[i];
        int64_t size = 0;
        if (__builtin_add_overflow(shape[axis], pads[i], &size) ||
            __builtin_add_overflow(size, pads[i + list->size()], &size) || size < 0)
            return context.error("axis {} cannot be padded by {} and {}", axis, pads[i],
                                 pads[i + list->size()]);
        shape[axis] = size;
        if (mode != Mode::constant && x.shape()[axis] == 0 && size > 0)
            return context.error("axis {} is empty; only constants can pad it", axis);
    }
    if (context.has(2) && (context.in(2).elementCount() != 1 || context.in(2).type() != x.type()))
        return context.error("the padding value is {}, expected one element of type {}",
                             tensor::toString(context.in(2).type(), context.in(2).shape()), name(x.type()));
    auto y = context.allocate(x.type(), shape);
    if (!y) return y.error();
    if (mode == Mode::constant && context.has(2)) fill(*y, &context.in(2));
    const auto steps = tensor::strides(x.shape());
    Mover mover(x, *y);
    Walk to(shape, steps);
    for (int64_t i = 0; i < y->elementCount(); ++i, to.next()) {
        int64_t from = 0;
        for (size_t d = 0; d < shape.size() && from >= 0; ++d) {
            const int64_t place = source(to.position()[d] - before[d], x.shape()[d], mode);
            from = place < 0 ? -1 : from + place * steps[d];
        }
        if (from >= 0) mover.copy(i, from);
    }
    context.set(0, std::move(*y));
    return {};
}

// The constant mode undone by the negative pads; what the other modes copied goes back where it came from.
base::Status gradient(GradientContext& context) {
    if (context.attributes().text("mode", "constant") != "constant") return pickGradient(context);
    const auto dy = context.outputGradient();
    std::vector<ir::ValueId> inputs{dy, context.neg(context.input(1))};
    if (context.has(3)) {
        inputs.push_back({});
        inputs.push_back(context.input(3));
    }
    const auto inside = context.emit("Pad", inputs);
    if (context.wants(0)) context.set(0, inside);
    if (context.wants(2)) {
        const auto total = [&](ir::ValueId value) {
            return context.emit("ReduceSum", {value}, {{"keepdims", int64_t{0}}});
        };
        context.set(2, context.scope().reshapeLike(context.sub(total(dy), total(inside)), context.input(2)));
    }
    return {};
}

}  // namespace

Op padOp() {
    return {.name = "Pad",
            .sinceVersion = 25,
            .family = Family::shape,
            .summary = "y = x with elements added around it",
            .inputs = {{"data", kAnyType, "T"},
                       {"pads", kInt64},
                       {"constant_value", kAnyType, "T", Presence::optional},
                       {"axes", kIndices, {}, Presence::optional}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {choiceAttribute("mode", {"constant", "reflect", "edge", "wrap"}, "constant",
                                           "what is added")},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
