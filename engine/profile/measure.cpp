#include "engine/profile/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>

#include "engine/base/parallel.h"
#include "engine/ops/infer.h"
#include "engine/profile/conditions.h"

namespace lathe::profile {
namespace {

constexpr int kFewestRuns = 5;

using Clock = std::chrono::steady_clock;
double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// Samples of the runs with node clocks.
struct Clocked {
    std::vector<double> seconds;
    std::vector<std::vector<runtime::NodeTime>> runs;
};

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

// Free dimensions as the inputs have them: so that loading plans, and not the first run.
void bindDimensions(const ir::Graph& graph, std::span<const tensor::RuntimeValue> inputs,
                    runtime::SessionOptions& options) {
    const auto ports = graph.inputs();
    for (size_t i = 0; i < inputs.size() && i < ports.size(); ++i) {
        const auto* tensor = inputs[i].tensor();
        const auto& shape = graph.value(ports[i]).type().shape;
        if (!tensor || !shape || shape->size() != tensor->shape().size()) continue;
        for (size_t axis = 0; axis < shape->size(); ++axis)
            if (const auto name = (*shape)[axis].symbolName(); !name.empty())
                options.bindings.emplace(name, tensor->shape()[axis]);
    }
}

void addNodes(Profile& profile, const Clocked& clocked, const runtime::Session& session,
              std::span<const tensor::RuntimeValue> inputs) {
    if (clocked.runs.empty()) return;
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

void addFlags(Profile& profile) {
    if (profile.time.count < 20) profile.flags.push_back(fmt::format("few samples ({})", profile.time.count));
    if (profile.time.medianAbsoluteDeviation > 0.05 * profile.time.median) profile.flags.push_back("noisy");
    if (profile.overhead > 0.02)
        profile.flags.push_back(fmt::format("node clocks add {:.1f} %", 100 * profile.overhead));
    const double free = static_cast<double>(base::coreCount()) - profile.conditions.loadAverage;
    if (free < profile.conditions.threads) profile.flags.push_back("computer busy with other work");
}

}  // namespace

base::Result<Profile> measure(const ir::GraphPtr& graph, std::span<const tensor::RuntimeValue> inputs,
                              const MeasureOptions& options, const base::Progress& progress) {
    Profile profile;
    profile.conditions = conditionsHere(*graph, inputs);
    profile.conditions.warmupRuns = options.warmup;
    profile.conditions.threads = options.session.threads > 0 ? options.session.threads : base::coreCount();

    progress.report(0, "Planning");
    auto before = Clock::now();
    auto sessionOptions = options.session;
    bindDimensions(*graph, inputs, sessionOptions);
    auto session = runtime::open(graph, sessionOptions, progress.part(0, 0.1));
    if (!session) return session.error();
    profile.loadSeconds = secondsSince(before);
    profile.conditions.device = (*session)->deviceName();

    Clocked clocked;
    const auto runOnce = [&](bool withNodes) -> base::Result<double> {
        std::vector<runtime::NodeTime> times;
        if (withNodes) times.reserve(clocked.runs.empty() ? 1024 : clocked.runs.back().size());
        runtime::RunOptions run;
        run.progress = &progress;
        run.nodeTimes = withNodes ? &times : nullptr;
        const auto start = Clock::now();
        auto outputs = (*session)->run(inputs, run);
        const double seconds = secondsSince(start);
        if (!outputs) return outputs.error();
        if (withNodes) {
            clocked.seconds.push_back(seconds);
            clocked.runs.push_back(std::move(times));
        }
        return seconds;
    };

    progress.report(0.1, "First run");
    auto first = runOnce(false);
    if (!first) return first.error();
    profile.firstRunSeconds = *first;

    const auto start = Clock::now();
    for (int i = 0; i < options.warmup && secondsSince(start) < options.seconds / 4; ++i) {
        progress.report(0.15, "Warming up");
        if (auto seconds = runOnce(false); !seconds) return seconds.error();
    }
    const auto measuring = Clock::now();
    for (int i = 0; i < options.runs; ++i) {
        if (i >= kFewestRuns && secondsSince(measuring) > options.seconds) break;
        progress.report(0.2 + 0.8 * i / options.runs, "Measuring");
        auto seconds = runOnce(false);
        if (!seconds) return seconds.error();
        profile.seconds.push_back(*seconds);
        if (!options.nodes) continue;
        if (auto timed = runOnce(true); !timed) return timed.error();
    }
    profile.time = statistics(profile.seconds);
    if (!clocked.seconds.empty() && profile.time.median > 0)
        profile.overhead = std::max(0.0, statistics(clocked.seconds).median / profile.time.median - 1);
    addNodes(profile, clocked, **session, inputs);
    const auto memory = (*session)->memory();
    profile.arenaBytes = memory.arenaBytes;
    profile.lowerBoundBytes = memory.lowerBoundBytes;
    profile.weightBytes = memory.weightBytes;
    profile.packedBytes = memory.packedBytes;
    profile.peakResidentBytes = peakResidentBytes();
    profile.conditions.modelHash = modelHash(*graph);
    addFlags(profile);
    progress.report(1, "Measured");
    return profile;
}

}  // namespace lathe::profile
