// A profile as JSON: in the workspace, and from a device.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/base/result.h"
#include "engine/profile/profile.h"

namespace lathe::profile {

nlohmann::json toJson(const Profile& profile);
// The error says which field is wrong. Statistics are computed again from the raw samples.
base::Result<Profile> fromJson(const nlohmann::json& json);

}  // namespace lathe::profile
