// Runs a plan: owns the memory that a run needs, so that a run itself allocates only what it hands out.
#pragma once

#include <memory>
#include <vector>

#include "engine/base/memory_block.h"
#include "engine/base/parallel.h"
#include "engine/runtime/plan.h"

namespace lathe::runtime {

// Used by one thread at a time. The plan outlives it.
class Executor {
  public:
    // `scratch` is shared by the executors of a session; it is grown to what this plan needs.
    Executor(const Plan& plan, const base::Workers& workers, std::shared_ptr<tensor::Tensor> scratch);

    // Inputs in the order of plan.inputs.
    base::Result<std::vector<tensor::RuntimeValue>> run(std::span<const tensor::RuntimeValue> inputs,
                                                        const RunOptions& options);

  private:
    base::Status runSteps(const RunOptions& options);
    base::Status runKernel(const Step& step);
    base::Status runPlain(const Step& step, const RunOptions& options);
    base::Status runBranch(size_t index, const RunOptions& options);
    base::Status keep(const Step& step, std::vector<tensor::RuntimeValue> results);
    std::byte* pointerOf(uint32_t value) const;
    // The value as tensor or other; tensors in the arena borrow its memory.
    tensor::RuntimeValue valueOf(uint32_t value) const;
    // The same, never with memory that a later step overwrites.
    tensor::RuntimeValue detached(tensor::RuntimeValue value) const;
    // The tensor lies in memory that kernels write: the arena, or an output under construction.
    bool isWritable(const tensor::Tensor& tensor) const;
    void capture(uint32_t value, const RunOptions& options) const;
    void handOut(ir::ValueId wanted, uint32_t holder, const RunOptions& options) const;
    void captureConstant(ir::ValueId value, const RunOptions& options) const;
    void release();

    const Plan& m_plan;
    const base::Workers& m_workers;
    std::shared_ptr<tensor::Tensor> m_scratch;
    std::byte* m_arena = nullptr;
    uint64_t m_arenaBytes = 0;
    base::MemoryBlock m_memory;
    std::vector<std::byte*> m_pointers;        // by buffer; null while the buffer holds nothing
    std::vector<tensor::RuntimeValue> m_held;  // by buffer: inputs, outputs, results of plain evaluations
    std::vector<uint32_t> m_outputBuffers;
    std::vector<const std::byte*> m_kernelInputs;  // arguments of the running kernel
    std::vector<std::byte*> m_kernelOutputs;
    std::vector<std::vector<std::unique_ptr<Executor>>> m_branches;  // by step
};

}  // namespace lathe::runtime
