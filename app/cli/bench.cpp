// lathe-cli bench: latency of a model, raw samples included on demand.
#include <algorithm>
#include <chrono>

#include "app/cli/bench_search.h"
#include "app/cli/device_flags.h"
#include "app/cli/measure_flags.h"
#include "app/cli/model_file.h"
#include "app/cli/model_inputs.h"
#include "app/cli/plan_json.h"
#include "app/cli/threads_flag.h"
#include "engine/base/text.h"
#include "engine/ir/editor.h"
#include "engine/profile/conditions.h"
#include "engine/profile/json.h"
#include "engine/profile/measure.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string model;
    InputFlags inputs;
    DeviceFlags device;
    std::vector<int> threads;
    MeasureFlags measure;
    int runs = 100, warmup = 10;
    bool search = false;
};

// Runs a model of one node: what the program itself takes, its code and its threads, is not the measured
// model's.
void startEngine() {
    ir::Editor editor;
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{1}));
    const auto node = editor.addNode({.op = "Relu", .inputs = {x}});
    editor.setGraphOutputs(ir::kMain, {editor.graph().node(node).output()});
    const std::vector<tensor::RuntimeValue> inputs = {tensor::Tensor::of<float>({1}, {1})};
    if (auto session = runtime::open(editor.finish())) (void)(*session)->run(inputs);
}

// What was measured went with its session; the same options give the same plan.
base::Result<nlohmann::json> planOf(remote::Device& device, const ir::GraphPtr& graph,
                                    const std::vector<tensor::RuntimeValue>& inputs,
                                    const runtime::SessionOptions& options) {
    auto session = device.open(graph, options, {});
    if (!session) return session.error();
    // Free dimensions are fixed by a run's inputs.
    if ((*session)->plan().empty())
        if (auto run = (*session)->run(inputs); !run) return run.error();
    return planJson(*graph, **session);
}

// Null where a table shows "-".
nlohmann::json knownSeconds(bool known, double seconds) {
    return known ? nlohmann::json(seconds) : nlohmann::json();
}

int bench(const Flags& flags, Output& output) {
    const auto device = chosenDevice(flags.device);
    if (!device) return output.fail(device.error());
    if (!flags.device.given()) startEngine();
    profile::forgetPeak();
    const uint64_t before = profile::residentBytes();
    const auto start = std::chrono::steady_clock::now();
    const auto graph = readModel(flags.model);
    // A device loads what is sent there in a form of its own: reading the file is no part of that.
    const double readSeconds =
        flags.device.given()
            ? 0.0
            : std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!graph) return output.fail(graph.error());
    const auto inputs = modelInputs(**graph, flags.inputs);
    if (!inputs) return output.fail(inputs.error());
    if (flags.search)
        return benchSearch(**device, flags.model, *graph, *inputs, flags.measure.seconds, output);
    const uint64_t readPeak = profile::peakResidentBytes();
    auto list = nlohmann::json::array();
    std::vector<std::vector<std::string>> rows;
    std::string conditions;
    // One thread a core, of those chosen.
    for (const int threads : flags.threads.empty() ? std::vector<int>{0} : flags.threads) {
        profile::MeasureOptions options;
        apply(flags.measure, options);
        options.session.threads = threads;
        options.runs = flags.runs;
        options.warmup = flags.warmup;
        options.nodes = false;
        base::Progress progress;
        ProgressBar bar(progress, "Measuring");
        const auto p = (*device)->measure(*graph, *inputs, options, progress);
        if (!p) return output.fail(withShapeHint(p.error(), **graph, flags.inputs).inside(flags.model));
        // The first one has the reading of the file in it, on this computer.
        const bool here = !flags.device.given();
        const uint64_t base = here ? before : p->startResidentBytes;
        const uint64_t peak =
            here && rows.empty() ? std::max(p->peakResidentBytes, readPeak) : p->peakResidentBytes;
        const uint64_t netPeak = std::max(peak, base) - base;
        // From the file to the first result.
        const double coldSeconds = readSeconds + p->loadSeconds + p->firstRunSeconds;
        const auto ms = [](double seconds) { return fmt::format("{:.3f}", seconds * 1e3); };
        rows.push_back({fmt::format("{}", p->conditions.threads), ms(p->time.median),
                        percentile(p->time.hasP90(), p->time.p90), percentile(p->time.hasP99(), p->time.p99),
                        ms(p->time.minimum), fmt::format("{}", p->time.count),
                        ms(readSeconds + p->loadSeconds), ms(p->firstRunSeconds), ms(coldSeconds),
                        base::formatBytes(p->arenaBytes), base::formatBytes(p->lowerBoundBytes),
                        base::formatBytes(netPeak)});
        list.push_back({{"threads", p->conditions.threads},
                        {"medianSeconds", p->time.median},
                        {"p90Seconds", knownSeconds(p->time.hasP90(), p->time.p90)},
                        {"p99Seconds", knownSeconds(p->time.hasP99(), p->time.p99)},
                        {"minimumSeconds", p->time.minimum},
                        {"runs", p->time.count},
                        {"seconds", p->seconds},
                        {"readSeconds", readSeconds},
                        {"loadSeconds", p->loadSeconds},
                        {"firstRunSeconds", p->firstRunSeconds},
                        {"coldStartSeconds", coldSeconds},
                        {"arenaBytes", p->arenaBytes},
                        {"lowerBoundBytes", p->lowerBoundBytes},
                        {"weightBytes", p->weightBytes},
                        {"packedBytes", p->packedBytes},
                        {"peakResidentBytes", p->peakResidentBytes},
                        {"netPeakBytes", netPeak},
                        {"device", p->conditions.device},
                        {"inputs", p->conditions.inputShapes},
                        {"profile", profile::toJson(*p)}});
        list.back()["flags"] = list.back()["profile"]["flags"];
        if (output.json()) {
            auto plan = planOf(**device, *graph, *inputs, options.session);
            if (!plan) return output.fail(plan.error().inside(flags.model));
            list.back()["plan"] = std::move(*plan);
        }
        conditions = conditionsLine(*p);
    }
    output.line(conditions);
    output.table({"threads", "median ms", "p90 ms", "p99 ms", "min ms", "runs", "load ms", "first ms",
                  "cold start ms", "arena", "arena at least", "net peak"},
                 rows);
    output.result({{"model", flags.model}, {"results", list}});
    return kGood;
}

}  // namespace

Verb benchVerb() {
    return {
        "bench", "Measure the latency of a model", "lathe-cli bench model.onnx --threads 1,2 --runs 50",
        [](CLI::App& command) -> Action {
            auto flags = std::make_shared<Flags>();
            command.add_option("MODEL", flags->model, "Model file")->required();
            addInputFlags(command, flags->inputs);
            addDeviceFlags(command, flags->device);
            command
                .add_option("--threads", flags->threads,
                            "Thread counts to measure, e.g. 1,2; loading takes all cores")
                ->delimiter(',')
                ->allow_extra_args(false)
                ->check(threadCount());
            command.add_option("--runs", flags->runs, "Runs to measure (default 100)")
                ->check(CLI::Range(1, 1000000));
            command.add_option("--warmup", flags->warmup, "Runs before measuring (default 10)")
                ->check(CLI::Range(0, 1000000));
            addMeasureFlags(command, flags->measure);
            auto* search = command.add_flag("--search", flags->search,
                                            "Look for the best threads, cores and number of copies instead, "
                                            "--seconds for each (default 1 s)");
            // It chooses these itself.
            for (const auto* name : {"--threads", "--runs", "--warmup", "--mode", "--cores", "--cool-down"})
                search->excludes(name);
            return [flags](Output& output) { return bench(*flags, output); };
        }};
}

}  // namespace lathe::cli
