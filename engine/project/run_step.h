// Runs one step of a recipe: the one place that knows which table a step's name is in.
#pragma once

#include "engine/base/progress.h"
#include "engine/data/dataset.h"
#include "engine/project/workspace.h"

namespace lathe::project {

// `dataset` may be null; a compressor that needs one says so. Open and edit steps cannot be run again: an
// error.
base::Result<ir::Change> runStep(const ir::GraphPtr& graph, const RecipeStep& step,
                                 const data::DatasetPtr& dataset, const base::Progress& progress);

// Opens a dataset as the workspace describes it.
base::Result<data::DatasetPtr> openDataset(const DatasetEntry& entry, const base::Progress& progress);

}  // namespace lathe::project
