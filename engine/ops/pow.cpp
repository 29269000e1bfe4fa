// Pow: z = x to the power of y, broadcast; z has the type of x. Whole powers of integers wrap around,
// others are computed as reals; a result that does not fit an integer goes to the end of its range.
#include <cmath>
#include <type_traits>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

// By squaring, modulo 2^64; a negative exponent leaves 0 except for bases 1 and -1.
template <typename W>
W power(W base, const tensor::Tensor& exponents, int64_t index) {
    if constexpr (std::is_integral_v<W>) {
        const int64_t signedExponent = exponents.integerAt(index);
        const bool negative = tensor::isSigned(exponents.type()) && signedExponent < 0;
        if (negative && base != 1 && base != static_cast<W>(-1)) return 0;
        uint64_t result = 1, factor = static_cast<uint64_t>(base);
        for (auto exponent = static_cast<uint64_t>(signedExponent); exponent != 0; exponent >>= 1) {
            if (exponent & 1) result *= factor;
            factor *= factor;
        }
        return static_cast<W>(result);
    } else {
        return std::pow(base, exponents.realAt(index));
    }
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &y = context.in(1);
    const auto shape = broadcastInputs(context);
    if (!shape) return shape.error();
    auto z = context.allocate(x.type(), *shape);
    if (!z) return z.error();
    Walk i(*shape, broadcastSteps(x.shape(), *shape)), j(*shape, broadcastSteps(y.shape(), *shape));
    const bool whole = tensor::isInteger(x.type()) && tensor::isInteger(y.type());
    visitWide(whole ? x.type() : tensor::DataType::float64, [&](auto tag) {
        using W = typename decltype(tag)::type;
        const auto bases = widened<W>(x);
        std::vector<W> values(static_cast<size_t>(z->elementCount()));
        for (auto& value : values) {
            value = power(bases[static_cast<size_t>(i.index())], y, j.index());
            i.next(), j.next();
        }
        narrow<W>(values, *z);
    });
    context.set(0, std::move(*z));
    return {};
}

// dx = dy * y * x^(y - 1), dy = dz * z * ln(x); the factors 0 win over what is infinite beside them.
base::Status gradient(GradientContext& context) {
    const auto dz = context.outputGradient(), x = context.input(0), z = context.output();
    const auto exponent = context.scope().castLike(context.input(1), x);
    const auto zero = context.scalar(0);
    if (context.wants(0)) {
        const auto power = context.emit("Pow", {x, context.sub(exponent, context.scalar(1))});
        const auto slope =
            context.where(context.emit("Equal", {exponent, zero}), zero, context.mul(exponent, power));
        context.setReduced(0, context.mul(dz, slope));
    }
    if (context.wants(1)) {
        const auto flat = context.emit(
            "And", {context.emit("Equal", {x, zero}), context.emit("GreaterOrEqual", {exponent, zero})});
        const auto slope = context.where(flat, zero, context.mul(z, context.emit("Log", {x})));
        context.set(1, context.scope().castLike(context.reduced(context.mul(dz, slope), context.input(1)),
                                                context.input(1)));
    }
    return {};
}

}  // namespace

Op powOp() {
    return {.name = "Pow",
            .sinceVersion = 15,
            .family = Family::elementwise,
            .summary = "z = x ^ y",
            .inputs = {{"X", kNumbers, "T"}, {"Y", kNumbers, "T1"}},
            .outputs = {{"Z", kNumbers, "T"}},
            .attributes = {},
            .infer = inferBroadcast,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
