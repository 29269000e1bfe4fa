// Runs a graph by the plain evaluation of its ops: slow, and the truth that everything faster is compared
// with.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/tensor/value.h"

namespace lathe::ops {

struct InterpretOptions {
    base::Progress progress = {};
    uint64_t seed = 0;
    // Called after each node of the main graph with its outputs; for captures and tests.
    std::function<void(ir::NodeId, std::span<const tensor::RuntimeValue>)> observer = {};
};

// Inputs in the order of graph.inputs(); a missing value takes the input's default tensor. Outputs in graph
// order.
base::Result<std::vector<tensor::RuntimeValue>> interpret(const ir::Graph& graph,
                                                          std::span<const tensor::RuntimeValue> inputs,
                                                          const InterpretOptions& options = {});

// One node on given inputs (null: omitted). Functions and bodies are run too; `outer` looks up values from
// outside.
using Lookup = std::function<const tensor::RuntimeValue*(ir::ValueId)>;
base::Result<std::vector<tensor::RuntimeValue>> evaluateNode(const ir::Graph& graph, ir::NodeId node,
                                                             std::vector<const tensor::RuntimeValue*> inputs,
                                                             const Lookup& outer = {},
                                                             const InterpretOptions& options = {});

}  // namespace lathe::ops
