#include "engine/ops/fold_small.h"

#include <algorithm>

#include "engine/ops/check.h"
#include "engine/tensor/visit_type.h"

namespace lathe::ops {
namespace {

bool isSmall(const tensor::Tensor& tensor) {
    return tensor.type() != tensor::DataType::string && tensor.elementCount() <= kSmallElements;
}

}  // namespace

std::optional<std::vector<tensor::Tensor>> foldSmall(const Op& op, const ir::Attributes& attributes,
                                                     const std::vector<InferContext::Input>& inputs,
                                                     const std::vector<bool>& wanted) {
    if (!op.evaluate || !op.deterministic || hasBodies(attributes)) return {};
    for (const auto& input : inputs)
        if (input.type && !(input.constant && isSmall(*input.constant))) return {};
    std::vector<tensor::RuntimeValue> values(inputs.size());
    std::vector<const tensor::RuntimeValue*> pointers(inputs.size());
    for (size_t i = 0; i < inputs.size(); ++i) {
        if (!inputs[i].type) continue;
        values[i] = *inputs[i].constant;
        pointers[i] = &values[i];
    }
    EvalContext context({}, attributes, std::move(pointers), wanted);
    context.setLargestOutput(kSmallElements * 8);
    if (!op.evaluate(context)) return {};
    std::vector<tensor::Tensor> results;
    for (const auto& value : context.takeOutputs()) {
        const auto* result = value.tensor();
        results.push_back(result && isSmall(*result) ? *result : tensor::Tensor());
    }
    return results;
}

std::optional<tensor::Tensor> tensorFromContents(const ir::ValueType& type,
                                                 const SymbolicContents& contents) {
    if (!type.isTensor() || !type.shape || type.shape->size() > 1) return {};
    const auto count = static_cast<int64_t>(contents.size());
    if (count > kSmallElements) return {};
    const bool fits = type.shape->empty() ? count == 1 : type.shape->front() == ir::Dim(count);
    if (!fits || !std::all_of(contents.begin(), contents.end(), [](const ir::Dim& d) { return d.isKnown(); }))
        return {};
    const auto dimensions = type.shape->empty() ? tensor::Dimensions{} : tensor::Dimensions(&count, 1);
    tensor::Tensor result;
    const auto fill = [&](auto tag) {
        using T = typename decltype(tag)::type;
        result = tensor::Tensor::zeros(type.element, dimensions);
        const auto out = result.mutableValues<T>();
        for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<T>(*contents[i].constant());
        return true;
    };
    if (!tensor::visitTypes<int32_t, int64_t, bool>(type.element, fill, false)) return {};
    return result;
}

}  // namespace lathe::ops
