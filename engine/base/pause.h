// A breath for a loop that waits for another thread: leaves the core's power to its other half, where it has
// one.
#pragma once

namespace lathe::base {

void pause();

}  // namespace lathe::base
