// lathe-cli bench --search: the best number of threads, kind of cores and number of copies.
#pragma once

#include <span>
#include <string>

#include "app/cli/output.h"
#include "engine/ir/graph.h"
#include "engine/remote/device.h"
#include "engine/tensor/value.h"

namespace lathe::cli {

int benchSearch(remote::Device& device, const std::string& model, const ir::GraphPtr& graph,
                std::span<const tensor::RuntimeValue> inputs, std::optional<double> seconds, Output& output);

}  // namespace lathe::cli
