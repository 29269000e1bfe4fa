#include <immintrin.h>

#include "engine/base/pause.h"

namespace lathe::base {

void pause() { _mm_pause(); }

}  // namespace lathe::base
