// A plan as JSON: for people's programs, and for the host of a device.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/runtime/session.h"

namespace lathe::runtime {

// Nodes by number.
nlohmann::json toJson(const PlanEntry& entry);

}  // namespace lathe::runtime
