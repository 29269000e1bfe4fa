// The graph as bytes, for the workspace file: flat, versioned, every offset and count checked on the way in.
//
//   "LATHEIR\0"  u32 version  u32 zero  u64 offset of the texts  u64 count of the texts
//   body: model, sub-graphs, values, nodes, functions; texts by number
//   texts: u32 length and bytes, each
//
// Little-endian. Ids of nodes, values and sub-graphs stay what they were, removed ones included, so what was
// measured on the graph still joins by id.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::ir {

inline constexpr uint32_t kBinaryVersion = 2;

// Keeps a tensor elsewhere and returns the key that finds it again. Empty: everything is written inline.
using KeepTensor = std::function<std::string(const tensor::Tensor&)>;
// The tensor of a key, of this type and shape; that is checked.
using FindTensor = std::function<base::Result<tensor::Tensor>(std::string_view key, tensor::DataType type,
                                                              tensor::Dimensions shape)>;

struct BinaryOptions {
    KeepTensor keep = {};
    size_t largestInline = 1024;  // bytes; larger tensors go to `keep`. Texts are always inline.
};

std::string writeBinary(const Graph& graph, const BinaryOptions& options = {});
// Any bytes give a verified graph or an error that names the offset and the field.
base::Result<GraphPtr> readBinary(std::span<const std::byte> bytes, const FindTensor& find = {});

}  // namespace lathe::ir
