// Writes a model, reads it back and compares the answers of what was read with those of what was written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/base/param_spec.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::project {

struct Written {
    uint64_t bytes = 0;           // of the file, or of all files in the folder
    double difference = 0;        // largest, relative to the largest output value
    std::string unverified = {};  // why the answers were not compared; empty when they were
};

// `format` and `options` as formats::write takes them. The error is that nothing was written, that the file
// cannot be read back, or that what was read answers otherwise; in the last two cases the file is there. A
// model that cannot be run (unknown operators, for example) is written but not verified.
base::Result<Written> writeVerified(const ir::GraphPtr& graph, const std::filesystem::path& path,
                                    const std::string& format, const base::Params& options,
                                    const base::Progress& progress);

}  // namespace lathe::project
