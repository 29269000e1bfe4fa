// A sub-graph made ready for one set of concrete input shapes: steps in order, the kernel of each, and where
// every value lies. Immutable once built; the executor runs it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/parallel.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/kernels/kernel.h"
#include "engine/runtime/session.h"
#include "engine/tensor/tensor.h"

namespace lathe::runtime {

inline constexpr uint32_t kNone = UINT32_MAX;

// Memory that one or several values share: views, results in place, parts of a whole.
struct Buffer {
    enum class Kind {
        constant,  // a tensor of the plan
        input,     // the caller's tensor
        arena,     // at `offset` of the arena
        output,    // a fresh tensor each run, handed to the caller
        held,      // a value that a plain evaluation made: any kind, any shape
    };
    Kind kind = Kind::arena;
    uint64_t bytes = 0;
    uint64_t offset = 0;
    int64_t first = 0;  // step that makes it
    int64_t last = -1;  // last step that reads it; the number of steps when a caller gets it
    size_t port = 0;    // of an input
    tensor::DataType type = tensor::DataType::undefined;
    tensor::Shape shape;

    bool inArena() const { return kind == Kind::arena && last >= first; }
    // All that lay in it lies elsewhere.
    void abandon();
};

struct PlannedValue {
    bool fixed = false;  // a tensor whose type and shape are known before the run
    tensor::DataType type = tensor::DataType::undefined;
    tensor::Shape shape;
    kernels::Layout layout = kernels::Layout::plain;
    uint32_t buffer = kNone;
    uint64_t offset = 0;          // from the start of the buffer, in bytes
    uint32_t computedAs = kNone;  // the value that a run computes in its place: the same numbers as float32
    std::shared_ptr<const tensor::Tensor> constant;  // of a draft: large ones may be unaligned

    uint64_t bytes() const;  // in memory, fill-up channels included; 0 when not fixed
};

// One node of the plan: a node of the user's graph, or several that one kernel runs together (`lathe`
// domain).
struct PlanNode {
    ir::NodeId node;                  // the one that times are booked on
    ir::NodeId source;                // in the plan's graph: what a plain evaluation computes
    std::vector<ir::NodeId> members;  // all it stands for, in order
    std::string domain;
    std::string op;
    ir::Attributes attributes;
    std::vector<uint32_t> inputs;    // values by index; kNone: omitted
    std::vector<uint32_t> outputs;   // kNone: not wanted
    std::vector<uint32_t> captures;  // values that its bodies read from outside

    // Only makes the form of a value that another node wants: a change of layout or of type.
    bool changesForm() const { return domain == "lathe" && (op == "Reorder" || op == "Cast"); }
};

struct Plan;

struct Step {
    enum class Kind {
        view,    // nothing to do: the output lies where its numbers are already
        kernel,  // a prepared kernel
        plain,   // the op's plain evaluation
        branch,  // If: one of two plans
    };
    Kind kind = Kind::plain;
    PlanNode node;
    const kernels::Kernel* kernel = nullptr;
    std::unique_ptr<kernels::Prepared> prepared;
    bool inPlace = false;
    std::vector<std::unique_ptr<Plan>> branches;  // then, else
    std::vector<uint32_t> releases;               // held buffers nobody reads after this step
};

struct Plan {
    ir::GraphPtr graph;  // typed for these shapes; it has the ids of the user's graph, and further ones
    ir::SubgraphId subgraph = ir::kMain;
    std::vector<Step> steps;
    std::vector<PlannedValue> values;  // by value index; those behind graph->valueLimit() are the plan's own
    std::vector<Buffer> buffers;
    std::vector<uint32_t> inputs;   // values the caller gives: the sub-graph's inputs, then what it captures
    std::vector<uint32_t> outputs;  // values in the order of the sub-graph's outputs
    size_t scratchBytes = 0;
    MemoryUse memory;
    bool fused = false;  // some values of the graph are not computed

    // The value that has the numbers of this one in a run, or kNone when no step computes them.
    uint32_t holderOf(uint32_t value) const;
};

// What the caller gives for one input of the plan.
struct GivenInput {
    ir::ValueId value;
    bool fixed = false;  // a tensor of this type and shape; else anything
    tensor::DataType type = tensor::DataType::undefined;
    tensor::Shape shape;
    const tensor::Tensor* constant = nullptr;  // it will always have this value
    bool operator==(const GivenInput&) const = default;
};

struct PlanOptions {
    bool fuse = true;
    bool plainOnly = false;
    const base::Workers* workers = nullptr;  // share the packing of weights; null: the caller alone
    bool shareParts = true;                  // off: every Concat, Split and Slice copies, to compare with
};

// `graph` is the user's graph; bindings name further dimensions. The error names the node.
base::Result<std::unique_ptr<Plan>> makePlan(const ir::GraphPtr& graph, std::span<const GivenInput> inputs,
                                             const std::map<std::string, int64_t, std::less<>>& bindings,
                                             const PlanOptions& options, const base::Progress& progress);

// What to say when the system gives no memory for planning or running.
base::Error noMemory();

// The kernel's name, or how else the step runs.
std::string_view stepName(const Step& step);
std::vector<PlanEntry> entriesOf(const Plan& plan);

}  // namespace lathe::runtime
