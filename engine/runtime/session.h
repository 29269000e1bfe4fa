// A graph planned for a device, ready to run. Local CPU here; other devices implement the same interface.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/tensor/value.h"

namespace lathe::runtime {

struct SessionOptions {
    // Of a run; 0: one per core, of `cores` where some are given. Planning takes all cores whatever the
    // number, as somebody waits for it.
    int threads = 0;
    std::map<std::string, int64_t, std::less<>> bindings =
        {};                  // values of named dimensions, where the caller knows them
    bool fuse = true;        // plan-time fusions; off to measure every node of the user's graph by itself
    bool plainOnly = false;  // only the plain evaluation of each op: the oracle
    // Cores for the helping threads of a run; empty: anywhere. The thread that calls run() is its owner's to
    // pin (base/pinning.h).
    std::vector<int> cores = {};
};

// Times of one node in one run, nanoseconds since the start of that run.
struct NodeTime {
    ir::NodeId node;  // of the user's graph
    int64_t start = 0;
    int64_t end = 0;
};

// What to watch in a run. Watching costs; the times include none of it but the clock reads.
struct RunOptions {
    const base::Progress* progress = nullptr;
    std::vector<NodeTime>* nodeTimes = nullptr;  // filled in order of execution
    // Called for each value in `capture` when it is computed. The tensor is valid during the call only.
    std::span<const ir::ValueId> capture = {};
    std::function<void(ir::ValueId, const tensor::Tensor&)> onCapture = {};
};

struct Port {
    ir::ValueId value;
    std::string name;
    ir::ValueType type;
    bool optional = false;  // an input with a default
};

struct MemoryUse {
    uint64_t arenaBytes = 0;       // planned for intermediate values
    uint64_t lowerBoundBytes = 0;  // largest set of values alive at once
    uint64_t weightBytes = 0;      // constants the session reads
    uint64_t packedBytes = 0;      // weights in the kernels' own layout
};

// One step of a plan, in the order of execution.
struct PlanEntry {
    struct Place {  // of one result
        tensor::DataType type = tensor::DataType::undefined;
        tensor::Shape shape;
        std::string_view layout;  // "plain", "blocked"
        std::string_view memory;  // "arena", "output", "constant", "input", "held": made anew by each run
        uint64_t offset = 0, bytes = 0;  // where in that memory
    };
    std::string_view kernel;        // its name, or "view", "branch", "plain"
    std::string_view reason;        // why this one: what it is good for
    std::string op;                 // as it is run: "Conv", "lathe.Conv"
    std::vector<ir::NodeId> nodes;  // of the user's graph
    std::vector<Place> outputs;
    bool inPlace = false;
    uint64_t packedBytes = 0, scratchBytes = 0;
    int depth = 0;  // above 0: a step of a branch of the If before
};

// Used by one thread at a time; several sessions may run at once.
class Session {
  public:
    virtual ~Session() = default;
    virtual const std::vector<Port>& inputs() const = 0;
    virtual const std::vector<Port>& outputs() const = 0;
    // Inputs in port order; a missing value takes the default. A first run with new shapes plans for them.
    // The error names the input or node and what was expected.
    virtual base::Result<std::vector<tensor::RuntimeValue>> run(std::span<const tensor::RuntimeValue> inputs,
                                                                const RunOptions& options = {}) = 0;
    virtual MemoryUse memory() const = 0;
    virtual std::string deviceName() const = 0;     // "CPU, 2 threads, avx512"
    virtual const ir::GraphPtr& graph() const = 0;  // the user's graph
    // The plan of the last run, or the one made on opening; empty when no shapes were given yet.
    virtual std::vector<PlanEntry> plan() const = 0;
    // What runs a node of the user's graph in the plan of the last run: the kernel's name, "plain", "view",
    // "branch", or "folded" for a node that needs no run.
    virtual std::string kernelOf(ir::NodeId node) const = 0;
};

// Plans for this computer's CPU. Fails for ops nobody can run, naming them all.
base::Result<std::unique_ptr<Session>> open(const ir::GraphPtr& graph, const SessionOptions& options = {},
                                            const base::Progress& progress = {});

// What opens sessions: open() above for this computer, or that of another device.
using Opener = std::function<base::Result<std::unique_ptr<Session>>(
    const ir::GraphPtr&, const SessionOptions&, const base::Progress&)>;

// Random inputs for a graph: normal floats, small integers, bools; named dimensions without a binding become
// 1 unless `dimension` says otherwise. Same seed, same values.
base::Result<std::vector<tensor::RuntimeValue>> randomInputs(
    const ir::Graph& graph, uint64_t seed, const std::map<std::string, int64_t, std::less<>>& bindings = {},
    const std::map<std::string, tensor::Shape>& shapes = {});

}  // namespace lathe::runtime
