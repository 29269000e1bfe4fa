// Options as they are written in JSON, whatever they are options of.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/base/param_spec.h"

namespace lathe::base {

// The types of the values are those of JSON; complete() checks them against what is wanted.
Result<Params> paramsFromJson(const nlohmann::json& json);

}  // namespace lathe::base
