// One value in a file of its own: TensorProto, SequenceProto, MapProto or OptionalProto
// (onnx/onnx-data.proto), as the standard's backend tests keep their inputs and outputs.
#pragma once

#include <filesystem>

#include "engine/base/result.h"
#include "engine/ir/type.h"
#include "engine/tensor/value.h"

namespace lathe::formats::onnx {

// `type` tells which message the file holds: the bytes do not. A tensor of uint16 read for a bfloat16 type is
// taken bit by bit: files written before protobuf knew how hold it so. Errors name the file and the byte.
base::Result<tensor::RuntimeValue> readValueFile(const std::filesystem::path& path,
                                                 const ir::ValueType& type);

}  // namespace lathe::formats::onnx
