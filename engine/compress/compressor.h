// A compressor: graph in, smaller or faster graph out, meaning changed within measure. One file each, in
// compressors.inc.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/base/param_spec.h"
#include "engine/base/progress.h"
#include "engine/data/dataset.h"
#include "engine/ir/change.h"
#include "engine/runtime/session.h"

namespace lathe::compress {

// What a compressor may use besides the graph.
struct Resources {
    data::DatasetPtr data = nullptr;       // null when none was given
    runtime::Opener open = runtime::open;  // where the model is run on the data
};

struct Compressor {
    std::string_view name;   // "quantize_int8"
    std::string_view title;  // "Quantize to int8"
    std::string_view summary;
    std::string_view family;  // "quantize", "prune", "distill"
    std::vector<base::ParamSpec> options;
    bool needsData = false;
    base::Result<ir::Change> (*run)(const ir::GraphPtr&, const base::Params& options, const Resources&,
                                    const base::Progress&) = nullptr;
};

std::span<const Compressor> all();
const Compressor* find(std::string_view name);

// Completes the options, runs, verifies the result.
base::Result<ir::Change> run(const ir::GraphPtr& graph, std::string_view name, const base::Params& options,
                             const Resources& resources, const base::Progress& progress);

}  // namespace lathe::compress
