#include "engine/ops/support_ml_tree_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"

namespace lathe::ops {
namespace {

using base::Error;

constexpr std::array<std::string_view, 6> kModes = {"BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE",
                                                    "BRANCH_GT",  "BRANCH_EQ", "BRANCH_NEQ"};

struct Key {
    int64_t tree, node;
    bool operator==(const Key&) const = default;
};
struct KeyHash {
    size_t operator()(const Key& key) const {
        return static_cast<size_t>(key.tree) * 0x9e3779b97f4a7c15u ^ static_cast<size_t>(key.node);
    }
};

// A node of the file: one of Trees::nodes, or ~leaf.
using Places = std::unordered_map<Key, int64_t, KeyHash>;

struct Lists {
    std::vector<int64_t> trees, ids, features, whenTrue, whenFalse, missing;
    std::vector<std::string> modes;
    std::vector<double> values;
};

base::Status checkLength(std::string_view name, size_t length, size_t expected) {
    if (length == expected) return {};
    return Error::badInput(fmt::format("{} has {} items, expected {}", name, length, expected));
}

base::Result<Lists> readLists(const ir::Attributes& attributes) {
    Lists lists{
        attributes.integers("nodes_treeids"),      attributes.integers("nodes_nodeids"),
        attributes.integers("nodes_featureids"),   attributes.integers("nodes_truenodeids"),
        attributes.integers("nodes_falsenodeids"), attributes.integers("nodes_missing_value_tracks_true"),
        attributes.texts("nodes_modes"),           realsAttributeOf(attributes, "nodes_values")};
    const auto count = lists.ids.size();
    if (lists.missing.empty()) lists.missing.resize(count);
    const std::pair<std::string_view, size_t> lengths[] = {
        {"nodes_treeids", lists.trees.size()},
        {"nodes_featureids", lists.features.size()},
        {"nodes_truenodeids", lists.whenTrue.size()},
        {"nodes_falsenodeids", lists.whenFalse.size()},
        {"nodes_missing_value_tracks_true", lists.missing.size()},
        {"nodes_modes", lists.modes.size()},
        {"nodes_values", lists.values.size()}};
    for (const auto& [name, length] : lengths)
        if (auto ok = checkLength(name, length, count); !ok) return ok.error();
    return lists;
}

base::Result<Places> placeNodes(const Lists& lists, Trees& trees) {
    Places places;
    std::set<int64_t> seen;
    for (size_t i = 0; i < lists.ids.size(); ++i) {
        const Key key{lists.trees[i], lists.ids[i]};
        const bool leaf = lists.modes[i] == "LEAF";
        const auto place =
            leaf ? ~static_cast<int64_t>(trees.leaves.size()) : static_cast<int64_t>(trees.nodes.size());
        if (!places.emplace(key, place).second)
            return Error::badInput(fmt::format("tree {} has node {} twice", key.tree, key.node));
        if (seen.insert(key.tree).second) trees.roots.push_back(place);  // the first node is the root
        if (leaf) {
            trees.leaves.emplace_back();
            continue;
        }
        const auto mode = std::find(kModes.begin(), kModes.end(), lists.modes[i]);
        if (mode == kModes.end())
            return Error::badInput(fmt::format("nodes_modes holds \"{}\", expected LEAF or one of {}",
                                               lists.modes[i], fmt::join(kModes, ", ")));
        TreeNode node;
        node.split = static_cast<Split>(mode - kModes.begin());
        node.nanIsTrue = lists.missing[i] != 0;
        node.feature = lists.features[i];
        node.threshold = lists.values[i];
        trees.nodes.push_back(node);
    }
    return places;
}

base::Status connect(const Lists& lists, const Places& places, Trees& trees) {
    size_t at = 0;
    for (size_t i = 0; i < lists.ids.size(); ++i) {
        if (lists.modes[i] == "LEAF") continue;
        auto& node = trees.nodes[at++];
        for (const auto& [id, to] :
             {std::pair(lists.whenTrue[i], &node.whenTrue), std::pair(lists.whenFalse[i], &node.whenFalse)}) {
            const auto found = places.find({lists.trees[i], id});
            if (found == places.end())
                return Error::badInput(fmt::format("tree {} has no node {}, where node {} leads",
                                                   lists.trees[i], id, lists.ids[i]));
            *to = found->second;
        }
    }
    return {};
}

}  // namespace

base::Result<Trees> readTreeLists(const ir::Attributes& attributes, std::string_view votes) {
    const auto lists = readLists(attributes);
    if (!lists) return lists.error();
    Trees trees;
    const auto places = placeNodes(*lists, trees);
    if (!places) return places.error();
    if (auto ok = connect(*lists, *places, trees); !ok) return ok.error();
    const auto named = [&](std::string_view what) { return fmt::format("{}_{}", votes, what); };
    const auto treeIds = attributes.integers(named("treeids"));
    const auto nodeIds = attributes.integers(named("nodeids"));
    const auto targets = attributes.integers(named("ids"));
    const auto weights = realsAttributeOf(attributes, named("weights"));
    if (auto ok = checkLength(named("treeids"), treeIds.size(), targets.size()); !ok) return ok.error();
    if (auto ok = checkLength(named("nodeids"), nodeIds.size(), targets.size()); !ok) return ok.error();
    if (auto ok = checkLength(named("weights"), weights.size(), targets.size()); !ok) return ok.error();
    for (size_t i = 0; i < targets.size(); ++i) {
        const auto found = places->find({treeIds[i], nodeIds[i]});
        if (found == places->end())
            return Error::badInput(
                fmt::format("tree {} has no node {}, which has a vote", treeIds[i], nodeIds[i]));
        // Votes of nodes that are no leaves are never asked for.
        if (found->second < 0)
            trees.leaves[static_cast<size_t>(~found->second)].push_back({targets[i], weights[i]});
    }
    return trees;
}

std::vector<base::ParamSpec> treeListAttributes() {
    return {realsAttribute("base_values", "added to the scores"),
            integersAttribute("nodes_falsenodeids", "where failing rows go"),
            integersAttribute("nodes_featureids", "feature a node tests"),
            realsAttribute("nodes_hitrates", "how often a node is visited"),
            integersAttribute("nodes_missing_value_tracks_true", "1: rows without the feature pass"),
            textsAttribute("nodes_modes", "test of a node, or LEAF"),
            integersAttribute("nodes_nodeids", "number of a node in its tree"),
            integersAttribute("nodes_treeids", "tree of a node"),
            integersAttribute("nodes_truenodeids", "where passing rows go"),
            realsAttribute("nodes_values", "what a node compares with"),
            postTransformAttribute()};
}

Cost treeListsCost(const CostContext& context) {
    const auto trees =
        context.attributes ? context.attributes->integers("nodes_treeids") : std::vector<int64_t>{};
    return treesCost(context, std::set<int64_t>(trees.begin(), trees.end()).size(), trees.size());
}

}  // namespace lathe::ops
