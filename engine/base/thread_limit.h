// How many threads a bounded share of the machine may have at most.
#pragma once

#include "engine/base/parallel.h"

namespace lathe::base {

// More threads than this would only wait for each other: four a core. `Workers` takes no more than that, so
// who reports a number of threads asks here first.
inline int mostThreads() { return 4 * coreCount(); }

}  // namespace lathe::base
