// lathe-cli recipe run: the steps a person clicked, run on another file.
#include "app/cli/dataset_flags.h"
#include "app/cli/model_file.h"
#include "app/cli/report_lines.h"
#include "engine/base/file_map.h"
#include "engine/project/run_step.h"
#include "engine/project/workspace.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string recipe, in, out;
    DatasetFlags data;
    bool force = false;
};

int runRecipe(const Flags& flags, Output& output) {
    if (auto status = checkModelTarget(flags.out, flags.force); !status) return output.fail(status.error());
    const auto text = base::readTextFile(flags.recipe);
    if (!text) return output.fail(text.error());
    const auto recipe = project::recipeFromJson(*text);
    if (!recipe) return output.fail(recipe.error().inside(flags.recipe));
    auto graph = readModel(flags.in);
    if (!graph) return output.fail(graph.error());
    data::DatasetPtr dataset;
    if (flags.data.given()) {
        auto opened = openDataset(flags.data);
        if (!opened) return output.fail(opened.error());
        dataset = *opened;
    }
    auto json = nlohmann::json::array();
    size_t number = 0;
    for (const auto& step : *recipe) {
        ++number;
        if (step.kind == project::RecipeStep::Kind::open) continue;  // IN takes its place
        base::Progress progress;
        base::Result<ir::Change> change = base::Error{};
        {
            ProgressBar bar(progress, step.name);
            change = project::runStep(*graph, step, {dataset}, progress);
        }
        if (!change)
            return output.fail(change.error().inside(
                fmt::format("{}: step {}, {}, on {}", flags.recipe, number, step.name, flags.in)));
        output.line(step.name);
        showReport(change->report, output);
        json.push_back(toJson(change->report));
        graph = change->graph;
    }
    if (auto status = writeModel(*graph, flags.out, flags.force); !status) return output.fail(status.error());
    output.line(fmt::format("Wrote {}", flags.out));
    output.result({{"file", flags.out}, {"steps", json}});
    return kGood;
}

}  // namespace

Verb recipeVerb() {
    return {"recipe", "Run a recipe", "lathe-cli recipe run recipe.json model.onnx out.onnx",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                auto* run = command.add_subcommand("run", "Run the steps of a recipe on a model");
                command.require_subcommand(1);
                run->add_option("RECIPE", flags->recipe, "Recipe file (JSON)")->required();
                run->add_option("IN", flags->in, "Model file")->required();
                run->add_option("OUT", flags->out, "File to write")->required();
                addDatasetFlags(*run, flags->data, false);
                run->add_flag("--force", flags->force, "Replace OUT when it exists");
                return [flags](Output& output) { return runRecipe(*flags, output); };
            }};
}

}  // namespace lathe::cli
