// Reading and writing model files for verbs, with a progress bar and the rule that nothing is overwritten
// unasked.
#pragma once

#include <string>

#include "app/cli/verb.h"
#include "engine/base/param_spec.h"
#include "engine/ir/graph.h"

namespace lathe::cli {

// Reads the file and infers all types. A shape rule that fails is a warning, not an error: the model opens
// all the same.
base::Result<ir::GraphPtr> readModel(const std::string& path);
// An error when the file exists and `force` is off.
base::Status checkTarget(const std::string& path, bool force);
// The same for all files that this format writes: without a graph those of every graph, told before any work
// is done.
base::Status checkTargets(const std::string& path, std::string_view format, const base::Params& params,
                          const ir::Graph* graph, bool force);
// The same by the file name; an error when no format writes files of that name.
base::Status checkModelTarget(const std::string& path, bool force);
// In the format of the file name, over files that exist with `force` only. `opset` 0: the model's own.
base::Status writeModel(const ir::GraphPtr& graph, const std::string& path, bool force, int64_t opset = 0);
// "1,3,224,224" after "NAME=".
base::Result<std::pair<std::string, std::string>> splitAssignment(std::string_view text,
                                                                  std::string_view flag);
base::Result<std::vector<int64_t>> parseDimensions(std::string_view text);

}  // namespace lathe::cli
