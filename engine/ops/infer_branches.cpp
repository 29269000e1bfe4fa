#include "engine/ops/infer_branches.h"

#include <memory>
#include <set>

namespace lathe::ops {
namespace {

constexpr int kMostTrials = 32;
constexpr int64_t kMostVisits = 500'000;  // nodes of all trials together: about a second

}  // namespace

Branches settleBranches(const ir::Graph& graph, const InferOptions& options, const InferRun& first) {
    const auto base = std::make_shared<const ir::Graph>(graph);
    const auto nodes = std::max<int64_t>(1, static_cast<int64_t>(graph.nodeCount()));
    const int most = static_cast<int>(std::min<int64_t>(kMostTrials, kMostVisits / nodes));
    Branches settled;
    std::set<ir::NodeId> tried;
    auto open = first.open;
    for (int trials = 0; !open.empty() && trials + 2 <= most;) {
        const auto id = open.front();
        open.erase(open.begin());
        if (!tried.insert(id).second) continue;
        std::vector<InferRun> runs;
        for (const bool branch : {true, false}) {
            auto assumed = settled;
            assumed[id] = branch;
            ir::Editor scratch(base);
            runs.push_back(inferOnce(scratch, options, assumed, true));
            ++trials;
        }
        const auto refuted = [](const InferRun& run) { return !run.status && run.certain; };
        if (refuted(runs[0]) == refuted(runs[1])) continue;
        const bool branch = refuted(runs[1]);
        settled[id] = branch;
        open = runs[branch ? 0 : 1].open;  // what follows may be open no more
    }
    return settled;
}

}  // namespace lathe::ops
