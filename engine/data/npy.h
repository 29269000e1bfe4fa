// NumPy's .npy files (format versions 1 to 3): any numeric type, C or Fortran order, either byte order.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lathe::data {

// The tensor borrows the mapped file where the order of elements and bytes allows it.
base::Result<tensor::Tensor> readNpy(const std::filesystem::path& path);
// The same from bytes that `owner` keeps alive; messages start with `where`.
base::Result<tensor::Tensor> parseNpy(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                                      std::string_view where);
// Types NumPy does not know are widened: bfloat16 and the 8-bit and 4-bit floats to float32, 4-bit and 2-bit
// integers to 8 bits. The file is replaced at once, never half written.
base::Status writeNpy(const std::filesystem::path& path, const tensor::Tensor& tensor);

}  // namespace lathe::data
