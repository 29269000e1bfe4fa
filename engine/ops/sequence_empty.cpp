// SequenceEmpty: a sequence without elements, for tensors of one element type.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"

namespace lathe::ops {
namespace {

tensor::DataType elementOf(const ir::Attributes& attributes) {
    return static_cast<tensor::DataType>(attributes.integer("dtype", 1));
}

base::Status infer(InferContext& context) {
    context.setOutput(0, ir::ValueType::sequenceOf(ir::ValueType::tensorOf(elementOf(context.attributes()))));
    return {};
}

base::Status evaluate(EvalContext& context) {
    context.set(0, tensor::Sequence{elementOf(context.attributes()), {}});
    return {};
}

base::ParamSpec elementAttribute() {
    auto spec = integerAttribute("dtype", 1, "element type of the tensors, as a number of the standard");
    spec.minimum = 1;
    spec.maximum = tensor::kDataTypeCount - 1;
    return spec;
}

}  // namespace

Op sequenceEmptyOp() {
    return {.name = "SequenceEmpty",
            .sinceVersion = 11,
            .family = Family::control,
            .summary = "sequence without elements",
            .inputs = {},
            .outputs = {{"output", kAnyType}},
            .attributes = {elementAttribute()},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
