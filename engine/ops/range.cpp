// Range: start, start + delta, ... as long as it is below limit (above it for a negative delta).
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {
namespace {

using tensor::DataType;

constexpr TypeSet kCounted = kFloats | typeSet(DataType::int16, DataType::int32, DataType::int64);

// Elements from the values of constant inputs; nothing when one is not known.
std::optional<double> realOf(const InferContext& context, size_t i) {
    const auto* constant = context.constant(i);
    if (!constant || constant->elementCount() != 1) return {};
    return constant->realAt(0);
}

base::Status infer(InferContext& context) {
    const auto element = context.element(0);
    if (tensor::isFloat(element)) {
        const auto start = realOf(context, 0), limit = realOf(context, 1), delta = realOf(context, 2);
        ir::Dim count = ir::Dim::unknown();
        if (start && limit && delta && *delta != 0) {
            const double exact = std::ceil((*limit - *start) / *delta);
            if (exact < 1e15) count = static_cast<int64_t>(std::max(exact, 0.0));
        }
        context.setOutput(0, element,
                          ir::SymbolicShape{count.isUnknown() ? context.freshDim("count") : count});
        return {};
    }
    const auto start = context.contents(0), limit = context.contents(1), delta = context.contents(2);
    const bool known =
        start && limit && delta && start->size() == 1 && limit->size() == 1 && delta->size() == 1;
    if (known && (*delta)[0] == ir::Dim(0)) return context.error("delta is 0");
    auto count = ir::Dim::unknown();
    if (known) {
        // Downwards is upwards with all signs turned.
        const bool down = (*delta)[0].isKnown() && *(*delta)[0].constant() < 0;
        const auto distance = (*limit)[0] - (*start)[0], step = (*delta)[0];
        const auto steps = down ? ceilDiv(ir::Dim(0) - distance, ir::Dim(0) - step) : ceilDiv(distance, step);
        if (down || provenAtLeast(step, 1)) count = max(steps, ir::Dim(0));
    }
    if (count.isUnknown()) count = context.freshDim("count");
    context.setOutput(0, element, ir::SymbolicShape{count});
    if (!known || count.constantOr(kContentsLimit + 1) > kContentsLimit) return {};
    SymbolicContents contents;
    for (int64_t i = 0; i < *count.constant(); ++i)
        contents.push_back((*start)[0] + (*delta)[0] * ir::Dim(i));
    context.setContents(0, std::move(contents));
    return {};
}

base::Status evaluate(EvalContext& context) {
    for (size_t i = 0; i < 3; ++i)
        if (context.in(i).elementCount() != 1)
            return context.error("input {} has {} elements, expected 1", i, context.in(i).elementCount());
    const auto type = context.in(0).type();
    return visitWide(type, [&](auto tag) -> base::Status {
        using W = typename decltype(tag)::type;
        const W start = widened<W>(context.in(0))[0], limit = widened<W>(context.in(1))[0],
                delta = widened<W>(context.in(2))[0];
        if (delta == 0) return context.error("delta is 0");
        // In long double an int64 difference is exact on this machine's widest type and close elsewhere.
        const long double exact =
            std::ceil((static_cast<long double>(limit) - static_cast<long double>(start)) /
                      static_cast<long double>(delta));
        if (!(exact < 1e15L)) return context.error("from {} to {} by {} is too long", start, limit, delta);
        auto y = context.allocate(type, tensor::Shape{static_cast<int64_t>(std::max(exact, 0.0L))});
        if (!y) return y.error();
        std::vector<W> values(static_cast<size_t>(y->elementCount()));
        for (size_t i = 0; i < values.size(); ++i)
            values[i] = wrappingAdd(start, wrappingMultiply(static_cast<W>(i), delta));
        narrow<W>(values, *y);
        context.set(0, std::move(*y));
        return {};
    });
}

}  // namespace

Op rangeOp() {
    return {.name = "Range",
            .sinceVersion = 11,
            .family = Family::shape,
            .summary = "y = start, start + delta, ... up to limit",
            .inputs = {{"start", kCounted, "T"}, {"limit", kCounted, "T"}, {"delta", kCounted, "T"}},
            .outputs = {{"output", kCounted, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
