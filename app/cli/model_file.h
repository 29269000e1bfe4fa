// Reading and writing model files for verbs, with a progress bar and the rule that nothing is overwritten
// unasked.
#pragma once

#include <string>

#include "app/cli/verb.h"
#include "engine/ir/graph.h"

namespace lathe::cli {

// Reads the file and infers all types. A shape rule that fails is a warning, not an error: the model opens
// all the same.
base::Result<ir::GraphPtr> readModel(const std::string& path);
// An error when the file exists and `force` is off.
base::Status checkTarget(const std::string& path, bool force);
// The same, or an error when no format writes files of that name: told before any work is done.
base::Status checkModelTarget(const std::string& path, bool force);
// `format` empty: by the file name. `opset` 0: the model's own.
base::Status writeModel(const ir::GraphPtr& graph, const std::string& path, int64_t opset = 0);
// "1,3,224,224" after "NAME=".
base::Result<std::pair<std::string, std::string>> splitAssignment(std::string_view text,
                                                                  std::string_view flag);
base::Result<std::vector<int64_t>> parseDimensions(std::string_view text);

}  // namespace lathe::cli
