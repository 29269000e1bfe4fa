// Values of a run in messages: a description in the record, the elements in blobs.
//
//   tensor    {"kind": "tensor", "type": "float32", "shape": [1, 3], "blob": 0}; texts: u32 length and bytes,
//   each sequence  {"kind": "sequence", "type": "float32", "items": [...]} optional  {"kind": "optional"} or
//   {"kind": "optional", "value": ...} map       {"kind": "map", "keys": tensor, "values": [...]} nothing
//   null
#pragma once

#include "engine/remote/protocol/message.h"
#include "engine/tensor/value.h"

namespace lathe::remote {

// Adds the elements to message.blobs.
Json putValue(const tensor::RuntimeValue& value, Message& message);
Json putTensor(const tensor::Tensor& tensor, Message& message);
// Every size is checked against the blob. Takes the bytes out of the message: each blob can be had once.
base::Result<tensor::RuntimeValue> takeValue(const Json& json, Message& message);

}  // namespace lathe::remote
