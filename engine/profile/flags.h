// What a measurement must be shown with beside its numbers, found in its own data.
#pragma once

#include <optional>
#include <string_view>

#include "engine/profile/profile.h"

namespace lathe::profile {

// "fewSamples": in files. "few samples": for people. And one sentence that explains it.
std::string_view name(Flag flag);
std::string_view title(Flag flag);
std::string_view explain(Flag flag);
// By its name, or by the sentence that earlier versions wrote in its place.
std::optional<Flag> flagNamed(std::string_view text);

std::string_view name(Mode mode);
std::optional<Mode> modeNamed(std::string_view text);
std::string_view name(Quantity quantity);
std::optional<Quantity> quantityNamed(std::string_view text);

// The flags that the data of a profile give: all but `partial`, which is kept when it is set. `cores` is the
// number of cores of the device.
std::vector<Flag> judge(const Profile& profile, int cores);

}  // namespace lathe::profile
