// Types and shapes for a whole graph, with value propagation through shape arithmetic.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/ir/editor.h"
#include "engine/ir/graph.h"
#include "engine/ops/cost_context.h"

namespace lathe::ops {

struct InferOptions {
    // Named dimensions bound to numbers (or to other expressions): {"N", 1}. Applied to graph inputs first.
    std::map<std::string, ir::Dim, std::less<>> bindings = {};
    // Types of graph inputs that replace what the model says.
    std::map<ir::ValueId, ir::ValueType> inputs = {};
    // Forget the recorded types of intermediate values instead of refining them.
    bool discardRecorded = false;
    // Where to put the bodies that no run enters, because the condition of their If is known before.
    std::vector<ir::SubgraphId>* neverRun = nullptr;
};

// Sets the type of every value that a rule can tell. What the file recorded fills in where no rule can
// (unknown ops); where both tell different numbers the rule wins and the log gets a warning. Unknown
// dimensions of graph inputs get names ("x_dim0"). Values inside functions keep what is recorded: their types
// differ from call to call. An error names the node and the reason; types set so far stay in the editor.
base::Status inferTypes(ir::Editor& editor, const InferOptions& options = {});
// The same as value in, value out.
base::Result<ir::GraphPtr> inferred(const ir::GraphPtr& graph, const InferOptions& options = {});

// Checks one node against its schema: input and output counts, element types, attribute names, kinds and
// ranges. Calls of functions and unknown ops pass.
base::Status checkNode(const ir::Graph& graph, ir::NodeId node);

// The cost of one node from its recorded types; zero where a shape is not concrete or the op is unknown.
Cost nodeCost(const ir::Graph& graph, ir::NodeId node);
// Sum over the main graph's nodes.
Cost graphCost(const ir::Graph& graph);

}  // namespace lathe::ops
