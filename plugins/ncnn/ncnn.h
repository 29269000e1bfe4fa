// The two directions of the ncnn format.
#pragma once

#include "engine/formats/format.h"

namespace lathe::ncnn {

// Reads NAME.param with the NAME.bin beside it.
base::Result<ir::GraphPtr> read(const std::filesystem::path& path, const formats::ReadOptions& options,
                                const base::Progress& progress);
// The file that the weights of NAME.param lie in.
std::filesystem::path binPathOf(std::filesystem::path path);
// Writes both files; the .param file last, so a model that is named is complete.
base::Status write(const ir::Graph& graph, const std::filesystem::path& path, const base::Params& params,
                   const base::Progress& progress);

// The operators that have no layer in ncnn, in alphabetical order.
std::vector<formats::Unsupported> unsupported(const ir::Graph& graph);

}  // namespace lathe::ncnn
