// lathe-cli optimize: runs a preset or chosen passes and writes the result, checked against the original on
// demand.
#include "app/cli/model_file.h"
#include "app/cli/model_inputs.h"
#include "app/cli/report_lines.h"
#include "app/cli/run_passes.h"
#include "engine/evaluate/answer_difference.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string in, out, preset = "extended";
    std::vector<std::string> passes;
    InputFlags inputs;
    bool verify = false, force = false;
};

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
        constexpr int kRounds = 3;
        const auto shapes = inputShapes(**graph, flags.inputs);
        if (!shapes) return output.fail(shapes.error());
        const auto answers = evaluate::answerDifference(*graph, change->graph, kRounds, {}, *shapes);
        if (!answers)
            return output.fail(withShapeHint(answers.error(), **graph, flags.inputs).inside("Verifying"));
        if (!answers->mismatch.empty())
            return output.fail(
                {fmt::format("{}: the optimized model answers differently: {}; nothing was written.",
                             flags.in, answers->mismatch)});
        const double worst = answers->largest;
        json["largestRelativeDifference"] = worst;
        output.line(
            fmt::format("Verified on {} random inputs: outputs differ by at most {:.2g} of the largest value",
                        kRounds, worst));
        if (worst > 1e-4)
            return output.fail({fmt::format(
                "{}: the optimized model answers differently ({:.2g} > 1e-4); nothing was written.", flags.in,
                worst)});
    }
    if (auto status = writeModel(change->graph, flags.out, flags.force); !status)
        return output.fail(status.error());
    output.line(wroteLine(flags.out));
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
                command
                    .add_option("--pass", flags->passes,
                                "Run these passes instead of a preset, e.g. A,B; may be repeated")
                    ->delimiter(',')
                    ->allow_extra_args(false)
                    ->excludes("--preset");
                command.add_flag("--verify", flags->verify,
                                 "Compare outputs with the original before writing");
                addShapeFlag(command, flags->inputs);
                command.get_option("--shape")->needs("--verify");
                command.add_flag("--force", flags->force, "Replace OUT when it exists");
                return [flags](Output& output) { return optimize(*flags, output); };
            }};
}

}  // namespace lathe::cli
