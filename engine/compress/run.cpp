// Runs one compressor: options completed, data present, result typed and sane.
#include <fmt/format.h>

#include <chrono>

#include "engine/compress/compressor.h"
#include "engine/ir/verify.h"
#include "engine/ops/infer.h"

namespace lathe::compress {

base::Result<ir::Change> run(const ir::GraphPtr& graph, std::string_view name, const base::Params& options,
                             const Resources& resources, const base::Progress& progress) {
    const auto* compressor = find(name);
    if (!compressor)
        return base::Error{fmt::format("There is no compressor \"{}\".", name), base::Error::Kind::usage};
    auto completed = base::complete(compressor->options, options);
    if (!completed.ok()) return completed.error().inside(name);
    if (compressor->needsData && !resources.data)
        return base::Error{fmt::format("{} needs a dataset to calibrate on. Give one.", compressor->title),
                           base::Error::Kind::usage};
    const auto start = std::chrono::steady_clock::now();
    auto change = compressor->run(graph, *completed, resources, progress);
    if (!change.ok()) return change.error().inside(name);
    auto typed = ops::inferred(change->graph);
    if (!typed.ok()) return typed.error().inside(fmt::format("{} left a broken graph", name));
    if (auto status = ir::verify(**typed); !status.ok())
        return status.error().inside(fmt::format("{} left a broken graph", name));
    change->graph = *typed;
    change->report.nodesBefore = graph->nodeCount();
    change->report.nodesAfter = change->graph->nodeCount();
    for (auto& line : change->report.lines)
        if (line.name == name)
            line.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return change;
}

}  // namespace lathe::compress
