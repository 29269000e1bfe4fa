#include "engine/compress/quantize/thresholds.h"

namespace lathe::compress::quantize {

Range minMaxRange(const Histogram& histogram) { return histogram.range(); }

}  // namespace lathe::compress::quantize
