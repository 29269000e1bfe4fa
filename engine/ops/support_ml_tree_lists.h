// The older way to write trees: TreeEnsembleClassifier and TreeEnsembleRegressor number their nodes by (tree,
// node) pairs and give the votes of leaves in lists of their own.
#pragma once

#include <string_view>
#include <vector>

#include "engine/base/param_spec.h"
#include "engine/base/result.h"
#include "engine/ops/support_ml_trees.h"

namespace lathe::ops {

// `votes` is the stem of the attributes with the votes: "class" or "target". The error does not name the
// node.
base::Result<Trees> readTreeLists(const ir::Attributes& attributes, std::string_view votes);
// Those that both ops have, and the names of their tensors.
std::vector<base::ParamSpec> treeListAttributes();
Cost treeListsCost(const CostContext& context);

}  // namespace lathe::ops
