// lathe-cli plan: what a session does in a run, step by step: kernel, layout, place in memory, and why.
#include "app/cli/model_file.h"
#include "app/cli/model_inputs.h"
#include "app/cli/plan_json.h"
#include "app/cli/threads_flag.h"
#include "engine/base/text.h"
#include "engine/runtime/session.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string model;
    InputFlags inputs;
    int threads = 0;
    bool noFusion = false, why = false;
};

std::string nodesText(const ir::Graph& graph, const runtime::PlanEntry& entry) {
    std::string text;
    for (const auto node : entry.nodes) text += (text.empty() ? "" : " + ") + graph.node(node).label();
    return text;
}

std::string placeText(const runtime::PlanEntry::Place& place) {
    if (place.memory == "arena") return fmt::format("@{}", place.offset);
    if (place.offset == 0) return std::string(place.memory);
    return fmt::format("{}+{}", place.memory, place.offset);
}

int plan(const Flags& flags, Output& output) {
    const auto graph = readModel(flags.model);
    if (!graph) return output.fail(graph.error());
    // Free dimensions are fixed by a run's inputs.
    const auto inputs = modelInputs(**graph, flags.inputs);
    if (!inputs) return output.fail(inputs.error());
    runtime::SessionOptions options;
    options.threads = flags.threads;
    options.fuse = !flags.noFusion;
    base::Progress progress;
    const ProgressBar bar(progress, "Planning");
    auto session = runtime::open(*graph, options, progress);
    if (!session) return output.fail(session.error().inside(flags.model));
    if ((*session)->plan().empty())
        if (auto run = (*session)->run(*inputs, {.progress = &progress}); !run)
            return output.fail(withShapeHint(run.error(), **graph, flags.inputs).inside(flags.model));

    std::vector<std::vector<std::string>> rows;
    for (const auto& entry : (*session)->plan()) {
        std::string shapes, layouts, places;
        for (const auto& out : entry.outputs) {
            const auto* separator = shapes.empty() ? "" : ", ";
            shapes += separator + tensor::toString(out.type, out.shape);
            layouts += separator + std::string(out.layout);
            places += separator + placeText(out);
        }
        if (entry.inPlace) places += " in place";
        rows.push_back({std::string(static_cast<size_t>(2 * entry.depth), ' ') + std::string(entry.kernel),
                        entry.op, shapes, layouts, places, base::formatBytes(entry.packedBytes),
                        nodesText(**graph, entry)});
        if (flags.why) rows.back().emplace_back(entry.reason);
    }
    const auto memory = (*session)->memory();
    output.line(fmt::format("{}: arena {} (at least {}), weights {}, packed {}", (*session)->deviceName(),
                            base::formatBytes(memory.arenaBytes), base::formatBytes(memory.lowerBoundBytes),
                            base::formatBytes(memory.weightBytes), base::formatBytes(memory.packedBytes)));
    std::vector<std::string> header = {"kernel", "op", "result", "layout", "place", "packed", "nodes"};
    if (flags.why) header.emplace_back("why");
    output.table(header, rows);
    output.result({{"device", (*session)->deviceName()},
                   {"arenaBytes", memory.arenaBytes},
                   {"lowerBoundBytes", memory.lowerBoundBytes},
                   {"weightBytes", memory.weightBytes},
                   {"packedBytes", memory.packedBytes},
                   {"steps", planJson(**graph, **session)}});
    return kGood;
}

}  // namespace

Verb planVerb() {
    return {"plan", "Show how a model would be run: kernels, layouts, memory",
            "lathe-cli plan model.onnx --why", [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                command.add_option("MODEL", flags->model, "Model file")->required();
                addInputFlags(command, flags->inputs);
                addThreadsFlag(command, flags->threads);
                command.add_flag("--no-fusion", flags->noFusion, "Plan every node by itself");
                command.add_flag("--why", flags->why, "Say why each kernel was taken");
                return [flags](Output& output) { return plan(*flags, output); };
            }};
}

}  // namespace lathe::cli
