#include "engine/profile/node_clocks.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "engine/ops/infer.h"

namespace lathe::profile {
namespace {

// The graph with the types that these inputs give, for costs; the graph itself when a rule fails.
ir::GraphPtr shaped(const ir::GraphPtr& graph, std::span<const tensor::RuntimeValue> inputs) {
    ops::InferOptions options;
    const auto ports = graph->inputs();
    for (size_t i = 0; i < inputs.size() && i < ports.size(); ++i)
        if (const auto* tensor = inputs[i].tensor())
            options.inputs.emplace(
                ports[i], ir::ValueType::tensorOf(tensor->type(), ir::symbolicShape(tensor->shape())));
    auto result = ops::inferred(graph, options);
    return result ? *result : graph;
}

}  // namespace

void addNodes(Profile& profile, const ClockedRuns& clocked, const runtime::Session& session,
              std::span<const tensor::RuntimeValue> inputs) {
    if (clocked.runs.empty()) return;
    const double plain = profile.time.median;
    if (plain > 0) profile.overhead = std::max(0.0, statistics(clocked.seconds).median / plain - 1);
    const auto costs = shaped(session.graph(), inputs);
    std::map<ir::NodeId, size_t> places;
    for (const auto& run : clocked.runs)
        for (const auto& time : run) {
            const auto [place, added] = places.emplace(time.node, profile.nodes.size());
            if (added) {
                NodeProfile node;
                node.node = time.node;
                node.kernel = session.kernelOf(time.node);
                const auto cost = ops::nodeCost(*costs, time.node);
                node.macs = cost.macs;
                node.bytes = cost.bytesRead + cost.bytesWritten;
                profile.nodes.push_back(std::move(node));
            }
        }
    for (const auto& run : clocked.runs) {
        std::vector<double> sums(profile.nodes.size(), 0);
        for (const auto& time : run)
            sums[places[time.node]] += static_cast<double>(time.end - time.start) * 1e-9;
        for (size_t i = 0; i < sums.size(); ++i) profile.nodes[i].seconds.push_back(sums[i]);
    }
    for (auto& node : profile.nodes) node.time = statistics(node.seconds);

    std::vector<size_t> order(clocked.runs.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return clocked.seconds[a] < clocked.seconds[b]; });
    for (const auto& time : clocked.runs[order[order.size() / 2]])
        profile.timeline.push_back({time.node, static_cast<double>(time.start) * 1e-9,
                                    static_cast<double>(time.end - time.start) * 1e-9});
}

}  // namespace lathe::profile
