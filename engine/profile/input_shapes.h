// The inputs of a measurement in words.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "engine/ir/graph.h"
#include "engine/tensor/value.h"

namespace lathe::profile {

// "input float32 [1, 3, 32, 32], mask bool [1]".
std::string inputShapes(const ir::Graph& graph, std::span<const tensor::RuntimeValue> inputs);
// Of the inputs that runtime::randomInputs makes with these sizes, without making them.
std::string inputShapes(const ir::Graph& graph, const std::map<std::string, int64_t, std::less<>>& bindings);

}  // namespace lathe::profile
