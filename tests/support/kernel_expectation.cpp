#include "tests/support/kernel_expectation.h"

#include <limits>

#include "engine/ir/editor.h"
#include "engine/ops/interpreter.h"

namespace lathe::test {
namespace {

using tensor::DataType;

class Composer {
  public:
    explicit Composer(const KernelCase& kernelCase) : m_case(kernelCase) {
        for (size_t i = 0; i < m_case.inputs.size(); ++i) {
            const auto& input = m_case.inputs[i];
            if (!input.defined()) {
                m_values.emplace_back();
                continue;
            }
            m_given.emplace_back(input);
            auto value =
                m_editor.addInput("x" + std::to_string(i),
                                  ir::ValueType::tensorOf(input.type(), ir::symbolicShape(input.shape())));
            // Weights of 16 bits in a product of float32.
            if (i > 0 && m_case.inputs[0].type() == DataType::float32 &&
                (input.type() == DataType::float16 || input.type() == DataType::bfloat16))
                value = m_editor.add({.op = "Cast",
                                      .inputs = {value},
                                      .attributes = {{"to", static_cast<int64_t>(DataType::float32)}}});
            m_values.push_back(value);
        }
    }

    base::Result<std::vector<tensor::RuntimeValue>> run() {
        if (m_case.domain != "lathe")
            m_outputs = addAll(m_case.op, m_values, m_case.attributes, m_case.outputs);
        else if (m_case.op == "Reorder")
            m_outputs = {add("Identity", {m_values[0]})};
        else if (m_case.op == "ChannelShuffle")
            shuffle();
        else
            product(m_case.op == "Conv" ? 3 : 2);
        m_editor.setGraphOutputs(ir::kMain, m_outputs);
        return ops::interpret(*m_editor.finish(), m_given);
    }

  private:
    std::vector<ir::ValueId> addAll(std::string_view op, std::vector<ir::ValueId> inputs,
                                    ir::Attributes attributes, size_t outputs) {
        const std::string_view domain = m_case.domain == "lathe" ? std::string_view() : m_case.domain;
        const auto node = m_editor.addNode({.op = op,
                                            .inputs = std::move(inputs),
                                            .attributes = std::move(attributes),
                                            .domain = domain,
                                            .outputCount = outputs});
        const auto ids = m_editor.graph().node(node).outputs();
        return {ids.begin(), ids.end()};
    }
    ir::ValueId add(std::string_view op, std::vector<ir::ValueId> inputs, ir::Attributes attributes = {}) {
        return addAll(op, std::move(inputs), std::move(attributes), 1)[0];
    }
    ir::ValueId integers(const std::vector<int64_t>& values) {
        return m_editor.addConstant(tensor::Tensor::vector<int64_t>(values));
    }

    void product(size_t addend) {
        auto attributes = m_case.attributes;
        for (const auto* name : {"low", "high", "function"}) attributes.remove(name);
        auto inputs = m_values;
        inputs.resize(std::min(inputs.size(), addend));
        auto y = add(m_case.op, inputs, attributes);
        if (m_values.size() > addend && m_values[addend].valid()) y = add("Add", {y, m_values[addend]});
        constexpr float kLargest = std::numeric_limits<float>::infinity();
        const float low = m_case.attributes.real("low", -kLargest);
        const float high = m_case.attributes.real("high", kLargest);
        y = add("Clip", {y, m_editor.addConstant(tensor::Tensor::scalar(low)),
                         m_editor.addConstant(tensor::Tensor::scalar(high))});
        const auto function = m_case.attributes.text("function", "");
        if (function == "gelu") y = add("Gelu", {y});
        if (function == "gelu_tanh") y = add("Gelu", {y}, {{"approximate", std::string("tanh")}});
        if (function == "hard_swish") y = add("HardSwish", {y});
        if (function == "sigmoid") y = add("Sigmoid", {y});
        if (function == "silu") y = add("Mul", {y, add("Sigmoid", {y})});
        if (function == "tanh") y = add("Tanh", {y});
        m_outputs = {y};
    }

    void shuffle() {
        const int64_t groups = m_case.attributes.integer("group", 1);
        auto shape = m_case.inputs[0].shape();
        shape[1] = 0;
        for (const auto& input : m_case.inputs) shape[1] += input.shape()[1];
        auto y = add("Concat", m_values, {{"axis", int64_t{1}}});
        y = add("Reshape", {y, integers({shape[0], groups, shape[1] / groups, shape[2], shape[3]})});
        y = add("Transpose", {y}, {{"perm", std::vector<int64_t>{0, 2, 1, 3, 4}}});
        y = add("Reshape", {y, integers({shape[0], shape[1], shape[2], shape[3]})});
        m_outputs = {y};
        if (!m_case.parts.empty())
            m_outputs =
                addAll("Split", {y, integers(m_case.parts)}, {{"axis", int64_t{1}}}, m_case.parts.size());
    }

    const KernelCase& m_case;
    ir::Editor m_editor;
    std::vector<ir::ValueId> m_values, m_outputs;
    std::vector<tensor::RuntimeValue> m_given;
};

}  // namespace

base::Result<std::vector<tensor::RuntimeValue>> expectationOf(const KernelCase& kernelCase) {
    return Composer(kernelCase).run();
}

}  // namespace lathe::test
