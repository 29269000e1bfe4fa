// Gemm: y = alpha * A' B' + beta * C, where A' and B' are A and B or their transposes and C broadcasts.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_gemm.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kTypes = kFloats | typeSet(tensor::DataType::int32, tensor::DataType::int64,
                                             tensor::DataType::uint32, tensor::DataType::uint64);

base::Status evaluate(EvalContext& context) {
    const auto y = gemm(context);
    if (!y) return y.error();
    return setReals(context, 0, context.in(0).type(), y->shape, y->values);
}

// With A' and B' as they are multiplied: dA' = alpha dy B'^T, dB' = alpha A'^T dy, dC = beta dy.
base::Status gradient(GradientContext& context) {
    const auto& attributes = context.attributes();
    const float alpha = attributes.real("alpha", 1), beta = attributes.real("beta", 1);
    const int64_t transA = attributes.integer("transA", 0), transB = attributes.integer("transB", 0);
    const auto dy = context.outputGradient(), a = context.input(0), b = context.input(1);
    const auto product = [&](ir::ValueId left, ir::ValueId right, int64_t turnLeft, int64_t turnRight) {
        return context.emit("Gemm", {left, right},
                            {{"alpha", alpha}, {"transA", turnLeft}, {"transB", turnRight}});
    };
    if (context.wants(0)) context.set(0, transA ? product(b, dy, transB, 1) : product(dy, b, 0, 1 - transB));
    if (context.wants(1)) context.set(1, transB ? product(dy, a, 1, transA) : product(a, dy, 1 - transA, 0));
    if (context.wants(2)) {
        const auto factor = context.scalar(static_cast<double>(beta));
        context.setReduced(2, beta == 1.0f ? dy : context.mul(factor, dy));
    }
    return {};
}

}  // namespace

Op gemmOp() {
    return {.name = "Gemm",
            .sinceVersion = 13,
            .family = Family::convolution,
            .summary = "Matrix product with addend: y = alpha A' B' + beta C",
            .inputs = gemmInputs(kTypes),
            .outputs = {{"Y", kTypes, "T"}},
            .attributes = gemmAttributes(),
            .infer = inferGemm,
            .cost = gemmCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
