// Runs lists of passes in rounds: types before, verification after, time and count of each.
#include <fmt/format.h>

#include <chrono>

#include "engine/ir/verify.h"
#include "engine/ops/infer.h"
#include "engine/passes/pass.h"

namespace lathe::passes {

namespace {

struct Prepared {
    const Pass* pass = nullptr;
    base::Params options;
    ir::ReportLine line;
};

base::Result<std::vector<Prepared>> prepare(std::span<const Step> steps) {
    std::vector<Prepared> prepared;
    for (const auto& step : steps) {
        const auto* pass = find(step.name);
        if (!pass)
            return base::Error{fmt::format("There is no pass \"{}\".", step.name), base::Error::Kind::usage};
        auto options = base::complete(pass->options, step.options);
        if (!options.ok()) return options.error().inside(step.name);
        prepared.push_back(
            {pass, *options, {.name = std::string(pass->name), .title = std::string(pass->title)}});
    }
    return prepared;
}

// One pass on one graph; the graph itself when nothing was found.
base::Result<ir::GraphPtr> runOne(const ir::GraphPtr& graph, Prepared& step, const base::Progress& progress,
                                  bool typed) {
    const auto start = std::chrono::steady_clock::now();
    ir::Editor editor(graph);
    if (!typed)
        if (auto status = ops::inferTypes(editor); !status.ok()) return status.error();
    PassContext context{editor, step.options, progress};
    auto count = step.pass->run(context);
    if (!count.ok()) return count.error().inside(step.pass->name);
    step.line.count += *count;
    auto result = editor.finish();
    if (*count > 0)
        if (auto status = ir::verify(*result); !status.ok())
            return status.error().inside(fmt::format("{} left a broken graph", step.pass->name));
    step.line.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

}  // namespace

base::Result<ir::Change> run(const ir::GraphPtr& graph, std::span<const Step> steps,
                             const base::Progress& progress, int rounds) {
    auto prepared = prepare(steps);
    if (!prepared.ok()) return prepared.error();
    ir::Change change;
    change.report.nodesBefore = graph->nodeCount();
    auto current = graph;
    bool typed = false;
    bool settled = false;
    for (int round = 0; round < rounds && !settled; ++round) {
        settled = true;
        for (size_t i = 0; i < prepared->size(); ++i) {
            if (auto status = progress.check(); !status.ok()) return status.error();
            auto& step = (*prepared)[i];
            const double done =
                (round + static_cast<double>(i) / static_cast<double>(prepared->size())) / rounds;
            progress.report(done, step.pass->title);
            const auto before = step.line.count;
            auto next = runOne(current, step, progress, typed);
            if (!next.ok()) return next.error();
            current = *next;
            typed = step.line.count == before;
            settled = settled && typed;
        }
    }
    if (!typed) {
        auto refreshed = ops::inferred(current);
        if (!refreshed.ok()) return refreshed.error();
        current = *refreshed;
    }
    change.graph = current;
    change.report.nodesAfter = current->nodeCount();
    for (auto& step : *prepared) change.report.lines.push_back(std::move(step.line));
    if (!settled && rounds > 1)
        change.report.lines.push_back(
            {.name = "rounds",
             .title = "Rounds",
             .count = rounds,
             .note = fmt::format("Still changing after {} rounds; run again for more.", rounds)});
    progress.report(1, "Done");
    return change;
}

}  // namespace lathe::passes
