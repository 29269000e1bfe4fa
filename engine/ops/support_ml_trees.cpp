#include "engine/ops/support_ml_trees.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

using base::Error;

bool passes(const TreeNode& node, std::span<const double> members, double x) {
    switch (node.split) {
        case Split::lessOrEqual:
            return x <= node.threshold;
        case Split::less:
            return x < node.threshold;
        case Split::greaterOrEqual:
            return x >= node.threshold;
        case Split::greater:
            return x > node.threshold;
        case Split::equal:
            return x == node.threshold;
        case Split::notEqual:
            return x != node.threshold;
        case Split::member: {
            const auto set = members.subspan(node.firstMember, node.lastMember - node.firstMember);
            return std::find(set.begin(), set.end(), x) != set.end();
        }
    }
    return false;
}

bool lies(int64_t place, size_t nodes, size_t leaves) {
    return place >= 0 ? static_cast<uint64_t>(place) < nodes : static_cast<uint64_t>(~place) < leaves;
}

// Depth first with two visits a node: on the way in it is open, on the way out done. An edge to an open node
// closes a cycle.
bool hasCycle(const Trees& trees) {
    enum class Mark : uint8_t { fresh, open, done };
    std::vector<Mark> marks(trees.nodes.size(), Mark::fresh);
    std::vector<int64_t> stack;
    for (const auto root : trees.roots) {
        if (root >= 0) stack.push_back(root);
        while (!stack.empty()) {
            const auto at = static_cast<size_t>(stack.back());
            if (marks[at] != Mark::fresh) {
                marks[at] = Mark::done;
                stack.pop_back();
                continue;
            }
            marks[at] = Mark::open;
            for (const auto next : {trees.nodes[at].whenTrue, trees.nodes[at].whenFalse}) {
                if (next < 0) continue;
                const auto mark = marks[static_cast<size_t>(next)];
                if (mark == Mark::open) return true;
                if (mark == Mark::fresh) stack.push_back(next);
            }
        }
    }
    return false;
}

}  // namespace

size_t Trees::leafOf(int64_t root, std::span<const double> row) const {
    int64_t at = root;
    while (at >= 0) {
        const auto& node = nodes[static_cast<size_t>(at)];
        const double x = row[static_cast<size_t>(node.feature)];
        const bool passed = std::isnan(x) ? node.nanIsTrue : passes(node, members, x);
        at = passed ? node.whenTrue : node.whenFalse;
    }
    return static_cast<size_t>(~at);
}

void Trees::score(std::span<const double> row, Aggregate aggregate, std::span<double> scores) const {
    std::vector<bool> voted(scores.size(), false);
    std::fill(scores.begin(), scores.end(), 0.0);
    for (const auto root : roots)
        for (const auto& vote : leaves[leafOf(root, row)]) {
            const auto target = static_cast<size_t>(vote.target);
            auto& score = scores[target];
            if (!voted[target])
                score = vote.weight;
            else if (aggregate == Aggregate::least)
                score = std::min(score, vote.weight);
            else if (aggregate == Aggregate::greatest)
                score = std::max(score, vote.weight);
            else
                score += vote.weight;
            voted[target] = true;
        }
    if (aggregate == Aggregate::average)
        for (auto& score : scores) score /= static_cast<double>(roots.size());
}

base::Status checkTrees(const Trees& trees, int64_t targets, int64_t features) {
    const auto nodes = trees.nodes.size(), leaves = trees.leaves.size();
    if (trees.roots.empty()) return Error::badInput("has no trees");
    for (const auto root : trees.roots)
        if (!lies(root, nodes, leaves)) return Error::badInput("a root is no node");
    for (size_t i = 0; i < nodes; ++i) {
        const auto& node = trees.nodes[i];
        if (!lies(node.whenTrue, nodes, leaves) || !lies(node.whenFalse, nodes, leaves))
            return Error::badInput(fmt::format("a branch of tree node {} leads to no node or leaf", i));
        if (node.feature < 0 || node.feature >= features)
            return Error::badInput(
                fmt::format("tree node {} tests feature {}, the input has {}", i, node.feature, features));
        if (node.firstMember > node.lastMember || node.lastMember > trees.members.size())
            return Error::badInput(fmt::format("tree node {} has no membership values", i));
    }
    for (size_t i = 0; i < leaves; ++i)
        for (const auto& vote : trees.leaves[i])
            if (vote.target < 0 || vote.target >= targets)
                return Error::badInput(
                    fmt::format("leaf {} votes for target {}, there are {}", i, vote.target, targets));
    if (hasCycle(trees)) return Error::badInput("the branches of a tree run in a circle");
    return {};
}

base::Status evaluateTrees(EvalContext& context, const TreeCall& call) {
    const auto& x = context.in(0);
    const auto rows = rowsOf(context, x);
    if (!rows) return rows.error();
    if (auto ok = checkTrees(call.trees, call.targets, rows->width); !ok)
        return context.error("{}", ok.error().message);
    const auto width = static_cast<size_t>(rows->width), targets = static_cast<size_t>(call.targets);
    if (!call.base.empty() && call.base.size() != targets)
        return context.error("base_values has {} items, expected {}", call.base.size(), targets);
    auto y = context.allocate(call.type, tensor::Shape{rows->count, call.targets});
    if (!y) return y.error();
    const Reals values = reals(x);
    Reals scores(static_cast<size_t>(y->elementCount()));
    for (size_t row = 0; row < static_cast<size_t>(rows->count); ++row) {
        if (auto ok = context.progress().check(); !ok) return ok;
        const auto to = std::span(scores).subspan(row * targets, targets);
        call.trees.score(std::span(values).subspan(row * width, width), call.aggregate, to);
        for (size_t i = 0; i < call.base.size(); ++i) to[i] += call.base[i];
        transformScores(call.transform, to);
    }
    store(scores, *y);
    context.set(0, std::move(*y));
    return {};
}

Cost treesCost(const CostContext& context, size_t treeCount, size_t nodeCount) {
    auto cost = trafficCost(context);
    const auto trees = static_cast<double>(std::max(treeCount, size_t{1}));
    const double depth = std::log2(1 + static_cast<double>(nodeCount) / trees);
    const auto rows = context.has(0) && context.inputs[0].shape.size() == 2 ? context.inputs[0].shape[0] : 1;
    cost.operations = 2 * static_cast<double>(rows) * trees * depth;
    return cost;
}

}  // namespace lathe::ops
