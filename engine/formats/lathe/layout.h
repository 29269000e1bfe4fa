// A graph laid out as a flat file, before anything is written: the first bytes, and which tensor goes where.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::formats::flat {

struct Layout {
    struct Weights {
        uint64_t offset;  // from the start of the file
        tensor::Tensor tensor;
    };
    std::string head;              // header and graph
    std::vector<Weights> weights;  // ascending; zeros between them
    uint64_t size = 0;             // of the file
};

// Tensors that share their bytes are stored once. Fails for a graph that the reader would refuse.
base::Result<Layout> layOut(const ir::Graph& graph);

}  // namespace lathe::formats::flat
