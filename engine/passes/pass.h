// A pass: graph in, better graph out, same meaning. One file a pass, listed in passes.inc.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/base/param_spec.h"
#include "engine/base/progress.h"
#include "engine/ir/change.h"
#include "engine/ir/editor.h"

namespace lathe::passes {

struct PassContext {
    ir::Editor& editor;
    const base::Params& options;  // completed
    const base::Progress& progress;
};

// `name` is the key in recipes and the command line ("fold_batch_norm"); `title` what a person reads.
struct Pass {
    std::string_view name;
    std::string_view title;
    std::string_view summary;
    std::vector<base::ParamSpec> options = {};
    // Rewrites what it finds and returns how many places it changed. Keeps the ids of what it keeps and
    // records origins of what it makes. The runner infers types before, verifies after, times, and checks
    // cancel.
    base::Result<int64_t> (*run)(PassContext&) = nullptr;
};

std::span<const Pass> all();
const Pass* find(std::string_view name);

struct Step {
    std::string name;
    base::Params options = {};
};

// A named list of steps: basic, extended, all.
struct Preset {
    std::string_view name;
    std::string_view title;
    std::string_view summary;
    std::vector<Step> steps;
};
std::span<const Preset> presets();
const Preset* findPreset(std::string_view name);

// Runs the steps in order, round after round until nothing changes (at most `rounds`), and reports each pass
// once with its sum. The result is verified; a pass that breaks the graph is an error that names it, and the
// input stays as it was.
base::Result<ir::Change> run(const ir::GraphPtr& graph, std::span<const Step> steps,
                             const base::Progress& progress, int rounds = 8);

}  // namespace lathe::passes
