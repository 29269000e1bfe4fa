#include "app/cli/bench_search.h"

#include "app/cli/verb.h"
#include "engine/base/text.h"
#include "engine/profile/search.h"

namespace lathe::cli {

int benchSearch(remote::Device& device, const std::string& model, const ir::GraphPtr& graph,
                std::span<const tensor::RuntimeValue> inputs, std::optional<double> seconds, Output& output) {
    profile::SearchOptions options;
    options.seconds = seconds.value_or(options.seconds);
    base::Progress progress;
    base::Result<profile::SearchResult> found = base::Error{};
    {
        ProgressBar bar(progress, "Searching");
        found = device.search(graph, inputs, options, progress);
    }
    if (!found) return output.fail(found.error().inside(model));
    std::vector<std::vector<std::string>> rows;
    for (size_t i = 0; i < found->candidates.size(); ++i) {
        const auto& candidate = found->candidates[i];
        std::string best = i == found->bestLatency ? "latency" : "";
        if (i == found->bestThroughput) best += best.empty() ? "throughput" : ", throughput";
        rows.push_back(
            {profile::describe(candidate.configuration),
             fmt::format("{:.3f}", candidate.latency.median * 1e3),
             fmt::format("{:.3f}", candidate.latency.p90 * 1e3), fmt::format("{:.1f}", candidate.throughput),
             base::formatBytes(candidate.plannedBytes), base::formatBytes(candidate.peakBytes), best});
    }
    output.table(
        {"configuration", "median ms", "p90 ms", "inferences/s", "memory planned", "memory peak", "best for"},
        rows);
    auto json = profile::toJson(*found);
    json["model"] = model;
    output.result(json);
    return kGood;
}

}  // namespace lathe::cli
