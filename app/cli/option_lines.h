// Options of a pass, a compressor or a loader, as lines and as JSON.
#pragma once

#include <span>

#include "app/cli/output.h"
#include "engine/base/param_spec.h"

namespace lathe::cli {

void showOptions(std::span<const base::ParamSpec> options, const Output& output);
nlohmann::json optionList(std::span<const base::ParamSpec> options);

}  // namespace lathe::cli
