#include "engine/ops/eval_context.h"

#include <cassert>

namespace lathe::ops {

EvalContext::EvalContext(std::string label, const ir::Attributes& attributes,
                         std::vector<const tensor::RuntimeValue*> inputs, std::vector<bool> wantedOutputs)
    : m_label(std::move(label)),
      m_attributes(&attributes),
      m_inputs(std::move(inputs)),
      m_aligned(m_inputs.size()),
      m_wanted(std::move(wantedOutputs)),
      m_outputs(m_wanted.size()) {
    for (size_t i = 0; i < m_inputs.size(); ++i)
        if (m_inputs[i])
            if (const auto* t = m_inputs[i]->tensor()) m_aligned[i] = t->aligned();
}

const tensor::Tensor& EvalContext::in(size_t i) const {
    assert(has(i) && m_inputs[i]->tensor());
    return m_aligned[i];
}

void EvalContext::set(size_t i, tensor::RuntimeValue value) {
    if (wants(i)) m_outputs[i] = std::move(value);
}

base::Result<tensor::Tensor> EvalContext::allocate(tensor::DataType type, tensor::Dimensions shape) const {
    const auto count = tensor::checkedElementCount(shape);
    const auto size = type == tensor::DataType::string && count
                          ? std::optional<uint64_t>(static_cast<uint64_t>(*count) * 32)
                          : tensor::checkedByteSize(type, shape);
    if (!size || *size > m_largestOutput)
        return error("the result {} is too large. Check the sizes the model computes.",
                     tensor::toString(type, shape));
    return tensor::Tensor::zeros(type, shape);
}

base::Result<std::vector<tensor::RuntimeValue>> EvalContext::runBody(
    std::string_view attribute, std::vector<tensor::RuntimeValue> inputs) {
    const auto body = m_attributes->subgraph(attribute);
    if (!body || !m_runBody) return error("the body {} cannot be run here", attribute);
    return m_runBody(body, std::move(inputs));
}

base::Error EvalContext::errorOf(fmt::string_view text, fmt::format_args args) const {
    return base::Error::badInput(fmt::format("{}: {}", m_label, fmt::vformat(text, args)));
}

}  // namespace lathe::ops
