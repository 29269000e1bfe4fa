// What stands in the way of exporting a model, for the person who is about to.
#pragma once

#include <QStringList>

#include "engine/formats/format.h"

namespace lathe::app {

// One sentence each, with its remedy; none when nothing is known to stand in the way. `format` null: only
// what matters in every format. A walk over the nodes, on any thread that may translate.
QStringList exportFindings(const ir::Graph& graph, const formats::Format* format);

}  // namespace lathe::app
