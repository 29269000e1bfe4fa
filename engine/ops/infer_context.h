// What a shape rule sees and sets.
#pragma once

#include <fmt/core.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::ops {

// Contents of a small integer tensor (rank 0 or 1) as expressions, so Shape -> Gather -> Concat -> Reshape
// keeps names.
using SymbolicContents = std::vector<ir::Dim>;

class InferContext {
  public:
    struct Input {
        const ir::ValueType* type = nullptr;         // null: omitted
        const tensor::Tensor* constant = nullptr;    // null: not known before the run
        const SymbolicContents* contents = nullptr;  // null: not known
    };
    struct Output {
        ir::ValueType type;
        std::optional<SymbolicContents> contents;
        tensor::Tensor constant = {};  // undefined: not known; filled in by the caller of the rule
    };
    using InferBody = std::function<base::Result<std::vector<ir::ValueType>>(
        ir::SubgraphId, const std::vector<ir::ValueType>&)>;

    InferContext(const ir::Graph& graph, ir::NodeId node, std::vector<Input> inputs, InferBody inferBody);

    // For calls inside functions: the attributes with references to the call's filled in (they outlive the
    // context), and a mark that keeps new names of one call apart from those of another.
    void setAttributes(const ir::Attributes& attributes) { m_attributes = &attributes; }
    void setScope(std::string scope) { m_scope = std::move(scope); }

    const ir::Attributes& attributes() const { return *m_attributes; }
    size_t inputCount() const { return m_inputs.size(); }
    bool has(size_t i) const { return i < m_inputs.size() && m_inputs[i].type; }
    // Type of an input; the unknown type when omitted.
    const ir::ValueType& type(size_t i) const;
    tensor::DataType element(size_t i) const { return type(i).element; }
    // The symbolic shape, or null when the rank is unknown.
    const ir::SymbolicShape* shape(size_t i) const;
    // The tensor of a constant input, or null.
    const tensor::Tensor* constant(size_t i) const { return has(i) ? m_inputs[i].constant : nullptr; }
    // An integer input of rank 0 or 1 as expressions: from a constant or from what upstream rules propagated.
    std::optional<SymbolicContents> contents(size_t i) const;

    size_t outputCount() const { return m_outputs.size(); }
    bool wants(size_t i) const { return i < m_outputs.size(); }
    void setOutput(size_t i, ir::ValueType type);
    void setOutput(size_t i, tensor::DataType element, std::optional<ir::SymbolicShape> shape) {
        setOutput(i, ir::ValueType::tensorOf(element, std::move(shape)));
    }
    void setContents(size_t i, SymbolicContents contents);
    // A new named dimension for a size that depends on data: "NonZero_12_count".
    ir::Dim freshDim(std::string_view what) const;

    // For control flow: the output types of a body with these input types.
    base::Result<std::vector<ir::ValueType>> inferBody(std::string_view attribute,
                                                       const std::vector<ir::ValueType>& inputs);

    // "Conv "conv_12": weight has 5 dimensions, expected 4"; the caller adds the file.
    template <typename... Args>
    base::Error error(fmt::format_string<Args...> text, Args&&... args) const {
        return errorOf(text, fmt::make_format_args(args...));
    }

    const std::vector<Output>& outputs() const { return m_outputs; }

  private:
    base::Error errorOf(fmt::string_view text, fmt::format_args args) const;

    ir::Node m_node;
    const ir::Attributes* m_attributes;
    std::string m_scope;
    std::vector<Input> m_inputs;
    std::vector<Output> m_outputs;
    InferBody m_inferBody;
};

// --- rules that several ops share

// Output 0 has the type and shape of input 0.
base::Status inferSameAsFirst(InferContext& context);
// Output 0 has the broadcast shape of all inputs; element type of input 0.
base::Status inferBroadcast(InferContext& context);
// Output 0 has the broadcast shape of all inputs and is bool.
base::Status inferBroadcastToBool(InferContext& context);
// numpy-style broadcast of symbolic shapes. Dimensions that cannot be proven equal or 1 take the one that is
// not 1.
base::Result<ir::SymbolicShape> broadcastShapes(const InferContext& context, const ir::SymbolicShape& a,
                                                const ir::SymbolicShape& b);

}  // namespace lathe::ops
