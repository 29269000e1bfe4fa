// What makes two measurements hard to compare.
#pragma once

#include "engine/profile/profile.h"

namespace lathe::profile {

// One sentence with both values for each condition that differs: "Threads: 1 and 4." Empty when the two were
// measured alike. What either of them does not know is not compared.
std::vector<std::string> differences(const Profile& a, const Profile& b);

}  // namespace lathe::profile
