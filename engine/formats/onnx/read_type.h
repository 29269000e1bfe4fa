// TypeProto to the type of a value.
#pragma once

#include "engine/formats/onnx/source.h"
#include "engine/ir/type.h"

namespace lathe::formats::onnx {

base::Result<ir::ValueType> readType(Source& source, Bytes message, int depth = 0);

}  // namespace lathe::formats::onnx
