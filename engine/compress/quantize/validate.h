// Checks that a quantized graph (QDQ form) will run as integers where it says so, and computes what it
// should.
#pragma once

#include <string>
#include <vector>

#include "engine/ir/graph.h"

namespace lathe::compress::quantize {

struct Finding {
    ir::NodeId node;
    std::string reason;      // a sentence: what is wrong
    std::string remedy;      // a sentence: what to do
    bool wrong = false;      // results would be wrong, not only slow
    bool somewhere = false;  // true on some processors or runtimes only; told once a graph
};

// Types must be inferred. A graph without QuantizeLinear and DequantizeLinear has no findings.
std::vector<Finding> checkQuantized(const ir::Graph& graph);

}  // namespace lathe::compress::quantize
