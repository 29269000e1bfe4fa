// OptionalHasElement: whether there is a value: true for tensors and sequences, too; false where the input is
// omitted.
#include "engine/ops/check.h"
#include "engine/ops/op.h"

namespace lathe::ops {
namespace {

using Kind = ir::ValueType::Kind;

base::Status infer(InferContext& context) {
    const auto kind = context.type(0).kind;
    if (kind == Kind::map)
        return context.error("input 0 is {}, expected an optional, a tensor or a sequence",
                             ir::toString(context.type(0)));
    context.setOutput(0, tensor::DataType::boolean, ir::SymbolicShape{});
    if (!context.has(0))
        context.setContents(0, {ir::Dim(0)});
    else if (kind == Kind::tensor || kind == Kind::sequence)
        context.setContents(0, {ir::Dim(1)});
    return {};
}

base::Status evaluate(EvalContext& context) {
    bool there = context.has(0);
    if (there)
        if (const auto* optional = context.value(0).optional()) there = optional->value != nullptr;
    context.set(0, tensor::Tensor::scalar(there));
    return {};
}

}  // namespace

Op optionalHasElementOp() {
    return {.name = "OptionalHasElement",
            .sinceVersion = 18,
            .family = Family::control,
            .summary = "true where an optional holds a value",
            .inputs = {{"input", kAnyValue, {}, Presence::optional}},
            .outputs = {{"output", kBool}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
