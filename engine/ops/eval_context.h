// What a plain evaluation sees and sets.
#pragma once

#include <fmt/core.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/tensor/value.h"

namespace lathe::ops {

class EvalContext {
  public:
    using RunBody = std::function<base::Result<std::vector<tensor::RuntimeValue>>(
        ir::SubgraphId, std::vector<tensor::RuntimeValue>)>;

    // Inputs stay owned by the caller and outlive the context; a null pointer is an omitted input.
    EvalContext(std::string label, const ir::Attributes& attributes,
                std::vector<const tensor::RuntimeValue*> inputs, std::vector<bool> wantedOutputs);

    const ir::Attributes& attributes() const { return *m_attributes; }
    size_t inputCount() const { return m_inputs.size(); }
    bool has(size_t i) const { return i < m_inputs.size() && m_inputs[i] && !m_inputs[i]->missing(); }
    const tensor::RuntimeValue& value(size_t i) const { return *m_inputs[i]; }
    // The input as a tensor, aligned; asserts that it is there and one. Types were checked against the
    // schema.
    const tensor::Tensor& in(size_t i) const;

    size_t outputCount() const { return m_outputs.size(); }
    bool wants(size_t i) const { return i < m_outputs.size() && m_wanted[i]; }
    void set(size_t i, tensor::RuntimeValue value);
    // Own zeroed storage for an output; an error that names the node when the size overflows or exceeds
    // memory.
    base::Result<tensor::Tensor> allocate(tensor::DataType type, tensor::Dimensions shape) const;

    // Bytes that one output may take; what allocate() checks.
    void setLargestOutput(uint64_t bytes) { m_largestOutput = bytes; }

    // For control flow: runs the body named by an attribute.
    base::Result<std::vector<tensor::RuntimeValue>> runBody(std::string_view attribute,
                                                            std::vector<tensor::RuntimeValue> inputs);
    void setRunBody(RunBody run) { m_runBody = std::move(run); }
    void setProgress(const base::Progress& progress) { m_progress = progress; }
    const base::Progress& progress() const { return m_progress; }
    // Seed for ops with random numbers that have no seed attribute.
    uint64_t seed() const { return m_seed; }
    void setSeed(uint64_t seed) { m_seed = seed; }

    template <typename... Args>
    base::Error error(fmt::format_string<Args...> text, Args&&... args) const {
        return errorOf(text, fmt::make_format_args(args...));
    }

    std::vector<tensor::RuntimeValue> takeOutputs() { return std::move(m_outputs); }

  private:
    base::Error errorOf(fmt::string_view text, fmt::format_args args) const;

    std::string m_label;
    const ir::Attributes* m_attributes;
    std::vector<const tensor::RuntimeValue*> m_inputs;
    mutable std::vector<tensor::Tensor> m_aligned;
    std::vector<bool> m_wanted;
    std::vector<tensor::RuntimeValue> m_outputs;
    RunBody m_runBody;
    base::Progress m_progress;
    uint64_t m_seed = 0;
    // Larger than this is a mistake in the model (or a bomb), not a tensor somebody wants.
    uint64_t m_largestOutput = uint64_t{1} << 34;
};

}  // namespace lathe::ops
