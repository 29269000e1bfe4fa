// Inputs of a run from the command line: --input NAME=F.npy, --random SEED, --shape NAME=1,3,224,224.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/verb.h"
#include "engine/ir/graph.h"
#include "engine/tensor/value.h"

namespace lathe::cli {

struct InputFlags {
    std::vector<std::string> files;   // NAME=F.npy
    std::vector<std::string> shapes;  // NAME=1,3,224,224
    std::optional<uint64_t> seed;
};

void addShapeFlag(CLI::App& command, InputFlags& flags);
void addInputFlags(CLI::App& command, InputFlags& flags, bool withFiles = true);

// One value for each graph input, in graph order; missing where the input has a default and nothing was
// given.
base::Result<std::vector<tensor::RuntimeValue>> modelInputs(const ir::Graph& graph, const InputFlags& flags);

// Of --shape, by input.
base::Result<std::map<std::string, tensor::Shape>> inputShapes(const ir::Graph& graph,
                                                               const InputFlags& flags);

// Why a run failed, and what to do where that may be because free dimensions were taken as 1.
base::Error withShapeHint(base::Error error, const ir::Graph& graph, const InputFlags& flags);

}  // namespace lathe::cli
