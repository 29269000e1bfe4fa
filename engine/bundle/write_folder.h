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
// Gives the folder `from` the name `to`, on the same file system. A folder of that name is removed then; when
// something fails it is back in its place, or the error says where it is.
base::Status replaceFolder(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace lathe::bundle
