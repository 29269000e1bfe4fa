// The derivative that Max and Min share.
#pragma once

#include "engine/base/result.h"

namespace lathe::ops {

class GradientContext;

// dy goes to the inputs that are the result, in equal parts where several are.
base::Status extremeGradient(GradientContext& context);

}  // namespace lathe::ops
