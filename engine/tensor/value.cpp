#include "engine/tensor/value.h"

namespace lathe::tensor {

RuntimeValue::RuntimeValue() = default;
RuntimeValue::RuntimeValue(Tensor tensor) : content(std::move(tensor)) {}
RuntimeValue::RuntimeValue(Sequence sequence) : content(std::move(sequence)) {}
RuntimeValue::RuntimeValue(Optional optional) : content(std::move(optional)) {}
RuntimeValue::RuntimeValue(Map map) : content(std::move(map)) {}
RuntimeValue::RuntimeValue(const RuntimeValue& other) = default;
RuntimeValue::RuntimeValue(RuntimeValue&& other) noexcept = default;
RuntimeValue& RuntimeValue::operator=(const RuntimeValue& other) = default;
RuntimeValue& RuntimeValue::operator=(RuntimeValue&& other) noexcept = default;
RuntimeValue::~RuntimeValue() = default;

}  // namespace lathe::tensor
