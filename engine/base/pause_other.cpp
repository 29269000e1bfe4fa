// 64-bit Arm and whatever else calls this instruction so.
#include "engine/base/pause.h"

namespace lathe::base {

void pause() { asm volatile("yield" ::: "memory"); }

}  // namespace lathe::base
