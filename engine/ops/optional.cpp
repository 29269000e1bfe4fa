// Optional: a value that holds the input, or that is empty and only has a type.
#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_control.h"

namespace lathe::ops {
namespace {

using Kind = ir::ValueType::Kind;

base::Status infer(InferContext& context) {
    const auto* attribute = context.attributes().find("type");
    const auto* said = attribute ? std::get_if<ir::ValueType>(attribute) : nullptr;
    if (attribute && !said) return context.error("attribute type is no type");
    if (!context.has(0)) {
        if (!said) return context.error("has neither an input nor the attribute type: one of them is needed");
        context.setOutput(0, ir::ValueType::optionalOf(*said));
        return {};
    }
    const auto& given = context.type(0);
    if (given.kind == Kind::optional || given.kind == Kind::map)
        return context.error("input 0 is {}, expected a tensor or a sequence", ir::toString(given));
    const bool kindsDiffer =
        said && given.kind != Kind::unknown && said->kind != Kind::unknown && given.kind != said->kind;
    const bool typesDiffer = said && given.element != said->element &&
                             given.element != tensor::DataType::undefined &&
                             said->element != tensor::DataType::undefined;
    if (kindsDiffer || typesDiffer)
        return context.error("input 0 is {}, the attribute type says {}", ir::toString(given),
                             ir::toString(*said));
    context.setOutput(0, ir::ValueType::optionalOf(given.kind == Kind::unknown && said ? *said : given));
    return {};
}

base::Status evaluate(EvalContext& context) {
    tensor::Optional result;
    if (context.has(0)) result.value = std::make_shared<const tensor::RuntimeValue>(context.value(0));
    context.set(0, std::move(result));
    return {};
}

}  // namespace

Op optionalOp() {
    return {.name = "Optional",
            .sinceVersion = 15,
            .family = Family::control,
            .summary = "optional that holds the input, or an empty one",
            .inputs = {{"input", kAnyValue, {}, Presence::optional}},
            .outputs = {{"output", kAnyType}},
            .attributes = {},
            .otherAttributes = {"type"},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
