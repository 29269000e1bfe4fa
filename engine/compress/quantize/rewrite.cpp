#include "engine/compress/quantize/rewrite.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/compress/quantize/weights.h"

namespace lathe::compress::quantize {

namespace {

tensor::Tensor zeroPoint(const Affine& affine) {
    if (affine.type == tensor::DataType::uint8)
        return tensor::Tensor::scalar(static_cast<uint8_t>(affine.zero));
    return tensor::Tensor::scalar(static_cast<int8_t>(affine.zero));
}

class Rewriter {
  public:
    Rewriter(ir::Editor& editor, const Selection& selection, const std::map<ir::ValueId, Affine>& scales,
             const RewriteOptions& options)
        : m_editor(editor),
          m_graph(editor.graph()),
          m_selection(selection),
          m_scales(scales),
          m_options(options) {}

    void run() {
        // Weights first: they need to know the value behind the input, which quantizing hides.
        for (const auto id : m_selection.nodes)
            if (roleOf(m_graph.node(id)) == Role::compute) quantizeParameters(id);
        for (const auto& [id, input] : m_selection.constants) quantizeOperand(id, input);
        for (const auto value : m_selection.values) quantizeValue(value);
    }

  private:
    ir::ValueId constant(tensor::Tensor tensor, std::string_view of, std::string_view what) {
        return m_editor.addConstant(std::move(tensor), m_editor.uniqueName(fmt::format("{}_{}", of, what)));
    }

    struct Parameters {
        ir::ValueId scale, zero;
    };
    // Values of one scale share the constants.
    Parameters parametersOf(ir::ValueId value) {
        const auto root = m_selection.rootOf(value);
        const auto known = m_parameters.find(root);
        if (known != m_parameters.end()) return known->second;
        const auto& affine = m_scales.at(root);
        const auto name = m_graph.value(root).name();
        const Parameters made{constant(tensor::Tensor::scalar(affine.scale), name, "scale"),
                              constant(zeroPoint(affine), name, "zero_point")};
        return m_parameters[root] = made;
    }

    ir::ValueId dequantize(ir::ValueId codes, Parameters parameters, std::optional<int64_t> axis,
                           const ir::ValueType& type, const ir::NodeList& origins, std::string_view name) {
        ir::Attributes attributes;
        if (axis) attributes.set("axis", *axis);
        std::vector<ir::ValueId> inputs{codes, parameters.scale};
        if (parameters.zero) inputs.push_back(parameters.zero);
        const auto output = m_editor.add({.op = "DequantizeLinear",
                                          .inputs = inputs,
                                          .attributes = attributes,
                                          .name = m_editor.uniqueName(fmt::format("{}_dequantize", name)),
                                          .origins = origins});
        m_editor.setType(output, type);
        return output;
    }

    // The value's codes right after it is made, and numbers again for its readers.
    void quantizeValue(ir::ValueId value) {
        const auto producer = m_graph.value(value).producer();
        const bool made = producer && m_selection.nodes.contains(producer);
        const auto origins = m_graph.node(made ? producer : readerOf(value)).origins();
        const auto type = m_graph.value(value).type();
        const std::string name(m_graph.value(value).name());
        const auto parameters = parametersOf(value);
        const auto quantize = m_editor.addNode({.op = "QuantizeLinear",
                                                .inputs = {value, parameters.scale, parameters.zero},
                                                .name = m_editor.uniqueName(fmt::format("{}_quantize", name)),
                                                .origins = origins});
        const auto codes = m_graph.node(quantize).output();
        m_editor.setType(codes,
                         ir::ValueType::tensorOf(m_scales.at(m_selection.rootOf(value)).type, type.shape));
        const auto numbers = dequantize(codes, parameters, {}, type, origins, name);
        if (made) {
            m_editor.replaceUses(value, numbers);
            m_editor.setInput(quantize, 0, value);
            return;
        }
        // Readers in float keep the exact numbers.
        const auto uses = m_editor.uses(value);
        const std::vector<ir::Use> readers(uses.begin(), uses.end());
        for (const auto& use : readers)
            if (m_selection.nodes.contains(use.node)) m_editor.setInput(use.node, use.input, numbers);
    }

    ir::NodeId readerOf(ir::ValueId value) const {
        for (const auto& use : m_editor.uses(value))
            if (m_selection.nodes.contains(use.node)) return use.node;
        return m_editor.uses(value)[0].node;
    }

    void quantizeOperand(ir::NodeId id, size_t input) {
        const auto value = m_graph.node(id).input(input);
        const auto tensor = m_graph.value(value).initializer()->aligned();
        const auto numbers = tensor.values<float>();
        Range range;
        for (const float x : numbers) {
            range.low = std::min(range.low, x);
            range.high = std::max(range.high, x);
        }
        const auto affine = affineFor(range, m_options.activations, m_options.symmetric);
        const auto name = m_graph.value(value).name();
        const Parameters parameters{constant(tensor::Tensor::scalar(affine.scale), name, "scale"),
                                    constant(zeroPoint(affine), name, "zero_point")};
        const auto codes = constant(quantizedTensor(numbers, tensor.shape(), affine), name, "quantized");
        m_editor.setInput(
            id, input,
            dequantize(codes, parameters, {}, m_graph.value(value).type(), m_graph.node(id).origins(), name));
    }

    // Gemm's alpha and beta become part of the numbers, which integer kernels ask for.
    tensor::Tensor scaledCopy(const tensor::Tensor& tensor, float factor) {
        auto result = tensor::Tensor::zeros(tensor::DataType::float32, tensor.shape());
        const auto aligned = tensor.aligned();
        std::transform(aligned.values<float>().begin(), aligned.values<float>().end(),
                       result.mutableValues<float>().begin(), [&](float x) { return x * factor; });
        return result;
    }

    std::optional<int64_t> channelAxis(ir::Node node, const tensor::Tensor& weights) const {
        if (!m_options.perChannel) return {};
        if (node.is("Conv")) return 0;
        // With groups an index of axis 1 is one output channel of each group: no scale of its own.
        if (node.is("ConvTranspose"))
            return node.attributes().integer("group", 1) == 1 ? std::optional<int64_t>(1) : std::nullopt;
        if (node.is("Gemm")) return node.attributes().integer("transB", 0) ? 0 : 1;
        return weights.rank() == 2 ? std::optional<int64_t>(1) : std::nullopt;
    }

    // bias += (weights - rounded weights) * mean input: the analytic bias correction of M. Nagel et al.,
    // "Data-Free Quantization Through Weight Equalization and Bias Correction", ICCV 2019, section 4.2, with
    // means from calibration. Zeros of the padding count like other inputs, which borders alone would notice.
    static void correctBias(ir::Node node, const tensor::Tensor& weights, const QuantizedWeights& rounded,
                            const std::vector<double>& means, std::vector<float>& bias) {
        if (bias.empty() || (!node.is("Conv") && !node.is("Gemm"))) return;
        const bool rowsAreOutputs = node.is("Conv") || node.attributes().integer("transB", 0) != 0;
        const auto group = static_cast<size_t>(node.is("Conv") ? node.attributes().integer("group", 1) : 1);
        const auto rows = static_cast<size_t>(weights.dimension(0)),
                   columns = static_cast<size_t>(weights.dimension(1));
        const auto outputs = rowsAreOutputs ? rows : columns, inputs = rowsAreOutputs ? columns : rows;
        if (bias.size() != outputs || means.size() != inputs * group || outputs % group != 0) return;
        const auto exact = weights.values<float>();
        const auto codes = rounded.codes.values<int8_t>();
        const auto inner = exact.size() / (rows * columns);
        std::vector<double> shift(outputs, 0);
        for (size_t i = 0; i < exact.size(); ++i) {
            const auto row = i / (columns * inner), column = i / inner % columns;
            const auto output = rowsAreOutputs ? row : column, input = rowsAreOutputs ? column : row;
            const double scale = static_cast<double>(rounded.scales[rounded.scales.size() == 1 ? 0 : output]);
            shift[output] += (static_cast<double>(exact[i]) - scale * codes[i]) *
                             means[output / (outputs / group) * inputs + input];
        }
        for (size_t o = 0; o < outputs; ++o) bias[o] += static_cast<float>(shift[o]);
    }

    void quantizeParameters(ir::NodeId id) {
        const auto node = m_graph.node(id);
        const auto* constantWeights = m_graph.value(node.input(1)).constant();
        if (!constantWeights) return;  // a product of two activations
        const bool gemm = node.is("Gemm");
        const auto weights = scaledCopy(*constantWeights, gemm ? node.attributes().real("alpha", 1) : 1);
        const auto axis = channelAxis(node, weights);
        std::vector<float> bias;
        if (node.input(2)) {
            const auto given = scaledCopy(*m_graph.value(node.input(2)).constant(),
                                          gemm ? node.attributes().real("beta", 1) : 1);
            bias.assign(given.values<float>().begin(), given.values<float>().end());
            const auto channels = static_cast<size_t>(
                weights.dimension(gemm && !node.attributes().integer("transB", 0) ? 1 : 0));
            if (gemm && bias.size() == 1) bias.assign(channels, bias[0]);
        }
        const float inputScale = m_scales.at(m_selection.rootOf(node.input(0))).scale;
        const auto codes = quantizeWeights(weights, axis, inputScale, bias);
        if (const auto means = m_options.inputMeans.find(node.input(0)); means != m_options.inputMeans.end())
            correctBias(node, weights, codes, means->second, bias);
        const auto origins = node.origins();
        const std::string name(m_graph.value(node.input(1)).name());
        const auto vectorOrScalar = [&](const std::vector<float>& scales) {
            return axis ? tensor::Tensor::vector<float>(scales) : tensor::Tensor::scalar(scales[0]);
        };
        const auto zeros = axis ? tensor::Tensor::zeros(tensor::DataType::int8,
                                                        std::array{static_cast<int64_t>(codes.scales.size())})
                                : tensor::Tensor::zeros(tensor::DataType::int8, {});
        const Parameters parameters{constant(vectorOrScalar(codes.scales), name, "scale"),
                                    constant(zeros, name, "zero_point")};
        const auto stored = constant(codes.codes, name, "quantized");
        m_editor.setInput(
            id, 1, dequantize(stored, parameters, axis, m_graph.value(node.input(1)).type(), origins, name));
        if (gemm) {
            m_editor.removeAttribute(id, "alpha");
            m_editor.removeAttribute(id, "beta");
        }
        if (bias.empty()) return;
        const auto biasCodes = quantizeBias(bias, inputScale, codes);
        const std::string biasName(m_graph.value(node.input(2)).name());
        const Parameters biasParameters{constant(vectorOrScalar(biasCodes.scales), biasName, "scale"), {}};
        const auto biasStored = constant(biasCodes.codes, biasName, "quantized");
        const auto type =
            ir::ValueType::tensorOf(tensor::DataType::float32, ir::symbolicShape(biasCodes.codes.shape()));
        m_editor.setInput(
            id, 2,
            dequantize(biasStored, biasParameters, axis ? std::optional<int64_t>(0) : std::nullopt, type,
                       origins, biasName));
    }

    ir::Editor& m_editor;
    const ir::Graph& m_graph;
    const Selection& m_selection;
    const std::map<ir::ValueId, Affine>& m_scales;
    const RewriteOptions& m_options;
    std::map<ir::ValueId, Parameters> m_parameters;  // by root
};

}  // namespace

void rewrite(ir::Editor& editor, const Selection& selection, const std::map<ir::ValueId, Affine>& scales,
             const RewriteOptions& options) {
    Rewriter(editor, selection, scales, options).run();
}

}  // namespace lathe::compress::quantize
