// Elements of tensors as words of the text form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lathe::ir {

// "..." with \" \\ \n and \xHH for other control characters.
std::string quoted(std::string_view text);
// The shortest text that reads back as the same number; always with a point, an exponent, inf or nan.
std::string realText(float value);

// The SHA-256 of type, shape and bytes.
std::string contentHash(const tensor::Tensor& tensor);

// Words of the elements: numbers (complex: two each), true and false, codes of 8-bit and 4-bit floats, quoted
// texts.
std::vector<std::string> elementWords(const tensor::Tensor& tensor);
// How many words a tensor of that type and count has.
int64_t wordCount(tensor::DataType type, int64_t elements);
// Sets element or part `index` of a tensor being built from a word (texts already unquoted). False when the
// word is no such number or out of range.
bool setElement(tensor::Tensor& tensor, int64_t index, std::string_view word);
// Even numbers from a seed; zeros for types that are no numbers.
void fillRandom(tensor::Tensor& tensor, uint64_t seed);

}  // namespace lathe::ir
