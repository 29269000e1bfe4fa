// Scan: in operator set 8 every value had a batch axis in front, and a first input could tell how long each
// sequence of the batch is. It is a Scan over the batch whose body is the Scan of today over one sequence:
//
//   Scan-8(lens, state, x)  ->  Scan(state, x, lens) {body = (s, v, n) -> { Scan(s, v) {body} }}
//
// A shorter sequence is cut to its length first, and what comes out is padded with zeros (the standard leaves
// open with what; onnx/docs/Changelog.md, Scan-8).
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

using ir::ValueId;
using ir::ValueType;

class BatchBody {
  public:
    BatchBody(const AdaptContext& context, ir::SubgraphId subgraph)
        : m_editor(context.editor()),
          m_origins(context.node().origins()),
          m_label(context.node().name().empty() ? "scan" : context.node().name()),
          m_subgraph(subgraph) {}

    // One item of the batch of a value outside.
    ValueId input(ValueId outside) {
        ValueType type = m_editor.graph().value(outside).type();
        if (type.shape && !type.shape->empty()) type.shape->erase(type.shape->begin());
        return m_editor.addInput(m_editor.uniqueName(m_label + "_item"), std::move(type), m_subgraph);
    }
    ValueId constant(std::initializer_list<int64_t> values) {
        return m_editor.addConstant(tensor::Tensor::vector<int64_t>({values.begin(), values.size()}),
                                    m_editor.uniqueName(m_label + "_number"), m_subgraph);
    }
    std::vector<ValueId> add(std::string_view op, std::vector<ValueId> inputs, ir::Attributes attributes = {},
                             size_t outputs = 1) {
        const auto node = m_editor.addNode({.op = op,
                                            .inputs = std::move(inputs),
                                            .attributes = std::move(attributes),
                                            .name = m_editor.uniqueName(m_label + "_" + std::string(op)),
                                            .outputCount = outputs,
                                            .origins = m_origins,
                                            .subgraph = m_subgraph});
        const auto made = m_editor.graph().node(node).outputs();
        return {made.begin(), made.end()};
    }
    // How many steps a value has, [1].
    ValueId steps(ValueId value) {
        return add("Shape", {value}, {{"start", int64_t{0}}, {"end", int64_t{1}}}).front();
    }

  private:
    ir::Editor& m_editor;
    ir::NodeList m_origins;
    std::string m_label;
    ir::SubgraphId m_subgraph;
};

base::Status toNewest(const AdaptContext& context) {
    auto& editor = context.editor();
    const auto label = context.node().label();
    const auto scans = context.attributes().integer("num_scan_inputs", 0);
    const auto body = context.attributes().subgraph("body");
    const auto directions = context.attributes().integers("directions");
    const std::vector<ValueId> given(context.node().inputs().begin(), context.node().inputs().end());
    const auto outputs = context.node().outputs().size();
    if (!body.valid()) return base::Error::badInput(label + ": attribute body is missing");
    if (scans < 1 || static_cast<size_t>(scans) >= given.size())
        return base::Error::badInput(label + ": num_scan_inputs does not fit the inputs of the node");
    const size_t states = given.size() - 1 - static_cast<size_t>(scans);
    for (size_t i = 1; i < given.size(); ++i)
        if (!given[i].valid())
            return base::Error::badInput(label + ": an initial state or scan input is missing");
    if (outputs < states) return base::Error::badInput(label + ": has fewer outputs than states");

    const auto lengths = given[0];
    const auto subgraph = editor.addSubgraph(editor.uniqueName("scan_batch"));
    // The node takes the new body before the old one moves into it.
    std::vector<ValueId> outside(given.begin() + 1, given.end());
    if (lengths.valid()) outside.push_back(lengths);
    editor.setAttributes(context.id(),
                         {{"body", subgraph}, {"num_scan_inputs", static_cast<int64_t>(outside.size())}});
    editor.setInputs(context.id(), outside);

    BatchBody batch(context, subgraph);
    std::vector<ValueId> items;
    for (const auto value : outside) items.push_back(batch.input(value));
    ValueId missing;  // steps that a shorter sequence lacks, [1]
    if (lengths.valid()) {
        const auto zero = batch.constant({0});
        const auto end = batch.add("Unsqueeze", {items.back(), zero}).front();
        items.pop_back();
        const auto whole = batch.steps(items.back());
        for (size_t i = states; i < items.size(); ++i)
            items[i] = batch.add("Slice", {items[i], zero, end, zero}).front();
        missing = batch.add("Sub", {whole, batch.steps(items.back())}).front();
    }
    ir::Attributes attributes{{"body", body}, {"num_scan_inputs", scans}};
    if (!directions.empty()) attributes.set("scan_input_directions", directions);
    auto results = batch.add("Scan", items, std::move(attributes), outputs);
    if (missing.valid() && outputs > states) {
        const auto zero = batch.constant({0});
        const auto pads = batch.add("Concat", {zero, missing}, {{"axis", int64_t{0}}}).front();
        for (size_t i = states; i < outputs; ++i)
            results[i] = batch.add("Pad", {results[i], pads, {}, zero}).front();
    }
    editor.setGraphOutputs(subgraph, results);
    return {};
}

}  // namespace

Adapter scanAdapter() { return {.ops = {"Scan"}, .newest = 9, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
