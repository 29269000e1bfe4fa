// Ensembles of decision trees: what TreeEnsemble and its two older forms share.
//
// A walk goes down from the root of each tree, at every node to the side its test says, and ends at a leaf.
// The votes of the leaves are aggregated by target:
//   score[t] = base[t] + sum (or average over the trees, least, greatest) of the votes for t; base alone
//              where nobody votes for t
#pragma once

#include <span>
#include <vector>

#include "engine/ops/op.h"
#include "engine/ops/support_ml_scores.h"

namespace lathe::ops {

enum class Split : uint8_t { lessOrEqual, less, greaterOrEqual, greater, equal, notEqual, member };
enum class Aggregate : uint8_t { average, sum, least, greatest };

struct TreeNode {
    Split split = Split::lessOrEqual;
    bool nanIsTrue = false;  // where a missing feature goes
    int64_t feature = 0;
    double threshold = 0;
    size_t firstMember = 0, lastMember = 0;  // of Trees::members, behind the last one
    int64_t whenTrue = 0, whenFalse = 0;     // a node, or a leaf as ~leaf
};

struct Vote {
    int64_t target = 0;
    double weight = 0;
};

struct Trees {
    std::vector<TreeNode> nodes;
    std::vector<int64_t> roots;             // a node, or a leaf as ~leaf
    std::vector<std::vector<Vote>> leaves;  // votes of each leaf
    std::vector<double> members;

    // The leaf where this row ends.
    size_t leafOf(int64_t root, std::span<const double> row) const;
    // Adds up what the leaves say; `scores` has one item a target.
    void score(std::span<const double> row, Aggregate aggregate, std::span<double> scores) const;
};

// That indices lie inside, targets are below `targets`, features below `features`, and that every walk ends.
// The error does not name the node.
base::Status checkTrees(const Trees& trees, int64_t targets, int64_t features);

// The whole call: checks the trees, allocates, walks, adds the base values (none, or one a target),
// transforms and sets output 0 of this type.
struct TreeCall {
    const Trees& trees;
    int64_t targets = 1;
    Aggregate aggregate = Aggregate::sum;
    PostTransform transform = PostTransform::none;
    std::vector<double> base = {};
    tensor::DataType type = tensor::DataType::float32;
};
base::Status evaluateTrees(EvalContext& context, const TreeCall& call);

// About two operations a level of each tree and row.
Cost treesCost(const CostContext& context, size_t treeCount, size_t nodeCount);

}  // namespace lathe::ops
