// Gradient: output i = dy/dx_i, summed over the elements of y. Inputs are the values of what the attributes
// xs and zs name, in that order.
//
// The ONNX reader replaces the node by those that compute it. One that is left led through an op whose
// derivative is not known; it is shown and cannot be run.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kGradients = typeSet(tensor::DataType::float16, tensor::DataType::float32,
                                       tensor::DataType::float64, tensor::DataType::bfloat16);

base::Status infer(InferContext& context) {
    const auto xs = context.attributes().texts("xs"), zs = context.attributes().texts("zs");
    if (context.inputCount() != xs.size() + zs.size())
        return context.error("has {} inputs, but xs and zs name {} values", context.inputCount(),
                             xs.size() + zs.size());
    if (context.outputCount() > xs.size())
        return context.error("has {} outputs, but xs names {} values", context.outputCount(), xs.size());
    for (size_t i = 0; i < context.outputCount(); ++i) context.setOutput(i, context.type(i));
    return {};
}

}  // namespace

Op aiOnnxPreviewTrainingGradientOp() {
    return {.name = "Gradient",
            .domain = "ai.onnx.preview.training",
            .sinceVersion = 1,
            .family = Family::control,
            .summary = "The derivatives of y with respect to each of xs",
            .inputs = {{"Inputs", kAnyType, {}, Presence::variadic}},
            .outputs = {{"Outputs", kGradients, {}, Presence::variadic}},
            .attributes = {textsAttribute("xs", "names of the values to differentiate by", true),
                           textsAttribute("zs", "names of the other values that y depends on"),
                           {.name = "y",
                            .type = base::ParamType::text,
                            .defaultValue = std::string(),
                            .help = "name of the value to differentiate",
                            .required = true}},
            .infer = infer};
}

}  // namespace lathe::ops
