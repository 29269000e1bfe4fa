// Since which operator set an operator or an element type exists, for choosing the one to write.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/tensor/data_type.h"

namespace lathe::formats::onnx {

// 13 for those that are older than anything Lathe writes and for unknown ones.
int64_t introduced(std::string_view op);
int64_t introduced(tensor::DataType type);
// The version of the file format that came with an operator set (onnx/docs/Versioning.md).
int64_t irVersionFor(int64_t opset);

}  // namespace lathe::formats::onnx
