// com.microsoft SimplifiedLayerNormalization: root mean square normalisation under the name of ONNX Runtime.
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_root_mean_square.h"

namespace lathe::ops {

Op comMicrosoftSimplifiedLayerNormalizationOp() { return simplifiedLayerNormalization(kMicrosoft); }

}  // namespace lathe::ops
