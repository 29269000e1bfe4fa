// A fast version of an op for one kind of device: which nodes it takes, what it prepares once, how it runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/parallel.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/tensor/tensor.h"

namespace lathe::kernels {

// How the elements of a [N, C, H, W] tensor lie in memory. `blocked` is NCHWc: channels in blocks of
// channelBlock(), [N][C / block][H][W][block], so that a vector holds neighbouring channels of one place.
// The channels that fill up the last block hold finite numbers that nobody reads as results.
enum class Layout : uint8_t { plain, blocked };

// A tensor in the arena, in a weight, or in the caller's hands during a run. Aligned to at least its element
// size.
struct Operand {
    tensor::DataType type = tensor::DataType::undefined;  // undefined: omitted
    tensor::Shape shape;
    const tensor::Tensor* constant = nullptr;  // plan time only: the value when it is known
    Layout layout = Layout::plain;
};

// Channels in one block of the blocked layout: the lanes of a vector of the instruction set in use.
int64_t channelBlock();
// Elements that a value takes in memory, fill-up channels included. The shape has rank 4 when blocked.
int64_t storedElements(tensor::Dimensions shape, Layout layout);

// What a kernel sees of a node at plan time: concrete types and shapes.
struct Site {
    std::string_view domain;
    std::string_view op;
    const ir::Attributes* attributes = nullptr;
    std::vector<Operand> inputs;
    std::vector<Operand> outputs;
    std::string label;  // for messages

    bool has(size_t i) const { return i < inputs.size() && inputs[i].type != tensor::DataType::undefined; }
    bool blocked() const;  // some operand is
};

struct RunArguments {
    std::span<const std::byte* const> inputs;  // null: omitted, or a constant that was packed
    std::span<std::byte* const> outputs;       // null: not wanted
    std::byte* scratch =
        nullptr;  // scratchBytes() bytes, 64-byte aligned, shared by all kernels of a session
    const base::Workers* workers = nullptr;
};

// A kernel bound to one node: packed weights, strides, tile sizes. Denormal results become zero in a run
// (base/denormals.h). Immutable; run() may be called from one
// thread at a time a session, allocates nothing and cannot fail: what can go wrong was checked by accepts,
// prepare and check.
class Prepared {
  public:
    virtual ~Prepared() = default;
    virtual void run(const RunArguments& arguments) const = 0;
    // What only the values of a run tell, such as an index that lies outside; asked before each run().
    virtual base::Status check(const RunArguments&) const { return {}; }
    virtual size_t scratchBytes() const { return 0; }
    virtual size_t packedBytes() const { return 0; }  // memory held besides the model's own weights
    // Inputs whose constant the kernel packed and no longer reads.
    virtual bool packs(size_t /*input*/) const { return false; }
};

struct Kernel {
    std::string_view name;  // "conv_im2col_eigen"
    std::string_view domain;
    std::string_view op;
    std::string_view summary;
    bool (*accepts)(const Site&) = nullptr;
    base::Result<std::unique_ptr<Prepared>> (*prepare)(const Site&) = nullptr;
    // Output i may share the memory of input j (same bytes, elementwise). -1: none.
    int (*inPlace)(const Site&, size_t output) = nullptr;
    // For sites with a blocked operand, and for no others. Constants are always plain.
    bool blocked = false;
    // The input that, when it is constant, may lie unaligned as it does in a file. -1: none.
    int unalignedConstant = -1;
};

// CPU kernels by preference: the first that accepts a node wins; the op's plain evaluation is always last.
std::span<const Kernel> cpuKernels();
// The first that takes the site, or null.
const Kernel* chooseCpuKernel(const Site& site);

}  // namespace lathe::kernels
