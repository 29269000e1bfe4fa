// Whether a measurement answers what is asked now.
#pragma once

#include <string_view>

#include "engine/profile/measure.h"

namespace lathe::profile {

// Whether it was measured in this mode, on these cores, with so many threads and on such inputs
// (inputShapes()), so that measuring with these options on the same device would only repeat it. How many
// runs and how long is a matter of accuracy. False where it does not know.
bool measuredWith(const Conditions& conditions, const MeasureOptions& options, std::string_view inputs);

}  // namespace lathe::profile
