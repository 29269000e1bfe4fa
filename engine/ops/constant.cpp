// Constant: a value written in the model.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"

namespace lathe::ops {
namespace {

constexpr uint64_t kLargestDense = uint64_t{1} << 32;

// A sparse tensor with its zeros written out. Indices are linear or one row of axes an element.
base::Result<tensor::Tensor> denseOf(const ir::SparseTensor& sparse, const auto& context) {
    const auto count = tensor::checkedElementCount(sparse.shape);
    const auto bytes = tensor::checkedByteSize(sparse.values.type(), sparse.shape);
    if (!count || !bytes || *bytes > kLargestDense)
        return context.error("sparse_value of shape {} is too large", tensor::toString(sparse.shape));
    const auto rank = sparse.shape.size();
    const bool linear = sparse.indices.rank() == 1;
    const auto stored = sparse.values.elementCount();
    if (sparse.indices.elementCount() != (linear ? stored : stored * static_cast<int64_t>(rank)))
        return context.error("sparse_value has {} values and {} indices", stored,
                             sparse.indices.elementCount());
    auto dense = tensor::Tensor::zeros(sparse.values.type(), sparse.shape);
    const auto steps = tensor::strides(sparse.shape);
    Mover mover(sparse.values, dense);
    for (int64_t i = 0; i < stored; ++i) {
        int64_t at = linear ? sparse.indices.integerAt(i) : 0;
        for (size_t d = 0; d < rank && !linear; ++d) {
            const auto index =
                sparse.indices.integerAt(i * static_cast<int64_t>(rank) + static_cast<int64_t>(d));
            if (index < 0 || index >= sparse.shape[d])
                return context.error("sparse_value has an index outside");
            at += index * steps[d];
        }
        if (at < 0 || at >= *count) return context.error("sparse_value has an index outside");
        mover.copy(at, i);
    }
    return dense;
}

base::Result<tensor::Tensor> valueOf(const ir::Attributes& attributes, const auto& context) {
    using tensor::Tensor;
    if (const auto* value = attributes.tensor("value")) return *value;
    for (const auto& [key, value] : attributes) {
        if (key == "value_float" && std::holds_alternative<float>(value))
            return Tensor::scalar(std::get<float>(value));
        if (key == "value_int" && std::holds_alternative<int64_t>(value))
            return Tensor::scalar(std::get<int64_t>(value));
        if (key == "value_string" && std::holds_alternative<std::string>(value))
            return Tensor::scalar(std::get<std::string>(value));
        if (key == "value_floats") return Tensor::vector<float>(attributes.reals(key));
        if (key == "value_ints") return Tensor::vector<int64_t>(attributes.integers(key));
        if (key == "value_strings") return Tensor::vector<std::string>(attributes.texts(key));
        if (key == "sparse_value" && std::holds_alternative<ir::SparseTensor>(value))
            return denseOf(std::get<ir::SparseTensor>(value), context);
    }
    return context.error("has none of the value attributes");
}

base::Status infer(InferContext& context) {
    const auto value = valueOf(context.attributes(), context);
    if (!value) return value.error();
    context.setOutput(0, value->type(), ir::symbolicShape(value->shape()));
    const bool countable = tensor::isInteger(value->type()) || value->type() == tensor::DataType::boolean;
    if (countable && value->rank() <= 1 && value->elementCount() <= kContentsLimit) {
        const auto items = tensor::toIntegers(*value);
        context.setContents(0, SymbolicContents(items.begin(), items.end()));
    }
    return {};
}

// Nothing is computed and nothing read: the value is in the model.
Cost cost(const CostContext&) { return {}; }

base::Status evaluate(EvalContext& context) {
    auto value = valueOf(context.attributes(), context);
    if (!value) return value.error();
    context.set(0, std::move(*value));
    return {};
}

}  // namespace

Op constantOp() {
    return {.name = "Constant",
            .sinceVersion = 25,
            .family = Family::control,
            .summary = "y = the value of the one attribute that is set",
            .inputs = {},
            .outputs = {{"output", kAnyType}},
            .attributes = {realAttribute("value_float", 0, "a float32 scalar"),
                           realsAttribute("value_floats", "a float32 vector"),
                           integerAttribute("value_int", 0, "an int64 scalar"),
                           integersAttribute("value_ints", "an int64 vector"),
                           textAttribute("value_string", "", "a string scalar"),
                           textsAttribute("value_strings", "a string vector")},
            .otherAttributes = {"value", "sparse_value"},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
