// SimplifiedLayerNormalization: root mean square normalisation as ONNX Runtime writes it, which places this
// operator of its own in the standard's domain.
#include "engine/ops/support_root_mean_square.h"

namespace lathe::ops {

Op simplifiedLayerNormalizationOp() { return simplifiedLayerNormalization({}); }

}  // namespace lathe::ops
