// OptionalGetElement: the value that an optional holds; a tensor or a sequence is its own value.
#include "engine/ops/check.h"
#include "engine/ops/op.h"

namespace lathe::ops {
namespace {

using Kind = ir::ValueType::Kind;

base::Status infer(InferContext& context) {
    const auto& type = context.type(0);
    if (type.kind == Kind::map)
        return context.error("input 0 is {}, expected an optional, a tensor or a sequence",
                             ir::toString(type));
    if (type.kind == Kind::optional) {
        context.setOutput(0, type.inner ? *type.inner : ir::ValueType{});
        return {};
    }
    context.setOutput(0, type);
    if (auto contents = context.contents(0)) context.setContents(0, std::move(*contents));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto* optional = context.value(0).optional();
    if (optional && !optional->value) return context.error("the optional is empty: it holds no value to get");
    context.set(0, optional ? *optional->value : context.value(0));
    return {};
}

}  // namespace

Op optionalGetElementOp() {
    return {.name = "OptionalGetElement",
            .sinceVersion = 18,
            .family = Family::control,
            .summary = "value that an optional holds",
            .inputs = {{"input", kAnyValue}},
            .outputs = {{"output", kAnyType}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
