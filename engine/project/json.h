// The parts of a workspace as JSON. What toJson makes, fromJson reads; errors say which field is wrong.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/project/workspace.h"

namespace lathe::project {

nlohmann::json stepToJson(const RecipeStep& step);
base::Result<RecipeStep> stepFromJson(const nlohmann::json& json);
nlohmann::json reportToJson(const ir::Report& report);
base::Result<ir::Report> reportFromJson(const nlohmann::json& json);
nlohmann::json datasetToJson(const DatasetEntry& entry);
base::Result<DatasetEntry> datasetFromJson(const nlohmann::json& json);

}  // namespace lathe::project
