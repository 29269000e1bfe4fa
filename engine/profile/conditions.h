// What a measurement on this computer depends on.
#pragma once

#include "engine/ir/graph.h"
#include "engine/profile/profile.h"
#include "engine/tensor/value.h"

namespace lathe::profile {

// Everything but device and threads, which the session knows, and the hash of the model.
Conditions conditionsHere(const ir::Graph& graph, std::span<const tensor::RuntimeValue> inputs);
// SHA-256 of the file the graph was read from, followed by those that hold its weights; empty when there is
// none, or they are too large to be read for this. Reads all of them: after the memory was measured, not
// before.
std::string modelHash(const ir::Graph& graph);
// The most memory this process held at once, 0 when the system does not say.
uint64_t peakResidentBytes();
// What it holds now, and forgetting the peak so far (where the system lets us).
uint64_t residentBytes();
void forgetPeak();

}  // namespace lathe::profile
