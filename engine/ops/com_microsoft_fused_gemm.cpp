// com.microsoft FusedGemm: y = activation(alpha * A' B' + beta * C).
#include "engine/ops/op.h"
#include "engine/ops/support_activation.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_gemm.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kTypes = kFloats | typeSet(tensor::DataType::int32, tensor::DataType::int64,
                                             tensor::DataType::uint32, tensor::DataType::uint64);

base::Status infer(InferContext& context) {
    if (const auto name = context.attributes().text("activation", ""); !name.empty() && !findActivation(name))
        return context.error("activation {} is not known", name);
    return inferGemm(context);
}

base::Status evaluate(EvalContext& context) {
    auto y = gemm(context);
    if (!y) return y.error();
    const auto& attributes = context.attributes();
    if (const auto* info = findActivation(attributes.text("activation", ""))) {
        // The second parameter of Selu is called gamma, that of all others beta.
        const auto second = info->kind == Activation::Kind::selu ? "activation_gamma" : "activation_beta";
        const auto parameter = [&](std::string_view name, double otherwise) {
            return attributes.has(name) ? static_cast<double>(attributes.real(name, 0)) : otherwise;
        };
        const Activation activation(info->kind, parameter("activation_alpha", info->defaultAlpha),
                                    parameter(second, info->defaultBeta));
        for (auto& value : y->values) value = activation(value);
    }
    return setReals(context, 0, context.in(0).type(), y->shape, y->values);
}

}  // namespace

Op comMicrosoftFusedGemmOp() {
    auto attributes = gemmAttributes();
    attributes.push_back(textAttribute("activation", "", "name of the function; none: no function"));
    attributes.push_back(realAttribute("activation_alpha", 0, "first parameter; none: that of the operator"));
    attributes.push_back(realAttribute("activation_beta", 0, "second parameter"));
    attributes.push_back(realAttribute("activation_gamma", 0, "second parameter of Selu"));
    return {.name = "FusedGemm",
            .domain = kMicrosoft,
            .family = Family::convolution,
            .summary = "y = activation(alpha A' B' + beta C)",
            .inputs = gemmInputs(kTypes),
            .outputs = {{"Y", kTypes, "T"}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = gemmCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
