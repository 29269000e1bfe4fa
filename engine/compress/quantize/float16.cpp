// Conversion to 16-bit floats: weights and arithmetic in half the bytes, sensitive operators kept in float32
// with casts at the borders.
//
// Every float32 value becomes float16 unless a kept node makes it; where maker and reader disagree one Cast
// stands between them. Kept are operators of the list, operators whose schema does not take float16 at that
// place, unknown operators, quantization, and everything with bodies. Weights beyond 65504 are clamped, and
// the report says how many.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "engine/compress/compressor.h"
#include "engine/compress/quantize/patterns.h"
#include "engine/ir/editor.h"
#include "engine/ir/topology.h"
#include "engine/ops/infer.h"
#include "engine/ops/op.h"

namespace lathe::compress {

namespace {

using tensor::DataType;

constexpr float kLargestHalf = 65504;
constexpr std::array kKeptOperators = {"Softmax", "LayerNormalization", "Pow",  "ReduceSum", "Exp",
                                       "Range",   "NonMaxSuppression",  "TopK", "CumSum"};

class Converter {
  public:
    Converter(ir::Editor& editor, const std::vector<std::string>& keep, bool keepBorders)
        : m_editor(editor), m_graph(editor.graph()), m_keep(keep), m_keepBorders(keepBorders) {}

    base::Status run(const base::Progress& progress) {
        const auto nodes = m_graph.nodeLimit();
        for (uint32_t n = 0; n < nodes; ++n)
            if (m_graph.contains(ir::NodeId{n}) && !isKept(ir::NodeId{n})) convertNode(ir::NodeId{n});
        if (!m_keepBorders)
            for (const auto input : m_graph.inputs())
                if (isFloat(input) && !m_graph.value(input).initializer()) toHalf(input);
        const auto values = m_graph.valueLimit();
        for (uint32_t v = 0; v < values; ++v) {
            if (v % 256 == 0)
                if (auto status = progress.check(); !status.ok()) return status.error();
            if (m_graph.contains(ir::ValueId{v})) settle(ir::ValueId{v});
        }
        return {};
    }

    int64_t converted() const { return m_converted; }
    int64_t casts() const { return m_casts; }
    int64_t clamped() const { return m_clamped; }
    int64_t vanished() const { return m_vanished; }

  private:
    bool isFloat(ir::ValueId value) const {
        return value && m_graph.value(value).type().isTensor() &&
               m_graph.value(value).type().element == DataType::float32;
    }

    bool isKept(ir::NodeId id) const {
        const auto node = m_graph.node(id);
        if (node.subgraph() != ir::kMain || !ir::bodiesOf(m_graph, id).empty()) return true;
        const auto* op = ops::find(node.domain(), node.op());
        if (!op || op->family == ops::Family::quantization || !op->deterministic) return true;
        return quantize::matchesAny(node, m_keep);
    }

    static bool takesHalf(const std::vector<ops::Formal>& formals, size_t i) {
        if (formals.empty()) return false;
        return (formals[std::min(i, formals.size() - 1)].types & ops::typeBit(DataType::float16)) != 0;
    }

    // What a node wants to read at an input: float16 or float32.
    bool wantsHalf(const ir::Use& use) const {
        if (!m_half.contains(use.node)) return false;
        const auto node = m_graph.node(use.node);
        const auto* op = ops::find(node.domain(), node.op());
        // The scales and the region of Resize are not arithmetic of the activation.
        if (node.is("Resize") && use.input > 0) return false;
        return takesHalf(op->inputs, use.input);
    }

    void toHalf(ir::ValueId value) {
        auto type = m_graph.value(value).type();
        type.element = DataType::float16;
        m_editor.setType(value, type);
    }

    void convertNode(ir::NodeId id) {
        const auto node = m_graph.node(id);
        const auto* op = ops::find(node.domain(), node.op());
        bool touches = false;
        for (size_t i = 0; i < node.outputs().size(); ++i) {
            if (!isFloat(node.output(i)) || !takesHalf(op->outputs, i)) continue;
            touches = true;
            toHalf(node.output(i));
        }
        for (const auto input : node.inputs()) touches = touches || isFloat(input);
        if (!touches) return;
        m_half.insert(id);
        ++m_converted;
        if (node.is("Cast") && node.attributes().integer("to", 0) == static_cast<int64_t>(DataType::float32))
            m_editor.setAttribute(id, "to", static_cast<int64_t>(DataType::float16));
        if (node.is("ConstantOfShape")) {
            const auto* value = node.attributes().tensor("value");
            m_editor.setAttribute(id, "value",
                                  value && value->type() == DataType::float32
                                      ? halved(*value)
                                      : tensor::Tensor::zeros(DataType::float16, std::array<int64_t, 1>{1}));
        }
        if (node.attributes().has("dtype") &&
            node.attributes().integer("dtype", 0) == static_cast<int64_t>(DataType::float32))
            m_editor.setAttribute(id, "dtype", static_cast<int64_t>(DataType::float16));
    }

    tensor::Tensor halved(const tensor::Tensor& tensor) {
        auto result = tensor::Tensor::zeros(DataType::float16, tensor.shape());
        const auto aligned = tensor.aligned();
        const auto from = aligned.values<float>();
        auto to = result.mutableValues<tensor::Float16>();
        for (size_t i = 0; i < from.size(); ++i) {
            float x = from[i];
            // Infinity and NaN mean something (masks): only finite numbers are clamped.
            if (std::isfinite(x) && std::fabs(x) > kLargestHalf) {
                x = std::copysign(kLargestHalf, x);
                ++m_clamped;
            }
            to[i] = tensor::Float16(x);
            if (x != 0 && static_cast<float>(to[i]) == 0) ++m_vanished;
        }
        return result;
    }

    // Makes every reader of a value read the type it wants.
    void settle(ir::ValueId value) {
        const auto& type = m_graph.value(value).type();
        const bool isHalf = type.isTensor() && type.element == DataType::float16;
        if (!isHalf && !isFloat(value)) return;
        const auto found = m_editor.uses(value);
        const std::vector<ir::Use> uses(found.begin(), found.end());
        const auto isWanted = [&](const ir::Use& use) { return wantsHalf(use); };
        const auto* initial = m_graph.value(value).constant();
        if (initial && !isHalf) {
            settleConstant(value, uses);
            return;
        }
        // Values that were float16 in the model already meet only readers that were made for it.
        if (isHalf && !m_graph.value(value).producer() && !m_graph.isInput(value)) return;
        if (isHalf && m_graph.value(value).producer() && !m_half.contains(m_graph.value(value).producer()))
            return;
        std::vector<ir::Use> odd;
        std::copy_if(uses.begin(), uses.end(), std::back_inserter(odd),
                     [&](const ir::Use& use) { return isWanted(use) != isHalf && !readsAnything(use); });
        if (!odd.empty()) {
            const auto cast = castBeside(value, isHalf ? DataType::float32 : DataType::float16);
            for (const auto& use : odd) m_editor.setInput(use.node, use.input, cast);
        }
        settleOutput(value, isHalf);
    }

    // Shape and Size read any type; a Cast converts from any.
    bool readsAnything(const ir::Use& use) const {
        const auto node = m_graph.node(use.node);
        return node.is("Shape") || node.is("Size") || node.is("Cast");
    }

    void settleConstant(ir::ValueId value, const std::vector<ir::Use>& uses) {
        std::vector<ir::Use> wanting;
        std::copy_if(uses.begin(), uses.end(), std::back_inserter(wanting),
                     [&](const ir::Use& use) { return wantsHalf(use); });
        if (wanting.empty()) return;
        auto half = halved(*m_graph.value(value).constant());
        if (wanting.size() == uses.size() && !m_graph.isOutput(value)) {
            m_editor.setConstant(value, std::move(half));
            return;
        }
        const auto name = m_editor.uniqueName(fmt::format("{}_float16", m_graph.value(value).name()));
        const auto copy = m_editor.addConstant(std::move(half), name);
        for (const auto& use : wanting) m_editor.setInput(use.node, use.input, copy);
    }

    ir::ValueId castBeside(ir::ValueId value, DataType type) {
        const auto view = m_graph.value(value);
        const auto producer = view.producer();
        ir::NodeList origins = producer ? m_graph.node(producer).origins() : ir::NodeList{};
        if (!producer && !m_editor.uses(value).empty())
            origins = m_graph.node(m_editor.uses(value)[0].node).origins();
        const auto cast = m_editor.add({.op = "Cast",
                                        .inputs = {value},
                                        .attributes = {{"to", static_cast<int64_t>(type)}},
                                        .name = m_editor.uniqueName(fmt::format("{}_cast", view.name())),
                                        .origins = origins,
                                        .subgraph = view.subgraph()});
        m_editor.setType(cast, ir::ValueType::tensorOf(type, view.type().shape));
        ++m_casts;
        return cast;
    }

    // Outputs of the model keep their type when asked to, under their name.
    void settleOutput(ir::ValueId value, bool isHalf) {
        const auto& outputs = m_graph.outputs();
        if (std::find(outputs.begin(), outputs.end(), value) == outputs.end() || isHalf != m_keepBorders)
            return;
        const auto cast = castBeside(value, m_keepBorders ? DataType::float32 : DataType::float16);
        const auto node = m_graph.value(cast).producer();
        const auto found = m_editor.uses(value);
        const std::vector<ir::Use> uses(found.begin(), found.end());
        m_editor.replaceUses(value, cast);
        for (const auto& use : uses)
            if (use.node != node) m_editor.setInput(use.node, use.input, value);
        m_editor.setInput(node, 0, value);
    }

    ir::Editor& m_editor;
    const ir::Graph& m_graph;
    const std::vector<std::string>& m_keep;
    bool m_keepBorders;
    std::set<ir::NodeId> m_half;  // nodes that work in float16
    int64_t m_converted = 0, m_casts = 0, m_clamped = 0, m_vanished = 0;
};

base::Result<ir::Change> convertFloat16(const ir::GraphPtr& graph, const base::Params& options,
                                        const Resources&, const base::Progress& progress) {
    ir::Editor editor(graph);
    if (auto status = ops::inferTypes(editor); !status.ok()) return status.error();
    Converter converter(editor, options.texts("keep"), options.boolean("keep_io"));
    if (auto status = converter.run(progress); !status.ok()) return status.error();
    auto note = fmt::format("{} nodes work in float16, {} casts were added.", converter.converted(),
                            converter.casts());
    if (converter.clamped() > 0)
        note += fmt::format(" {} weights were beyond 65504 and are clamped.", converter.clamped());
    if (converter.vanished() > 0)
        note += fmt::format(" {} weights were too small for float16 and became 0.", converter.vanished());
    ir::Change change;
    change.graph = editor.finish();
    change.report.lines.push_back({.name = "convert_float16",
                                   .title = "Convert to float16",
                                   .count = converter.converted(),
                                   .note = note,
                                   .warning = converter.clamped() > 0});
    // Most models have only some of the operators that are kept anyway.
    auto given = options.texts("keep");
    std::erase_if(given, [](const std::string& pattern) {
        return std::ranges::find(kKeptOperators, pattern) != kKeptOperators.end();
    });
    quantize::warnOfUnmatched(change.report, *graph, given);
    return change;
}

}  // namespace

Compressor convertFloat16Compressor() {
    using enum base::ParamType;
    return {
        .name = "convert_float16",
        .title = "Convert to float16",
        .summary =
            "Halves the weights by storing them as 16-bit floats; sensitive operators stay in float32.",
        .family = "quantize",
        .options =
            {{.name = "keep",
              .type = texts,
              .defaultValue = std::vector<std::string>(kKeptOperators.begin(), kKeptOperators.end()),
              .label = "Keep in float32",
              .help = "Patterns of node names or operators that lose too much in 16 bits."},
             {.name = "keep_io",
              .type = boolean,
              .defaultValue = true,
              .label = "Keep input and output types",
              .help = "Inputs and outputs of the model stay float32, with a cast behind and before them."}},
        .needsData = false,
        .run = convertFloat16};
}

}  // namespace lathe::compress
