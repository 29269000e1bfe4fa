#include "engine/project/run_step.h"

#include <fmt/format.h>

#include "engine/passes/pass.h"

namespace lathe::project {

base::Result<ir::Change> runStep(const ir::GraphPtr& graph, const RecipeStep& step,
                                 const compress::Resources& resources, const base::Progress& progress) {
    switch (step.kind) {
        case RecipeStep::Kind::pass: {
            const passes::Step one{step.name, step.options};
            return passes::run(graph, std::span(&one, 1), progress);
        }
        case RecipeStep::Kind::preset: {
            const auto* preset = passes::findPreset(step.name);
            if (!preset)
                return base::Error{fmt::format("There is no preset {}.", step.name),
                                   base::Error::Kind::usage};
            return passes::run(graph, preset->steps, progress);
        }
        case RecipeStep::Kind::compress:
            return compress::run(graph, step.name, step.options, resources, progress);
        case RecipeStep::Kind::open:
        case RecipeStep::Kind::edit:
            break;
    }
    return base::Error::badInput(fmt::format("Step {} cannot be run again: it was made by hand.", step.name));
}

base::Result<data::DatasetPtr> openDataset(const DatasetEntry& entry, const base::Progress& progress) {
    data::OpenOptions options;
    options.loader = entry.loader;
    options.options = entry.options;
    options.chain = entry.chain;
    options.split = entry.split;
    options.first = entry.first;
    options.count = entry.count;
    return data::open(entry.path, options, progress);
}

}  // namespace lathe::project
