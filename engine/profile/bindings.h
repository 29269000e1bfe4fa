// Free dimensions of a graph as given inputs have them: so that loading plans, and not the first run.
#pragma once

#include <span>

#include "engine/ir/graph.h"
#include "engine/runtime/session.h"
#include "engine/tensor/value.h"

namespace lathe::profile {

void bindDimensions(const ir::Graph& graph, std::span<const tensor::RuntimeValue> inputs,
                    runtime::SessionOptions& options);

}  // namespace lathe::profile
