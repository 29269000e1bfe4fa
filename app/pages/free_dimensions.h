// The dimensions a model leaves open (batch, height, sequence) and the numbers a person gave them. Costs,
// profiles and captured activations are for these numbers. Remembered with the workspace.
#pragma once

#include <QString>
#include <cstdint>
#include <map>
#include <string>

#include "app/document/document.h"
#include "engine/base/result.h"

namespace lathe::app {

using FreeDimensions = std::map<std::string, int64_t, std::less<>>;

// All named dimensions of the graph's inputs. Without a number of the person's: 1 for what is the first axis
// of an input or is called N or batch, 224 for the others of an input of rank 4 (an image), 128 for the rest
// (a sequence).
FreeDimensions freeDimensions(const Document& document, const ir::Graph& graph);
void setFreeDimension(Document& document, const QString& name, int64_t value);

// Why a run failed, with the sizes it was for and where to change them. Any thread.
base::Error explained(base::Error error, const FreeDimensions& dimensions);

// "N = 1, H = 224"; empty when nothing is open.
QString describe(const FreeDimensions& dimensions);

}  // namespace lathe::app
