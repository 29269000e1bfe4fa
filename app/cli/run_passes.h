// Passes as verbs run them: chosen by a preset's name, with a progress bar.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "app/cli/verb.h"
#include "engine/passes/pass.h"

namespace lathe::cli {

base::Result<std::vector<passes::Step>> presetSteps(std::string_view preset);
base::Result<ir::Change> runPasses(const ir::GraphPtr& graph, std::span<const passes::Step> steps);

}  // namespace lathe::cli
