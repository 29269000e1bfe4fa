// Error per tensor between two variants of one model, aligned through provenance.
#pragma once

#include <map>
#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/data/dataset.h"
#include "engine/evaluate/evaluation.h"
#include "engine/ir/graph.h"
#include "engine/runtime/session.h"

namespace lathe::evaluate {

struct CompareOptions {
    data::DatasetPtr dataset = nullptr;  // null: random inputs
    uint64_t seed = 1;                   // of random inputs
    // Of random inputs, by the name of an input of the first model; of the others free dimensions are 1.
    std::map<std::string, tensor::Shape> shapes = {};
    int64_t samples = 32;  // at most, spread evenly over the dataset; random inputs: this many
    int threads = 0;
    runtime::Opener openFirst = runtime::open, openSecond = runtime::open;  // where A and B run
};

// A value of A with the value of B that stands for the same thing: the last one made from the same source
// nodes.
struct AlignedValue {
    ir::ValueId a, b;
};
std::vector<AlignedValue> alignValues(const ir::Graph& a, const ir::Graph& b);

// Streams sample by sample: memory is bounded by one sample's activations.
base::Result<Comparison> compare(const ir::GraphPtr& a, const ir::GraphPtr& b, const CompareOptions& options,
                                 const base::Progress& progress);

}  // namespace lathe::evaluate
