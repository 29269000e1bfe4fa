// Reading the model that the host pushed.
#pragma once

#include <string>

#include "engine/base/progress.h"
#include "engine/ir/graph.h"

namespace lathe::agent {

base::Result<ir::GraphPtr> readModel(const std::string& path, const base::Progress& progress);

}  // namespace lathe::agent
