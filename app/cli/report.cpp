// lathe-cli report: one HTML file about several variants, measured here and now.
#include "engine/project/report.h"

#include <filesystem>

#include "app/cli/dataset_flags.h"
#include "app/cli/model_file.h"
#include "app/cli/model_inputs.h"
#include "app/cli/target_place.h"
#include "app/cli/threads_flag.h"
#include "engine/base/atomic_file.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/evaluate.h"
#include "engine/formats/file_bytes.h"
#include "engine/profile/measure.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::vector<std::string> models;
    std::string out;
    DatasetFlags data;
    InputFlags inputs;
    int threads = 0, runs = 30;
    bool force = false;
};

int report(const Flags& flags, Output& output) {
    if (auto status = checkFilePlace(flags.out); !status) return output.fail(status.error());
    if (auto status = checkTarget(flags.out, flags.force); !status) return output.fail(status.error());
    data::DatasetPtr dataset;
    if (flags.data.given()) {
        auto opened = openDataset(flags.data);
        if (!opened) return output.fail(opened.error());
        dataset = *opened;
    }
    project::Workspace workspace;
    for (const auto& path : flags.models) {
        const auto graph = readModel(path);
        if (!graph) return output.fail(graph.error());
        project::Variant variant;
        variant.id = workspace.nextVariant++;
        variant.name = std::filesystem::path(path).filename().string();
        variant.step.name = path;
        variant.graph = *graph;
        variant.fileBytes = formats::sourceBytes(**graph);
        base::Progress progress;
        ProgressBar bar(progress, "Measuring " + variant.name);
        const auto inputs = modelInputs(**graph, flags.inputs);
        if (!inputs) return output.fail(inputs.error().inside(path));
        profile::MeasureOptions options;
        options.session.threads = flags.threads;
        options.runs = flags.runs;
        auto profile = profile::measure(*graph, *inputs, options, progress.part(0, 0.6));
        if (!profile) return output.fail(withShapeHint(profile.error(), **graph, flags.inputs).inside(path));
        workspace.profiles[variant.id].push_back(
            std::make_shared<const profile::Profile>(std::move(*profile)));
        if (dataset) {
            auto session = runtime::open(*graph, {.threads = flags.threads});
            if (!session) return output.fail(session.error().inside(path));
            auto evaluation = evaluate::evaluate(**session, *dataset, {}, progress.part(0.6, 1));
            if (!evaluation) return output.fail(evaluation.error().inside(path));
            workspace.evaluations[variant.id].push_back(
                std::make_shared<const evaluate::Evaluation>(std::move(*evaluation)));
        }
        workspace.variants.push_back(std::make_shared<const project::Variant>(std::move(variant)));
    }
    auto notCompared = nlohmann::json::array();
    for (size_t i = 1; i < workspace.variants.size(); ++i) {
        base::Progress progress;
        ProgressBar bar(progress, "Comparing");
        evaluate::CompareOptions options;
        options.dataset = dataset;
        options.samples = 8;
        auto shapes = inputShapes(*workspace.variants[0]->graph, flags.inputs);
        if (!shapes) return output.fail(shapes.error());
        options.shapes = std::move(*shapes);
        auto comparison =
            evaluate::compare(workspace.variants[0]->graph, workspace.variants[i]->graph, options, progress);
        // Models that have nothing in common are still reported side by side.
        if (comparison)
            workspace.comparisons[{workspace.variants[0]->id, workspace.variants[i]->id}] =
                std::make_shared<const evaluate::Comparison>(std::move(*comparison));
        else if (comparison.error().kind == base::Error::Kind::cancelled)
            return output.fail(comparison.error());
        else
            notCompared.push_back({{"model", flags.models[i]}, {"reason", comparison.error().message}});
        if (!comparison)
            output.line(fmt::format("{} was not compared: {}", flags.models[i], comparison.error().message));
    }
    const auto html = project::htmlReport(workspace, "Lathe report: " + workspace.variants[0]->name);
    if (auto status = base::writeFile(flags.out, html); !status) return output.fail(status.error());
    output.line(fmt::format("Wrote {}", flags.out));
    output.result({{"file", flags.out}, {"notCompared", notCompared}});
    return kGood;
}

}  // namespace

Verb reportVerb() {
    return {
        "report", "Write an HTML report about several variants",
        "lathe-cli report model.onnx int8.onnx -o report.html", [](CLI::App& command) -> Action {
            auto flags = std::make_shared<Flags>();
            flags->inputs.seed = 1;
            command.add_option("MODEL", flags->models, "Model files; the first is the reference")->required();
            command.add_option("-o,--output", flags->out, "HTML file to write")->required();
            addDatasetFlags(command, flags->data, false);
            addShapeFlag(command, flags->inputs);
            addThreadsFlag(command, flags->threads);
            command.add_option("--runs", flags->runs, "Runs to measure (default 30)")
                ->check(CLI::Range(1, 1000000));
            command.add_flag("--force", flags->force, "Replace the file when it exists");
            return [flags](Output& output) { return report(*flags, output); };
        }};
}

}  // namespace lathe::cli
