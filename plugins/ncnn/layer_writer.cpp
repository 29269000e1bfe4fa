#include "plugins/ncnn/layer_writer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "plugins/ncnn/ncnn.h"

namespace lathe::ncnn {
namespace {

constexpr size_t kMostListed = 20;  // kinds of problems

// The inputs that a layer needs as blobs or weights; shapes computed at run time are known from inference.
size_t usedInputs(const ir::Node& node) {
    for (const auto op : {"Reshape", "Resize", "Upsample", "Clip", "Pad", "Dropout", "Squeeze", "Unsqueeze",
                          "Flatten", "ReduceMean"})
        if (node.is(op)) return 1;
    return node.inputs().size();
}

// Nodes of one operator with the same problem.
struct Problem {
    std::string op, reason, label, first;  // of the first node: what messages call it, and its name
    size_t nodes = 1;
};

std::string opName(const ir::Node& node) {
    return node.domain().empty() ? std::string(node.op()) : fmt::format("{}.{}", node.domain(), node.op());
}

bool isQuantized(const ir::Node& node) {
    return node.op().find("Quantize") != std::string_view::npos || node.op().starts_with("QLinear") ||
           node.op().ends_with("Integer");
}

std::string remedyFor(const ir::Node& node) { return isQuantized(node) ? "Export a float variant." : ""; }

}  // namespace

std::vector<formats::Unsupported> unsupported(const ir::Graph& graph) {
    std::map<std::string, formats::Unsupported> found;
    for (const auto id : LayerWriter::neededNodes(graph)) {
        const auto node = graph.node(id);
        if (LayerWriter::hasLayer(node)) continue;
        auto& entry = found.try_emplace(opName(node), formats::Unsupported{opName(node)}).first->second;
        ++entry.nodes;
        entry.remedy = remedyFor(node);
    }
    std::vector<formats::Unsupported> list;
    for (auto& [op, entry] : found) list.push_back(std::move(entry));
    return list;
}

std::vector<int64_t> pairOf(const ir::Node& node, std::string_view name, int64_t otherwise) {
    auto list = node.attributes().integers(name);
    if (list.size() != 2) list.assign(2, otherwise);
    return list;
}

base::Error nodeError(const ir::Node& node, std::string_view what) {
    return base::Error::badInput(fmt::format("{}: {}.", node.label(), what));
}

std::vector<ir::NodeId> LayerWriter::neededNodes(const ir::Graph& graph) {
    std::set<ir::NodeId> needed;
    const auto order = graph.order();
    std::set<ir::ValueId> wanted(graph.outputs().begin(), graph.outputs().end());
    for (auto it = order.rbegin(); it != order.rend(); ++it) {
        const auto node = graph.node(*it);
        const auto outputs = node.outputs();
        if (std::none_of(outputs.begin(), outputs.end(), [&](auto v) { return wanted.count(v) > 0; }))
            continue;
        needed.insert(*it);
        for (size_t i = 0; i < usedInputs(node); ++i)
            if (node.input(i).valid()) wanted.insert(node.input(i));
    }
    std::vector<ir::NodeId> result;
    for (const auto id : order)
        if (needed.count(id)) result.push_back(id);
    return result;
}

base::Status LayerWriter::run() {
    if (auto s = writeInputs(); !s) return s;
    std::vector<Problem> problems;
    for (const auto id : neededNodes(m_graph)) {
        const auto node = m_graph.node(id);
        const auto status = writeNode(node);
        if (status) continue;
        const auto prefix = node.label() + ": ";
        auto reason = status.error().message;
        if (reason.starts_with(prefix)) reason.erase(0, prefix.size());
        const auto op = opName(node);
        const auto same = std::find_if(problems.begin(), problems.end(),
                                       [&](const Problem& p) { return p.op == op && p.reason == reason; });
        if (same != problems.end())
            ++same->nodes;
        else
            problems.push_back({op, reason, node.label(),
                                node.name().empty() ? node.label() : fmt::format("\"{}\"", node.name())});
    }
    if (!problems.empty()) {
        std::vector<std::string> sentences;
        for (const auto& p : problems) {
            if (sentences.size() == kMostListed) break;
            sentences.push_back(p.nodes == 1 ? fmt::format("{}: {}", p.label, p.reason)
                                             : fmt::format("{} ({} nodes, the first is {}): {}", p.op,
                                                           p.nodes, p.first, p.reason));
        }
        return base::Error::badInput(
            fmt::format("ncnn cannot run this model. {}{}", fmt::join(sentences, " "),
                        problems.size() > kMostListed
                            ? fmt::format(" There are {} more problems.", problems.size() - kMostListed)
                            : ""));
    }
    writeOutputs();
    return {};
}

base::Status LayerWriter::writeInputs() {
    for (const auto id : m_graph.inputs()) {
        const auto value = m_graph.value(id);
        if (value.initializer()) continue;
        const auto& type = value.type();
        if (!type.isTensor() || type.element != tensor::DataType::float32)
            return base::Error::badInput(
                fmt::format("Input {} is {}; ncnn inputs are float32.", value.name(), ir::toString(type)));
        if (type.rank() < 2 || type.rank() > 4)
            return base::Error::badInput(
                fmt::format("Input {} is {}; ncnn needs a batch of 1 and one to three more dimensions.",
                            value.name(), ir::toString(type)));
        const auto& shape = *type.shape;
        if (shape[0].isKnown() && shape[0].constant() != 1)
            return base::Error::badInput(
                fmt::format("Input {} has a batch of {}; ncnn runs one sample at a time. Set the batch to 1 "
                            "or leave it free.",
                            value.name(), *shape[0].constant()));
        Layer layer{"Input", unique(m_layerNames, value.name()), {}, {blobOf(id)}};
        const bool known =
            std::all_of(shape.begin() + 1, shape.end(), [](const ir::Dim& d) { return d.isKnown(); });
        for (size_t i = shape.size(), key = 0; known && i-- > 1; ++key)
            layer.set(static_cast<int>(key), static_cast<double>(*shape[i].constant()));
        m_layers.push_back(std::move(layer));
    }
    return {};
}

base::Status LayerWriter::writeNode(const ir::Node& node) {
    if (!hasLayer(node)) {
        const auto remedy = remedyFor(node);
        return base::Error::badInput(fmt::format("{}: there is no ncnn layer for this operator.{}{}",
                                                 node.label(), remedy.empty() ? "" : " ", remedy));
    }
    return (this->*handlers().at(node.op()))(node);
}

bool LayerWriter::hasLayer(const ir::Node& node) {
    return node.domain().empty() && handlers().contains(node.op());
}

void LayerWriter::writeOutputs() {
    std::vector<std::string> outputs;
    for (const auto id : m_graph.outputs()) {
        const auto blob = blobOf(id);
        // An output that is another blob under a second name gets a layer that hands it on.
        const bool own = m_graph.value(id).producer().valid() && m_layers.size() > 0 &&
                         std::find(outputs.begin(), outputs.end(), blob) == outputs.end() &&
                         std::any_of(m_layers.begin(), m_layers.end(), [&](const Layer& layer) {
                             return layer.type != "Input" &&
                                    std::count(layer.outputs.begin(), layer.outputs.end(), blob) > 0;
                         });
        if (own) {
            outputs.push_back(blob);
            continue;
        }
        const auto wanted = unique(m_blobNames, m_graph.value(id).name());
        m_layers.push_back({"Noop", unique(m_layerNames, wanted), {blob}, {wanted}});
        outputs.push_back(wanted);
    }
    m_layers = withSplits(std::move(m_layers), outputs);
}

Layer& LayerWriter::add(const ir::Node& node, std::string_view type, const std::vector<ir::ValueId>& inputs) {
    const auto hint =
        node.name().empty() ? fmt::format("{}_{}", type, node.id().index) : std::string(node.name());
    Layer layer{std::string(type), unique(m_layerNames, hint), {}, {}};
    for (const auto input : inputs) layer.inputs.push_back(blobOf(input));
    layer.outputs.push_back(blobOf(node.output()));
    m_layers.push_back(std::move(layer));
    return m_layers.back();
}

std::string LayerWriter::unique(std::map<std::string, int>& names, std::string_view hint) {
    std::string name;
    for (const char c : hint) {
        const auto u = static_cast<unsigned char>(c);
        name += u <= ' ' || u == 127 || c == ',' || c == '=' ? '_' : c;
    }
    if (name.empty()) name = "x";
    const int count = names[name]++;
    if (count == 0) return name;
    return unique(names, fmt::format("{}_{}", name, count));
}

std::string LayerWriter::blobOf(ir::ValueId value) {
    const auto it = m_blobs.find(value);
    if (it != m_blobs.end()) return it->second;
    auto name = unique(m_blobNames, m_graph.value(value).name());
    m_blobs.emplace(value, name);
    return name;
}

const tensor::Tensor* LayerWriter::constant(const ir::Node& node, size_t input) const {
    const auto id = node.input(input);
    return id.valid() ? m_graph.value(id).constant() : nullptr;
}

base::Result<std::vector<float>> LayerWriter::numbers(const ir::Node& node, size_t input) const {
    const auto* tensor = constant(node, input);
    if (!tensor) return nodeError(node, fmt::format("input {} must be a constant for ncnn", input));
    if (!tensor::isFloat(tensor->type()))
        return nodeError(node, fmt::format("input {} is {}; ncnn weights are float32", input,
                                           tensor::name(tensor->type())));
    const auto reals = tensor::toReals(*tensor);
    return std::vector<float>(reals.begin(), reals.end());
}

int64_t LayerWriter::rankOf(ir::ValueId value) const { return m_graph.value(value).type().rank(); }

base::Result<std::vector<int64_t>> LayerWriter::sampleShape(const ir::Node& node, ir::ValueId value) const {
    const auto& type = m_graph.value(value).type();
    if (!type.shape || type.shape->size() < 2 || type.shape->size() > 4)
        return nodeError(node, fmt::format("its output {} does not fit into ncnn's one to three dimensions",
                                           ir::toString(type)));
    std::vector<int64_t> result;
    for (size_t i = 1; i < type.shape->size(); ++i) {
        if (!(*type.shape)[i].isKnown())
            return nodeError(
                node, fmt::format("its output {} must be known but for the batch", ir::toString(type)));
        result.push_back(*(*type.shape)[i].constant());
    }
    return result;
}

base::Result<std::string> LayerWriter::constantBlob(const ir::Node& node, ir::ValueId value, int64_t rank) {
    const auto known = m_blobs.find(value);
    if (known != m_blobs.end()) return known->second;
    const auto* tensor = m_graph.value(value).constant();
    if (!tensor || !tensor::isFloat(tensor->type()))
        return nodeError(node, "a constant operand is not floating point");
    std::vector<int64_t> shape(tensor->shape().begin(), tensor->shape().end());
    while (static_cast<int64_t>(shape.size()) < rank) shape.insert(shape.begin(), 1);
    if (shape.size() < 2 || shape.size() > 4 || shape[0] != 1)
        return nodeError(node, fmt::format("the constant operand {} has no place in ncnn",
                                           tensor::toString(tensor->shape())));
    shape.erase(shape.begin());
    // One number a channel is a plain vector in ncnn.
    if (shape.size() == 3 && shape[1] == 1 && shape[2] == 1) shape.resize(1);
    Layer layer{"MemoryData", unique(m_layerNames, m_graph.value(value).name()), {}, {blobOf(value)}};
    for (size_t i = 0; i < shape.size(); ++i)
        layer.set(static_cast<int>(i), static_cast<double>(shape[shape.size() - 1 - i]));
    m_layers.push_back(std::move(layer));
    const auto reals = tensor::toReals(*tensor);
    m_bin.plain(std::vector<float>(reals.begin(), reals.end()));
    return m_blobs.at(value);
}

std::vector<Layer> withSplits(std::vector<Layer> layers, const std::vector<std::string>& outputs) {
    std::map<std::string, int> readers;
    for (const auto& layer : layers)
        for (const auto& blob : layer.inputs) ++readers[blob];
    for (const auto& blob : outputs)
        if (readers.count(blob)) ++readers[blob];
    std::vector<Layer> result;
    std::map<std::string, std::vector<std::string>> copies;  // those that are still to be handed out
    int splits = 0;
    for (auto& layer : layers) {
        for (auto& blob : layer.inputs) {
            const auto it = copies.find(blob);
            if (it == copies.end()) continue;
            blob = it->second.front();
            it->second.erase(it->second.begin());
        }
        std::vector<Layer> behind;
        for (auto& blob : layer.outputs) {
            const auto it = readers.find(blob);
            if (it == readers.end() || it->second < 2) continue;
            const bool isOutput = std::find(outputs.begin(), outputs.end(), blob) != outputs.end();
            Layer split{"Split", fmt::format("splitncnn_{}", splits++), {blob}, {}};
            auto& names = copies[blob];
            for (int i = 0; i < it->second - (isOutput ? 1 : 0); ++i)
                names.push_back(fmt::format("{}_splitncnn_{}", blob, i));
            split.outputs = names;
            if (isOutput) {  // the copy for the outside keeps the name
                split.outputs.push_back(blob);
                split.inputs[0] = blob + "_splitncnn";
                blob = split.inputs[0];
            }
            behind.push_back(std::move(split));
        }
        result.push_back(std::move(layer));
        std::move(behind.begin(), behind.end(), std::back_inserter(result));
    }
    return result;
}

}  // namespace lathe::ncnn
