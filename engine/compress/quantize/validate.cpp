#include "engine/compress/quantize/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/compress/quantize/selection.h"
#include "engine/ir/topology.h"

namespace lathe::compress::quantize {

namespace {

class Checker {
  public:
    explicit Checker(const ir::Graph& graph) : m_graph(graph), m_topology(graph.topology()) {}

    std::vector<Finding> run() {
        for (const auto id : m_topology.order(ir::kMain)) {
            const auto node = m_graph.node(id);
            if (node.is("QuantizeLinear") || node.is("DequantizeLinear")) {
                checkScale(node);
                checkZeroPoint(node);
                m_usesCodes = true;
            }
            checkNode(node);
        }
        checkOpset();
        return std::move(m_findings);
    }

  private:
    void report(ir::Node node, std::string reason, std::string remedy, bool wrong = false,
                bool somewhere = false) {
        m_findings.push_back({node.id(), std::move(reason), std::move(remedy), wrong, somewhere});
    }

    const tensor::Tensor* constant(ir::ValueId value) const {
        return value ? m_graph.value(value).constant() : nullptr;
    }

    // The DequantizeLinear that makes a value, or invalid.
    ir::NodeId dequantizeOf(ir::ValueId value) const {
        const auto producer = value ? m_graph.value(value).producer() : ir::NodeId{};
        return producer && m_graph.node(producer).is("DequantizeLinear") ? producer : ir::NodeId{};
    }

    // The QuantizeLinear behind a value, through one Relu or Clip; invalid when there is another reader
    // first.
    ir::NodeId quantizeAfter(ir::ValueId value) const {
        for (int step = 0; step < 2; ++step) {
            const auto uses = m_topology.uses(value);
            if (uses.size() != 1 || m_graph.isOutput(value)) return {};
            const auto reader = m_graph.node(uses[0].node);
            if (reader.is("QuantizeLinear")) return reader.id();
            if (roleOf(reader) != Role::limit) return {};
            value = reader.output();
        }
        return {};
    }

    void checkScale(ir::Node node) {
        const auto* scale = constant(node.input(1));
        if (!scale) return;
        for (const auto number : tensor::toReals(scale->aligned()))
            if (!(number > 0) || !std::isfinite(number))
                return report(node, fmt::format("Its scale is {}.", number),
                              "Scales must be positive; quantize the node again.", true);
    }

    void checkZeroPoint(ir::Node node) {
        const auto* zero = constant(node.input(2));
        const auto codes = node.is("QuantizeLinear") ? node.output() : node.input(0);
        const auto& type = m_graph.value(codes).type();
        if (zero && type.element != tensor::DataType::undefined && zero->type() != type.element)
            report(node,
                   fmt::format("Its zero point is {}, its codes are {}.", name(zero->type()),
                               name(type.element)),
                   "Give the zero point the type of the codes.", true);
    }

    void checkNode(ir::Node node) {
        const auto role = roleOf(node);
        if (role == Role::none) {
            checkIsland(node);
            return;
        }
        if (!dequantizeOf(node.input(0))) return;
        if (role == Role::compute) checkCompute(node);
        if (role == Role::arithmetic && !quantizeAfter(node.output()))
            report(node, "It reads codes, but its result is not quantized, so it runs in float.",
                   "Quantize its output too, or exclude it.");
        if (role == Role::movement) checkSameScale(node);
        if (role == Role::limit) checkLimit(node);
    }

    void checkCompute(ir::Node node) {
        const auto weights = dequantizeOf(node.input(1));
        if (!weights) {
            report(node, "Its input is quantized, its weights are not, so it runs in float.",
                   "Quantize its weights, or exclude it.");
            return;
        }
        if (!quantizeAfter(node.output()) && node.is("Conv"))
            report(node, "Its result is not quantized, so it runs in float.", "Quantize its output.");
        checkAxis(node, m_graph.node(weights));
        checkBias(node, m_graph.node(weights));
        if (quantizeAfter(node.output())) checkAbsorbedLimit(node);
        const auto& input = m_graph.value(m_graph.node(dequantizeOf(node.input(0))).input(0)).type();
        const auto& codes = m_graph.value(m_graph.node(weights).input(0)).type();
        if (input.element == tensor::DataType::uint8 && codes.element == tensor::DataType::int8 &&
            !m_warnedOfSaturation) {
            m_warnedOfSaturation = true;
            report(node, "uint8 activations with int8 weights can saturate on x86 processors without VNNI.",
                   "Compare the accuracy on such a processor, or use int8 activations with a runtime that "
                   "keeps them.",
                   false, true);
        }
        if (input.element == tensor::DataType::int8) checkReaders(node);
    }

    // ONNX Runtime turns int8 codes into uint8 on x86, but only those that one node reads; around the others,
    // such as those of a residual, operators then run in float (measured with 1.30).
    void checkReaders(ir::Node node) {
        if (m_warnedOfReaders || m_topology.uses(node.input(0)).size() < 2) return;
        m_warnedOfReaders = true;
        report(node, "Several nodes read its int8 input, so ONNX Runtime on x86 runs it in float.",
               "Use uint8 activations, or set the session option session.qdqisint8allowed to 1.", false,
               true);
    }

    void checkAxis(ir::Node node, ir::Node weights) {
        const auto* scale = constant(weights.input(1));
        if (!scale || scale->elementCount() == 1) return;
        const auto rank = m_graph.value(weights.input(0)).type().rank();
        auto axis = weights.attributes().integer("axis", 1);
        if (axis < 0) axis += rank;
        int64_t wanted = rank - 1;
        if (node.is("Conv")) wanted = 0;
        if (node.is("ConvTranspose")) wanted = 1;
        if (node.is("Gemm")) wanted = node.attributes().integer("transB", 0) ? 0 : 1;
        if (axis != wanted)
            report(node,
                   fmt::format("Its weights have a scale for each index of axis {}, not of output channels.",
                               axis),
                   fmt::format("Quantize its weights along axis {}.", wanted));
    }

    void checkBias(ir::Node node, ir::Node weights) {
        if (!node.input(2)) return;
        const auto bias = dequantizeOf(node.input(2));
        if (!bias) {
            report(node, "Its bias is in float, so it runs in float.",
                   "Store the bias as int32 with the scale input scale times weight scale.");
            return;
        }
        const auto& type = m_graph.value(m_graph.node(bias).input(0)).type();
        if (type.element != tensor::DataType::int32)
            report(node, fmt::format("Its bias is {}.", name(type.element)), "Store the bias as int32.");
        const auto* zero = constant(m_graph.node(bias).input(2));
        if (zero)
            for (const auto number : tensor::toReals(zero->aligned()))
                if (number != 0) return report(node, "Its bias has a zero point.", "Use zero point 0.", true);
        const auto* biasScale = constant(m_graph.node(bias).input(1));
        const auto* weightScale = constant(weights.input(1));
        const auto* inputScale = constant(m_graph.node(dequantizeOf(node.input(0))).input(1));
        if (!biasScale || !weightScale || !inputScale || inputScale->elementCount() != 1) return;
        const auto given = tensor::toReals(biasScale->aligned()),
                   weight = tensor::toReals(weightScale->aligned());
        const double input = inputScale->aligned().realAt(0);
        for (size_t i = 0; i < given.size(); ++i) {
            const double wanted = input * weight[weight.size() == 1 ? 0 : std::min(i, weight.size() - 1)];
            if (std::fabs(given[i] - wanted) > 1e-5 * wanted)
                return report(node, fmt::format("Its bias has scale {} instead of {}.", given[i], wanted),
                              "Runtimes ignore the bias scale: use input scale times weight scale.", true);
        }
    }

    // Relu between the node and its codes is absorbed only when code 0 of the result is the lowest code.
    void checkAbsorbedLimit(ir::Node node) {
        const auto limit = m_graph.node(m_topology.uses(node.output())[0].node);
        if (roleOf(limit) == Role::limit) checkLowestIsZero(limit);
    }

    void checkLowestIsZero(ir::Node limit) {
        const auto quantize = quantizeAfter(limit.output());
        const auto* zero = quantize ? constant(m_graph.node(quantize).input(2)) : nullptr;
        if (!zero || zero->elementCount() != 1) return;
        const auto lowest = zero->type() == tensor::DataType::int8 ? -128 : 0;
        if (limit.is("Relu") && zero->integerAt(0) != lowest)
            report(limit,
                   fmt::format("Zero has code {} after it, so it cannot be absorbed and runs in float.",
                               zero->integerAt(0)),
                   "Use asymmetric activations, or a target that absorbs it.");
    }

    void checkLimit(ir::Node node) {
        if (!quantizeAfter(node.output()))
            report(node, "It reads codes, but its result is not quantized, so it runs in float.",
                   "Quantize its output too, or exclude it.");
    }

    void checkSameScale(ir::Node node) {
        const auto before = m_graph.node(dequantizeOf(node.input(0)));
        const auto after = quantizeAfter(node.output());
        if (!after) return;
        for (const size_t i : {size_t{1}, size_t{2}}) {
            const auto *x = constant(before.input(i)), *y = constant(m_graph.node(after).input(i));
            if (x && y && !(*x == *y))
                return report(node, "Its input and output have different scales or zero points.",
                              "Give both one scale, so that codes can be moved without arithmetic.");
        }
    }

    // A node of no integer form between codes on both sides.
    void checkIsland(ir::Node node) {
        if (node.is("QuantizeLinear") || node.is("DequantizeLinear") || node.outputs().empty() ||
            !node.output())
            return;
        if (dequantizeOf(node.input(0)) && quantizeAfter(node.output()))
            report(node, fmt::format("{} has no integer form and runs in float between codes.", node.op()),
                   "Replace it by another operator where speed matters here.");
    }

    void checkOpset() {
        if (!m_usesCodes) return;
        const auto& opsets = m_graph.info().opsets;
        const auto standard = opsets.find("");
        if (standard == opsets.end() || standard->second >= 13) return;
        const auto order = m_topology.order(ir::kMain);
        report(m_graph.node(order[0]), fmt::format("The model declares opset {}.", standard->second),
               "Scales per channel need opset 13: export with 13 or newer.", true);
    }

    const ir::Graph& m_graph;
    const ir::Topology& m_topology;
    std::vector<Finding> m_findings;
    bool m_usesCodes = false;
    bool m_warnedOfSaturation = false, m_warnedOfReaders = false;
};

}  // namespace

std::vector<Finding> checkQuantized(const ir::Graph& graph) { return Checker(graph).run(); }

}  // namespace lathe::compress::quantize
