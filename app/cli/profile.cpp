// lathe-cli profile: time per node, and a trace for Perfetto on demand.
#include "engine/profile/profile.h"

#include <algorithm>

#include "app/cli/device_flags.h"
#include "app/cli/measure_flags.h"
#include "app/cli/model_file.h"
#include "app/cli/model_inputs.h"
#include "app/cli/target_place.h"
#include "app/cli/threads_flag.h"
#include "engine/base/atomic_file.h"
#include "engine/base/text.h"
#include "engine/profile/flags.h"
#include "engine/profile/json.h"
#include "engine/profile/machine.h"
#include "engine/profile/measure.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string model, trace;
    InputFlags inputs;
    DeviceFlags device;
    MeasureFlags measure;
    int threads = 0, runs = 50;
    size_t top = 30;
    bool force = false;
};

int profileModel(const Flags& flags, Output& output) {
    if (!flags.trace.empty()) {
        if (auto status = checkFilePlace(flags.trace); !status) return output.fail(status.error());
        if (auto status = checkTarget(flags.trace, flags.force); !status) return output.fail(status.error());
    }
    const auto graph = readModel(flags.model);
    if (!graph) return output.fail(graph.error());
    const auto inputs = modelInputs(**graph, flags.inputs);
    if (!inputs) return output.fail(inputs.error());
    const auto device = chosenDevice(flags.device);
    if (!device) return output.fail(device.error());
    profile::MeasureOptions options;
    apply(flags.measure, options);
    options.session.threads = flags.threads;
    options.runs = flags.runs;
    base::Progress progress;
    base::Result<profile::Profile> p = base::Error{};
    base::Result<profile::Machine> machine = base::Error{};
    {
        ProgressBar bar(progress, "Profiling");
        p = (*device)->measure(*graph, *inputs, options, progress);
        if (!p) return output.fail(withShapeHint(p.error(), **graph, flags.inputs).inside(flags.model));
        machine = (*device)->machine(p->conditions.threads, p->conditions.coresAsked, progress);
    }
    if (!machine) return output.fail(machine.error());
    auto nodes = p->nodes;
    std::stable_sort(nodes.begin(), nodes.end(),
                     [](const auto& a, const auto& b) { return a.time.median > b.time.median; });
    double sum = 0;
    for (const auto& node : nodes) sum += node.time.median;
    auto list = nlohmann::json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto& node : nodes) {
        const auto view = (*graph)->node(node.node);
        const double share = sum > 0 ? 100 * node.time.median / sum : 0;
        const double flops = node.time.median > 0 ? 2 * node.macs / node.time.median : 0;
        const auto known = [&](double x) { return flops > 0 ? fmt::format("{:.1f}", x) : std::string("-"); };
        if (rows.size() < flags.top)
            rows.push_back({fmt::format("{:.1f}", node.time.median * 1e6), fmt::format("{:.1f}", share),
                            std::string(view.op()), std::string(view.name()), node.kernel, known(flops / 1e9),
                            known(100 * flops / machine->flops)});
        list.push_back({{"node", node.node.index},
                        {"name", view.name()},
                        {"op", view.op()},
                        {"kernel", node.kernel},
                        {"medianSeconds", node.time.median},
                        {"p90Seconds", node.time.p90},
                        {"macs", node.macs},
                        {"bytes", node.bytes}});
    }
    output.line(fmt::format("{}, {}, {} samples, median {}", p->conditions.device,
                            profile::name(p->conditions.mode), p->time.count,
                            base::formatSeconds(p->time.median)));
    output.line(conditionsLine(*p));
    if (p->joulesPerInference)
        output.line(fmt::format("about {:.3f} J an inference, taken from the battery by the whole device",
                                *p->joulesPerInference));
    if (!nodes.empty())
        output.line(fmt::format("nodes sum to {}; node clocks add {:.1f} %", base::formatSeconds(sum),
                                100 * p->overhead));
    output.line(fmt::format("{}: {:.1f} GFLOP/s in float32 registers, {:.1f} GB/s of memory",
                            flags.device.given() ? (*device)->name() : "this computer", machine->flops / 1e9,
                            machine->bytesPerSecond / 1e9));
    if (!nodes.empty())
        output.table({"median µs", "share %", "op", "name", "kernel", "GFLOP/s", "% of peak"}, rows);
    else if (p->conditions.mode == profile::Mode::cold)
        output.line("Nodes are not timed: each cold sample loads the model anew.");
    if (nodes.size() > rows.size())
        output.line(fmt::format("… and {} faster nodes (--top)", nodes.size() - rows.size()));
    if (!flags.trace.empty()) {
        if (auto status = base::writeFile(flags.trace, profile::traceJson(*p, **graph)); !status)
            return output.fail(status.error());
        output.line(fmt::format("Wrote {} (open it in ui.perfetto.dev or chrome://tracing)", flags.trace));
    }
    output.result({{"model", flags.model},
                   {"device", p->conditions.device},
                   {"medianSeconds", p->time.median},
                   {"overhead", p->overhead},
                   {"threads", p->conditions.threads},
                   {"machine", {{"flops", machine->flops}, {"bytesPerSecond", machine->bytesPerSecond}}},
                   {"nodes", list},
                   {"profile", profile::toJson(*p)}});
    return kGood;
}

}  // namespace

Verb profileVerb() {
    return {"profile", "Measure time per node", "lathe-cli profile model.onnx --trace trace.json",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                command.add_option("MODEL", flags->model, "Model file")->required();
                addInputFlags(command, flags->inputs);
                addDeviceFlags(command, flags->device);
                addThreadsFlag(command, flags->threads);
                command.add_option("--runs", flags->runs, "Runs to measure (default 50)")
                    ->check(CLI::Range(1, 1000000));
                addMeasureFlags(command, flags->measure);
                command.add_option("--top", flags->top, "Nodes to list (default 30)");
                command.add_option("--trace", flags->trace, "Write a trace file for Perfetto");
                command.add_flag("--force", flags->force, "Replace the trace file when it exists");
                return [flags](Output& output) { return profileModel(*flags, output); };
            }};
}

}  // namespace lathe::cli
