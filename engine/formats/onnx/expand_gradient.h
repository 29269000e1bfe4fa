// Gradient of ai.onnx.preview.training: nodes that name values of their graph in attributes, replaced on
// reading by the plain nodes that compute the derivative. Afterwards no value is known by an attribute alone,
// so passes may rename, fuse and remove what they like.
#pragma once

#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/editor.h"

namespace lathe::formats::onnx {

// For graphs in the newest forms. The nodes of one Gradient lie in a name scope that has its name. One that
// leads through an op without a derivative stays as it is, with a warning that has `label` in front; an error
// names the node whose attributes are wrong.
base::Status expandGradients(ir::Editor& editor, const std::string& label, const base::Progress& progress);

}  // namespace lathe::formats::onnx
