// Runs one step of a recipe: the one place that knows which table a step's name is in.
#pragma once

#include "engine/base/progress.h"
#include "engine/compress/compressor.h"
#include "engine/project/workspace.h"

namespace lathe::project {

// A compressor that needs data says so when there are none. Open and edit steps cannot be run again: an
// error.
base::Result<ir::Change> runStep(const ir::GraphPtr& graph, const RecipeStep& step,
                                 const compress::Resources& resources, const base::Progress& progress);

// Opens a dataset as the workspace describes it.
base::Result<data::DatasetPtr> openDataset(const DatasetEntry& entry, const base::Progress& progress);

}  // namespace lathe::project
