// What a measurement is asked to be, as JSON: a host sends it to an agent. The session's options travel
// beside it, and what is for the caller's process only does not travel.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/base/result.h"
#include "engine/profile/measure.h"

namespace lathe::profile {

nlohmann::json toJson(const MeasureOptions& options);
// A missing field has its default. The error says which field is wrong.
base::Result<MeasureOptions> measureOptionsFromJson(const nlohmann::json& json);

}  // namespace lathe::profile
