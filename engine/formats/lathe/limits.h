// The numbers of the format that reader and writer share; lathe.fbs gives the reasons.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::formats::flat {

inline constexpr size_t kAlignment = 64;
// FlatBuffers ends at 2^31 bytes; some room for its own tables.
inline constexpr uint64_t kLargestGraph = (uint64_t{1} << 31) - (uint64_t{1} << 20);
// Longer texts and types of more dimensions are listed once for each use.
inline constexpr size_t kLongestSharedText = 64;
inline constexpr size_t kMostSharedDimensions = 8;
// A reference of 4 bytes to 64 shared bytes is 16 times its own size; lists, and what is not shared, come
// once.
inline constexpr uint64_t kMostBytesReadPerByte = 18;
inline constexpr size_t kLongestExpression = 1024;
inline constexpr int kDeepestType = 16;
inline constexpr int kDeepestBody = 64;
inline constexpr uint32_t kNobody = UINT32_MAX;  // an omitted input or output

// An error when bodies lie in each other deeper than kDeepestBody. The graph need not be verified.
base::Status checkNesting(const ir::Graph& graph);

}  // namespace lathe::formats::flat
