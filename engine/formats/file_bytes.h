// How large a model is as files: one rule for what is opened, exported and reported.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "engine/ir/graph.h"

namespace lathe::formats {

// Bytes of these files and of everything in these folders; what is not there counts nothing.
uint64_t fileBytes(std::span<const std::filesystem::path> paths);

// Bytes of the files that the graph was read from: the model, and those beside it that hold its weights.
uint64_t sourceBytes(const ir::Graph& graph);

}  // namespace lathe::formats
