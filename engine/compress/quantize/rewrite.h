// Writes a quantized graph in QDQ form: QuantizeLinear and DequantizeLinear round what runs as integers.
#pragma once

#include <map>
#include <vector>

#include "engine/compress/quantize/affine.h"
#include "engine/compress/quantize/selection.h"
#include "engine/ir/editor.h"

namespace lathe::compress::quantize {

struct RewriteOptions {
    tensor::DataType activations = tensor::DataType::int8;
    bool symmetric = false;
    bool perChannel = true;
    // Means of the channels of inputs of nodes with weights. Where one is given, the bias takes up what
    // rounding the weights shifts the mean of each output channel by.
    std::map<ir::ValueId, std::vector<double>> inputMeans = {};
};

// `scales` holds the affine map of every value of the selection. Each value is quantized once, right after it
// is made; weights become int8 constants, biases int32 with the scale of the sums. Inserted nodes come from
// the node they belong to.
void rewrite(ir::Editor& editor, const Selection& selection, const std::map<ir::ValueId, Affine>& scales,
             const RewriteOptions& options);

}  // namespace lathe::compress::quantize
