// A graph as lines that do not depend on ids, for comparing what was read with what was written and read
// again.
#pragma once

#include <string>

#include "engine/ir/graph.h"

namespace lathe::test {

std::string describe(const ir::Graph& graph);

}  // namespace lathe::test
