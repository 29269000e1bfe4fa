// Which nodes of a graph run as integers, and which values need codes for that.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/ir/graph.h"

namespace lathe::compress::quantize {

// What a standard operator is for quantization.
enum class Role {
    none,        // stays in float
    compute,     // has weights: Conv, ConvTranspose, Gemm, MatMul
    arithmetic,  // integer form with any scales: Add, Mul, Concat, pooling means, LeakyRelu, Sigmoid, Softmax
    movement,    // integer form when input and output share a scale: MaxPool, Reshape, Transpose, ...
    limit,       // Relu, Clip: absorbed by the quantization after it
};
Role roleOf(ir::Node node);

struct Kept {
    ir::NodeId node;
    std::string reason;
};

struct Selection {
    std::set<ir::NodeId> nodes;       // run as integers, absorbed limits included
    std::vector<ir::ValueId> values;  // activations that are quantized, in order of execution
    std::vector<std::pair<ir::NodeId, size_t>>
        constants;                                   // constant operands (node, input) that are not weights
    std::map<ir::ValueId, ir::ValueId> sameScaleAs;  // value -> the quantized value whose scale it shares
    std::vector<Kept> kept;                          // nodes with weights that stay in float, and why
    int64_t computeCount = 0;                        // nodes with weights that run as integers
    // ConvTranspose: integer weights between codes, as neural processors want them; common runtimes for other
    // processors have no integer form of it and compute it in float.
    int64_t storedCount = 0;

    // Follows sameScaleAs to the value whose range decides.
    ir::ValueId rootOf(ir::ValueId value) const;
};

// Types must be inferred. Main graph only: bodies stay in float.
Selection select(const ir::Graph& graph, const std::vector<std::string>& exclude);

}  // namespace lathe::compress::quantize
