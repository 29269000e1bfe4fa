// A preprocessing chain as the lines of C++ that do the same to a picture in an exported project.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::bundle {

// Lines for the body of `Image prepared(Image image)` of the template, each a call with its numbers. The
// error names the step that a project cannot do.
base::Result<std::string> preprocessLines(std::string_view chain);

// What a model of pictures needs at least, told from its first input: channels, size, layout. Empty for other
// models.
std::string guessedChain(const ir::Graph& graph);

// Whether pictures that went through the chain have the numbers that the first input takes; axes of size 1
// and the batch do not matter. A chain whose result depends on the picture, and an input with free
// dimensions, are not judged. The error names both shapes.
base::Status checkFits(std::string_view chain, const ir::Graph& graph);

}  // namespace lathe::bundle
