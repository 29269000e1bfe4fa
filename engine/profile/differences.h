// What makes two measurements hard to compare.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/profile/profile.h"

namespace lathe::profile {

// A condition that is not the same: "Threads", "1", "4". `what` is a text of conditionNames().
struct Difference {
    std::string_view what;
    std::string a, b;
};

// Empty when the two were measured alike. What either of them does not know is not compared.
std::vector<Difference> differences(const Profile& a, const Profile& b);

// A condition in which measurements that stand side by side are not the same, with each value once:
// "Threads", "1", "2".
struct Unlike {
    std::string_view what;
    std::vector<std::string> values;
};
// How the others differ from the first. Inputs count among those made from one source file only: different
// models have different inputs.
std::vector<Unlike> unlikeAmong(std::span<const Profile* const> profiles);

// All that may differ, for catalogues.
std::span<const std::string_view> conditionNames();
// "Threads: 1 and 4."
std::string sentence(const Difference& difference);

}  // namespace lathe::profile
