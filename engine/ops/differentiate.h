// Derivatives as nodes: reverse-mode differentiation of a graph by the rules of its ops.
#pragma once

#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/ops/gradient_scope.h"

namespace lathe::ops {

// The gradients of y (of the sum of its elements, when it has several) with respect to each of xs, as values
// of their types; zeros for those that y does not depend on. xs are independent variables: nothing flows
// through one to another, nor through the values of `held`. Forward values are read, never computed again.
//
// An error names the node that has no derivative and takes back all that was made in the scope.
base::Result<std::vector<ir::ValueId>> differentiate(GradientScope& scope, ir::ValueId y,
                                                     std::span<const ir::ValueId> xs,
                                                     std::span<const ir::ValueId> held = {});

}  // namespace lathe::ops
