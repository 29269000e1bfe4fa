#include "app/cli/run_passes.h"

namespace lathe::cli {

base::Result<std::vector<passes::Step>> presetSteps(std::string_view preset) {
    const auto* found = passes::findPreset(preset);
    if (!found)
        return base::Error{fmt::format("There is no preset {}. `lathe-cli passes` lists them.", preset),
                           base::Error::Kind::usage};
    return found->steps;
}

base::Result<ir::Change> runPasses(const ir::GraphPtr& graph, std::span<const passes::Step> steps) {
    base::Progress progress;
    ProgressBar bar(progress, "Optimizing");
    return passes::run(graph, steps, progress);
}

}  // namespace lathe::cli
