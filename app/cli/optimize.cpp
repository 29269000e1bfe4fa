// lathe-cli optimize: runs a preset or chosen passes and writes the result, checked against the original on
// demand.
#include <cmath>

#include "app/cli/model_file.h"
#include "app/cli/report_lines.h"
#include "app/cli/run_passes.h"
#include "engine/runtime/session.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string in, out, preset = "extended";
    std::vector<std::string> passes;
    bool verify = false, force = false;
};

// Largest difference of the outputs on random inputs, relative to the largest magnitude of the original's
// output.
base::Result<double> largestDifference(const ir::GraphPtr& a, const ir::GraphPtr& b, uint64_t seed) {
    auto inputs = runtime::randomInputs(*a, seed);
    if (!inputs) return inputs.error();
    std::vector<std::vector<tensor::RuntimeValue>> results;
    for (const auto& graph : {a, b}) {
        auto session = runtime::open(graph);
        if (!session) return session.error();
        auto result = (*session)->run(*inputs);
        if (!result) return result.error();
        results.push_back(std::move(*result));
    }
    double largest = 0;
    for (size_t i = 0; i < results[0].size(); ++i) {
        const auto *x = results[0][i].tensor(), *y = results[1][i].tensor();
        if (!x || !y || x->type() == tensor::DataType::string) continue;
        if (!(x->shape() == y->shape()))
            return base::Error{fmt::format("Output {} has shape {} instead of {}.", i,
                                           tensor::toString(y->shape()), tensor::toString(x->shape()))};
        const auto u = tensor::toReals(*x), v = tensor::toReals(*y);
        double scale = 1e-6, difference = 0;
        for (size_t k = 0; k < u.size(); ++k) {
            scale = std::max(scale, std::abs(u[k]));
            difference = std::max(difference, std::abs(u[k] - v[k]));
        }
        largest = std::max(largest, difference / scale);
    }
    return largest;
}

int optimize(const Flags& flags, Output& output) {
    if (auto status = checkModelTarget(flags.out, flags.force); !status) return output.fail(status.error());
    std::vector<passes::Step> steps;
    for (const auto& name : flags.passes) {
        if (!passes::find(name))
            return output.fail({fmt::format("There is no pass {}. `lathe-cli passes` lists them.", name),
                                base::Error::Kind::usage});
        steps.push_back({name, {}});
    }
    if (steps.empty()) {
        auto preset = presetSteps(flags.preset);
        if (!preset) return output.fail(preset.error());
        steps = std::move(*preset);
    }
    const auto graph = readModel(flags.in);
    if (!graph) return output.fail(graph.error());
    const auto change = runPasses(*graph, steps);
    if (!change) return output.fail(change.error().inside(flags.in));
    auto json = toJson(change->report);
    showReport(change->report, output);
    if (flags.verify) {
        double worst = 0;
        for (uint64_t seed = 1; seed <= 3; ++seed) {
            const auto difference = largestDifference(*graph, change->graph, seed);
            if (!difference) return output.fail(difference.error().inside("Verifying"));
            worst = std::max(worst, *difference);
        }
        json["largestRelativeDifference"] = worst;
        output.line(fmt::format(
            "Verified on 3 random inputs: outputs differ by at most {:.2g} of the largest value", worst));
        if (!(worst <= 1e-4))
            return output.fail({fmt::format(
                "{}: the optimized model answers differently ({:.2g} > 1e-4); nothing was written.", flags.in,
                worst)});
    }
    if (auto status = writeModel(change->graph, flags.out); !status) return output.fail(status.error());
    output.line(fmt::format("Wrote {}", flags.out));
    json["file"] = flags.out;
    output.result(json);
    return kGood;
}

}  // namespace

Verb optimizeVerb() {
    return {"optimize", "Optimize a model",
            "lathe-cli optimize model.onnx optimized.onnx --preset extended --verify",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                command.add_option("IN", flags->in, "Model file")->required();
                command.add_option("OUT", flags->out, "File to write")->required();
                command.add_option("--preset", flags->preset, "basic, extended or all (default: extended)");
                command.add_option("--pass", flags->passes,
                                   "Run these passes instead of a preset; may be repeated");
                command.add_flag("--verify", flags->verify,
                                 "Compare outputs with the original before writing");
                command.add_flag("--force", flags->force, "Replace OUT when it exists");
                return [flags](Output& output) { return optimize(*flags, output); };
            }};
}

}  // namespace lathe::cli
