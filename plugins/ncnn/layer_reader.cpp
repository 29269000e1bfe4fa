#include "plugins/ncnn/layer_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace lathe::ncnn {

base::Error LayerReader::error(const Layer& layer, std::string_view what) const {
    return base::Error::badInput(
        fmt::format("{}: line {}: {} \"{}\": {}.", m_where, layer.line, layer.type, layer.name, what));
}

base::Result<ir::GraphPtr> LayerReader::run() {
    for (const auto& layer : m_layers) {
        const auto it = handlers().find(layer.type);
        if (it == handlers().end()) return error(layer, "this layer is not known");
        if (layer.outputs.empty()) return error(layer, "it makes no blob");
        if (auto s = (this->*it->second)(layer); !s) return s.error();
    }
    if (m_bin.remaining() > 0)
        return base::Error::badInput(
            fmt::format("{}: the .bin file has {} bytes more than its layers need. Do the two "
                        "files belong together?",
                        m_where, m_bin.remaining()));
    nameOutputs();
    return m_editor.finish();
}

// What nobody reads is an output of the model.
void LayerReader::nameOutputs() {
    std::vector<ir::ValueId> outputs;
    for (const auto& name : m_order) {
        const auto blob = m_blobs.at(name);
        if (blob.used) continue;
        auto value = blob.spread ? flattened(blob).value : blob.value;
        // An input or a constant that nobody reads, or a value that is an output already.
        const bool needsNode = !m_editor.graph().value(value).producer().valid() ||
                               std::find(outputs.begin(), outputs.end(), value) != outputs.end();
        if (needsNode) value = m_editor.add({.op = "Identity", .inputs = {value}});
        const auto& graph = m_editor.graph();
        if (graph.value(value).name() != name) {
            // The blob's name belongs to the output, not to the value before it.
            if (blob.value != value && graph.value(blob.value).name() == name && !graph.isInput(blob.value))
                m_editor.setName(blob.value, m_editor.uniqueName(name + "_inner"));
            const bool taken = graph.findValue(name).valid();
            m_editor.setName(value, taken ? m_editor.uniqueName(name) : name);
        }
        outputs.push_back(value);
    }
    m_editor.setGraphOutputs(ir::kMain, std::move(outputs));
}

base::Result<LayerReader::Blob> LayerReader::in(const Layer& layer, size_t index) {
    if (index >= layer.inputs.size())
        return error(layer, fmt::format("it has {} inputs, expected more", layer.inputs.size()));
    const auto it = m_blobs.find(layer.inputs[index]);
    if (it == m_blobs.end())
        return error(layer, fmt::format("blob {} is not made by a layer before it", layer.inputs[index]));
    it->second.used = true;
    return it->second;
}

LayerReader::Blob LayerReader::flattened(const Blob& blob) {
    const auto value =
        m_editor.add({.op = "Flatten", .inputs = {blob.value}, .attributes = {{"axis", int64_t{1}}}});
    return {value, 1, false, true};
}

base::Result<LayerReader::Blob> LayerReader::asVector(const Layer& layer, size_t index) {
    const auto blob = in(layer, index);
    if (!blob || (blob->dims == 1 && !blob->spread)) return blob;
    return flattened(*blob);
}

base::Result<LayerReader::Blob> LayerReader::asPicture(const Layer& layer, size_t index) {
    const auto blob = in(layer, index);
    if (!blob || blob->dims == 3 || blob->spread) return blob;
    if (blob->dims != 1) return error(layer, "a blob of two dimensions cannot be used as a picture");
    const auto shape = integers(layer, "shape", {1, -1, 1, 1});
    return Blob{m_editor.add({.op = "Reshape", .inputs = {blob->value, shape}}), 1, true, true};
}

base::Status LayerReader::setBlob(const Layer& layer, size_t output, Blob blob) {
    if (output >= layer.outputs.size())
        return error(layer, fmt::format("it makes {} blobs, expected more", layer.outputs.size()));
    blob.used = false;
    m_blobs[layer.outputs[output]] = blob;
    m_order.push_back(layer.outputs[output]);
    return {};
}

base::Status LayerReader::set(const Layer& layer, ir::NewNode node, int dims, bool spread) {
    const auto name = m_editor.uniqueName(layer.name);
    node.name = name;
    const auto value = m_editor.add(node);
    m_editor.setName(value, m_editor.uniqueName(layer.outputs[0]));
    return setBlob(layer, 0, {value, dims, spread});
}

base::Status LayerReader::setActivated(const Layer& layer, ir::NewNode node, int dims, bool spread) {
    const auto kind = layer.integer(9, 0);
    if (kind == 0) return set(layer, std::move(node), dims, spread);
    const auto params = layer.list(10);
    const auto param = [&](size_t i, double otherwise) { return i < params.size() ? params[i] : otherwise; };
    const auto name = m_editor.uniqueName(layer.name + "_linear");
    node.name = name;
    const auto linear = m_editor.add(node);
    switch (kind) {
        case 1:
            return set(layer, {.op = "Relu", .inputs = {linear}}, dims, spread);
        case 2:
            return set(layer,
                       {.op = "LeakyRelu",
                        .inputs = {linear},
                        .attributes = {{"alpha", static_cast<float>(param(0, 0.01))}}},
                       dims, spread);
        case 3:
            return set(
                layer,
                {.op = "Clip",
                 .inputs = {linear, scalar(layer, "min", param(0, 0)), scalar(layer, "max", param(1, 6))}},
                dims, spread);
        case 4:
            return set(layer, {.op = "Sigmoid", .inputs = {linear}}, dims, spread);
        case 5:
            return set(layer, {.op = "Mish", .inputs = {linear}}, dims, spread);
        case 6: {
            const auto gate = m_editor.add({.op = "HardSigmoid",
                                            .inputs = {linear},
                                            .attributes = {{"alpha", static_cast<float>(param(0, 0.2))},
                                                           {"beta", static_cast<float>(param(1, 0.5))}}});
            return set(layer, {.op = "Mul", .inputs = {linear, gate}}, dims, spread);
        }
        default:
            return error(layer, fmt::format("activation {} is not known", kind));
    }
}

ir::ValueId LayerReader::constant(const Layer& layer, std::string_view what, tensor::Tensor tensor) {
    return m_editor.addConstant(std::move(tensor),
                                m_editor.uniqueName(fmt::format("{}_{}", layer.name, what)));
}
ir::ValueId LayerReader::scalar(const Layer& layer, std::string_view what, double value) {
    return constant(layer, what, tensor::Tensor::scalar<float>(static_cast<float>(value)));
}
ir::ValueId LayerReader::integers(const Layer& layer, std::string_view what, std::vector<int64_t> values) {
    return constant(layer, what, tensor::Tensor::vector<int64_t>(values));
}

}  // namespace lathe::ncnn
