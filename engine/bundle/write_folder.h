// An exported folder, written as a whole.
#pragma once

#include <filesystem>

#include "engine/base/progress.h"
#include "engine/bundle/sources.h"
#include "engine/ir/graph.h"

namespace lathe::bundle {

// Writes all files and, when there is a graph, model.lathe beside `path`, then gives the folder its name: it
// is there as a whole or not at all. A folder that was exported before is replaced; any other folder that
// holds something, or a file, is an error.
base::Status writeFolder(const Files& files, const ir::Graph* graph, const std::filesystem::path& path,
                         const base::Progress& progress);

}  // namespace lathe::bundle
