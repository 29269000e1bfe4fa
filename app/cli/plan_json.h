// The plan of a session as the verbs print it.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/runtime/session.h"

namespace lathe::cli {

// A list of steps; nodes have their names beside their numbers.
nlohmann::json planJson(const ir::Graph& graph, const runtime::Session& session);

}  // namespace lathe::cli
