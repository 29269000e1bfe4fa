// EyeLike: a matrix of the size of x with ones on diagonal k (above the main one for positive k), zeros
// elsewhere.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_cast.h"

namespace lathe::ops {
namespace {

base::Result<tensor::DataType> typeOf(const auto& context, tensor::DataType own) {
    if (!context.attributes().has("dtype")) return own;
    const auto given = context.attributes().integer("dtype", 0);
    const auto type = static_cast<tensor::DataType>(given);
    if (given < 1 || given >= tensor::kDataTypeCount || !castable(type) || type == tensor::DataType::string)
        return context.error("dtype is {}, which is no number type", given);
    return type;
}

base::Status infer(InferContext& context) {
    const auto type = typeOf(context, context.element(0));
    if (!type) return type.error();
    const auto* shape = context.shape(0);
    if (shape && shape->size() != 2) return context.error("the input has rank {}, expected 2", shape->size());
    context.setOutput(0, *type, shape ? *shape : ir::SymbolicShape(2, ir::Dim::unknown()));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto type = typeOf(context, x.type());
    if (!type) return type.error();
    if (x.rank() != 2) return context.error("the input has rank {}, expected 2", x.rank());
    const int64_t k = context.attributes().integer("k", 0);
    auto bits = context.allocate(tensor::DataType::boolean, x.shape());
    if (!bits) return bits.error();
    const auto ones = bits->mutableValues<bool>();
    for (int64_t i = 0; i < x.dimension(0); ++i) {
        int64_t j = 0;
        if (!__builtin_add_overflow(i, k, &j) && j >= 0 && j < x.dimension(1))
            ones[static_cast<size_t>(i * x.dimension(1) + j)] = true;
    }
    auto y = context.allocate(*type, x.shape());
    if (!y) return y.error();
    if (auto ok = castElements(*bits, *y, {}); !ok) return ok;
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op eyeLikeOp() {
    return {
        .name = "EyeLike",
        .sinceVersion = 22,
        .family = Family::shape,
        .summary = "y[i, i + k] = 1, else 0",
        .inputs = {{"input", kNumbers | kBool}},
        .outputs = {{"output", kNumbers | kBool}},
        .attributes = {integerAttribute("dtype", 0,
                                        "number of the element type in the ONNX standard; absent: that of x"),
                       integerAttribute("k", 0, "diagonal, above the main one when positive")},
        .infer = infer,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
