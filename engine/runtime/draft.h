// A plan in the making: nodes and values with concrete types, before kernels and memory are chosen.
#pragma once

#include <memory>
#include <vector>

#include "engine/runtime/plan.h"

namespace lathe::runtime {

struct Draft {
    ir::GraphPtr graph;
    ir::SubgraphId subgraph = ir::kMain;
    std::vector<PlannedValue> values;
    std::vector<PlanNode> nodes;
    std::vector<uint32_t> inputs;
    std::vector<uint32_t> outputs;

    uint32_t addConstant(tensor::Tensor tensor);
    // May be unaligned where the model file has it so.
    const tensor::Tensor* constant(uint32_t value) const {
        return value == kNone ? nullptr : values[value].constant.get();
    }
};

// Which nodes read each value, for the patterns of the fusions. A snapshot.
class DraftUses {
  public:
    explicit DraftUses(const Draft& draft);
    // Node inputs, captures of bodies and outputs of the draft.
    uint32_t count(uint32_t value) const { return m_counts[value]; }
    // The one node that reads the value, or kNone when several do or a caller gets it.
    uint32_t onlyReader(uint32_t value) const { return m_counts[value] == 1 ? m_readers[value] : kNone; }
    // The last node that reads the value, or kNone when a caller gets it.
    uint32_t lastReader(uint32_t value) const { return m_readers[value]; }
    // The node that makes the value, or kNone.
    uint32_t producer(uint32_t value) const { return value == kNone ? kNone : m_producers[value]; }

  private:
    std::vector<uint32_t> m_counts, m_readers, m_producers;
};

// The graph whose nodes come from themselves, whatever they were made from before.
ir::GraphPtr withoutOrigins(const ir::GraphPtr& graph);
// A copy in the operators that kernels are good at, with origins in `graph`; needs types.
base::Result<ir::GraphPtr> tidied(const ir::GraphPtr& graph, const base::Progress& progress);
// The names of the passes that do so.
std::span<const std::string_view> tidyingPasses();
// The graph without the tensors of the constants from `limit` on, which a finished plan holds itself where it
// needs them.
ir::GraphPtr withoutWeights(const ir::GraphPtr& graph, uint32_t limit);

// The graph with the types that follow from these inputs.
base::Result<ir::GraphPtr> typed(const ir::GraphPtr& graph, std::span<const GivenInput> inputs,
                                 const std::map<std::string, int64_t, std::less<>>& bindings);

// Nodes and values of one sub-graph of a typed graph. The origins of its nodes are those of the user's graph.
Draft lower(const ir::GraphPtr& graph, ir::SubgraphId subgraph, std::span<const GivenInput> inputs);

// Evaluates what does not depend on inputs and puts the taken body in the place of an If whose condition is
// known. DequantizeLinear of weights stays where it is with `keepDequantize`, for the fusions. Returns how
// many nodes went.
base::Result<size_t> foldConstants(Draft& draft, bool keepDequantize, const base::Progress& progress);

// Nodes on 16-bit floats run on float32, with a Cast where the two meet. Before the fusions.
void widenHalves(Draft& draft);
// Attention written out becomes one node. Before the products in it are fused with anything else.
void fuseAttention(Draft& draft);
// Puts several nodes into one where a kernel runs them together: residual additions, biases, clamps,
// functions.
void fuseActivations(Draft& draft);
// Dequantize, compute, quantize becomes one node on integers. Before the weights are dequantized for good.
void fuseQuantized(Draft& draft);

// Reshape, transpose, reshape that shuffle channels become one node, with the Concat before them and the
// slices behind. Before the layouts are chosen.
void fuseChannelShuffle(Draft& draft);

// Runs convolutions, and what lies between them, on blocked channels; adds the nodes that reorder values
// where one layout meets the other. After the fusions.
void chooseLayouts(Draft& draft);

void removeDeadNodes(Draft& draft);
// Drops the nodes whose `op` was emptied by a rewrite.
void dropEmptied(Draft& draft);

kernels::Site siteOf(const Draft& draft, const PlanNode& node);
// The first kernel that takes the node; null when the plain evaluation has to.
const kernels::Kernel* chooseKernel(const Draft& draft, const PlanNode& node);
// The output is the first input under another shape: no work at all.
bool isView(const Draft& draft, const PlanNode& node);

// Kernels, branches, memory.
base::Result<std::unique_ptr<Plan>> assign(Draft draft, const PlanOptions& options,
                                           const base::Progress& progress);

}  // namespace lathe::runtime
