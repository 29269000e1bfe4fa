#include "widgets/canvas/display_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/ir/topology.h"

namespace lathe::canvas {
namespace {

// The item that shows a node: the outermost closed group around it, or the node itself.
class ItemMaker {
  public:
    ItemMaker(DisplayGraph& out) : m_out(out), m_itemOfGroup(out.hierarchy->groups.size(), kUnknown) {
        const auto& groups = out.hierarchy->groups;
        m_closedAround.assign(groups.size(), -1);
        m_frameOf.assign(groups.size(), -1);
        for (size_t i = 0; i < groups.size(); ++i) {  // parents come first
            const int32_t parent = groups[i].parent;
            const int32_t outer = parent < 0 ? -1 : m_closedAround[static_cast<size_t>(parent)];
            const bool open = out.expansion.contains(groups[i].path);
            m_closedAround[i] = outer >= 0 ? outer : (open ? -1 : static_cast<int32_t>(i));
        }
    }

    int32_t itemFor(ir::NodeId id) {
        const int32_t group = m_out.hierarchy->groupOfNode[id.index];
        const int32_t closed = group < 0 ? -1 : m_closedAround[static_cast<size_t>(group)];
        if (closed < 0) return addNode(id, group);
        int32_t& item = m_itemOfGroup[static_cast<size_t>(closed)];
        if (item == kUnknown) item = addGroup(closed, id);
        return item;
    }

  private:
    static constexpr int32_t kUnknown = -2;

    int32_t push(DisplayItem item) {
        m_out.items.push_back(std::move(item));
        return static_cast<int32_t>(m_out.items.size()) - 1;
    }

    int32_t addNode(ir::NodeId id, int32_t frame) {
        const ir::Graph& graph = m_out.graph();
        DisplayItem item;
        item.family = familyOf(graph, id);
        item.node = id;
        item.frame = frame;
        for (const ir::ValueId output : graph.node(id).outputs()) {
            if (!output) continue;
            item.dataType = graph.value(output).type().element;
            break;
        }
        item.chips = chipsOf(graph, id);
        return push(std::move(item));
    }

    int32_t addGroup(int32_t group, ir::NodeId first) {
        DisplayItem item;
        item.kind = DisplayItem::Kind::group;
        item.family = familyOf(m_out.graph(), first);
        item.group = group;
        const Group& data = m_out.hierarchy->groups[static_cast<size_t>(group)];
        item.frame = data.parent;
        if (data.repeats > 1) item.chips = fmt::format("× {}", data.repeats);
        return push(std::move(item));
    }

    DisplayGraph& m_out;
    std::vector<int32_t> m_itemOfGroup, m_closedAround, m_frameOf;
};

uint64_t edgeKey(uint32_t source, uint32_t target) { return (uint64_t{source} << 32) | target; }

// Every value a node reads; the results of its bodies, which are shown above it, are among them.
void collectReads(const ir::Graph& graph, ir::NodeId id, std::vector<ir::ValueId>& reads) {
    for (const ir::ValueId input : graph.node(id).inputs())
        if (input) reads.push_back(input);
    if (!graph.nodeData(id).attributes) return;
    for (const ir::SubgraphId body : ir::bodiesOf(graph, id))
        for (const ir::ValueId output : graph.subgraph(body).outputs)
            if (output) reads.push_back(output);
}

std::string sizes(const std::vector<int64_t>& values) {
    std::string text;
    for (const int64_t value : values) text += (text.empty() ? "" : "×") + std::to_string(value);
    return text;
}

void append(std::string& text, const std::string& chip) {
    if (chip.empty()) return;
    if (!text.empty()) text += "  ";
    text += chip;
}

// "s2" or "s2×1"; nothing for ones.
std::string strideChip(const ir::Attributes& attributes) {
    const auto strides = attributes.integers("strides");
    if (strides.empty() || std::all_of(strides.begin(), strides.end(), [](int64_t s) { return s == 1; }))
        return {};
    const bool equal =
        std::all_of(strides.begin(), strides.end(), [&](int64_t s) { return s == strides[0]; });
    return "s" + (equal ? std::to_string(strides[0]) : sizes(strides));
}

std::string weightChip(const ir::Graph& graph, ir::Node node) {
    const ir::ValueId id = node.input(1);
    if (!id) return {};
    const auto& shape = graph.value(id).type().shape;
    std::vector<int64_t> dims;
    if (const auto* tensor = graph.value(id).constant())
        dims.assign(tensor->shape().begin(), tensor->shape().end());
    else if (shape)
        for (const ir::Dim& dim : *shape) dims.push_back(dim.constantOr(-1));
    if (dims.size() < 2) return {};
    const bool convolution = node.op().find("Conv") != std::string_view::npos;
    if (!convolution && !graph.value(id).initializer()) return {};
    int64_t in = dims[dims.size() - 2], out = dims.back();
    if (convolution) {
        const int64_t groups = node.attributes().integer("group", 1);
        const bool transposed = node.op() == "ConvTranspose";
        in = transposed ? dims[0] : dims[1] * groups;
        out = transposed ? dims[1] * groups : dims[0];
        if (groups > 1 && groups == in) return fmt::format("depthwise {}", out);
    } else if (node.op() == "Gemm" && node.attributes().integer("transB", 0) != 0) {
        std::swap(in, out);
    }
    return in < 0 || out < 0 ? std::string() : fmt::format("{} → {}", in, out);
}

}  // namespace

ops::Family familyOf(const ir::Graph& graph, ir::NodeId id) {
    const ir::Node node = graph.node(id);
    const ops::Op* op = ops::find(node.domain(), node.op());
    if (op) return op->family;
    // Fused and quantized relatives outside the table, told by their names.
    const std::string_view name = node.op();
    const auto has = [name](std::string_view part) { return name.find(part) != std::string_view::npos; };
    if (has("Quantize")) return ops::Family::quantization;
    if (has("Conv") || has("Gemm") || has("MatMul") || has("Attention")) return ops::Family::convolution;
    if (has("Norm")) return ops::Family::normalization;
    if (has("Pool") || has("Reduce") || has("Arg")) return ops::Family::pooling;
    if (has("elu") || has("Relu") || has("Sigmoid") || has("Softmax") || has("Tanh"))
        return ops::Family::activation;
    return ops::Family::control;
}

std::string chipsOf(const ir::Graph& graph, ir::NodeId id) {
    const ir::Node node = graph.node(id);
    const ir::Attributes& attributes = node.attributes();
    std::string chips;
    if (attributes.has("kernel_shape")) append(chips, sizes(attributes.integers("kernel_shape")));
    append(chips, strideChip(attributes));
    const std::string_view op = node.op();
    if (op.find("Conv") != std::string_view::npos || op.find("Gemm") != std::string_view::npos ||
        op.find("MatMul") != std::string_view::npos)
        append(chips, weightChip(graph, node));
    if (attributes.has("perm")) append(chips, sizes(attributes.integers("perm")));
    if (attributes.has("axis")) append(chips, fmt::format("axis {}", attributes.integer("axis", 0)));
    if ((op == "QuantizeLinear" || op == "DequantizeLinear" || op == "Cast") && node.output()) {
        const auto type = graph.value(node.output()).type().element;
        if (type != tensor::DataType::undefined) append(chips, std::string(tensor::name(type)));
    }
    return chips;
}

std::string shapeOf(const ir::ValueType& type) {
    if (type.kind != ir::ValueType::Kind::tensor)
        return type.kind == ir::ValueType::Kind::unknown ? std::string() : ir::toString(type);
    std::string text;
    if (type.element != tensor::DataType::undefined && type.element != tensor::DataType::float32)
        text = std::string(tensor::name(type.element)) + " ";
    if (!type.shape) return text;
    if (type.shape->empty()) return text + "scalar";
    std::string dims;
    for (const ir::Dim& dim : *type.shape) dims += (dims.empty() ? "" : "×") + dim.toString();
    return text + dims;
}

DisplayGraph makeDisplayGraph(HierarchyPtr hierarchy, Expansion expansion, const base::Progress& progress) {
    DisplayGraph out;
    out.hierarchy = std::move(hierarchy);
    out.expansion = std::move(expansion);
    const ir::Graph& graph = out.graph();
    out.itemOfNode.assign(graph.nodeLimit(), -1);
    const auto order = graph.order();
    out.items.reserve(order.size() + graph.inputs().size() + graph.outputs().size());

    std::unordered_map<ir::ValueId, uint32_t> pillOf;
    for (const ir::ValueId input : graph.inputs()) {
        if (graph.value(input).initializer()) continue;  // a weight that older files list as an input
        DisplayItem item;
        item.kind = DisplayItem::Kind::input;
        item.value = input;
        item.dataType = graph.value(input).type().element;
        pillOf[input] = static_cast<uint32_t>(out.items.size());
        out.items.push_back(std::move(item));
    }
    ItemMaker maker(out);
    for (const ir::NodeId id : orderWithBodies(graph)) {
        if (progress.cancelled()) return out;
        out.itemOfNode[id.index] = maker.itemFor(id);
    }
    // Nodes on a cycle have no place in the order but must be seen all the same.
    for (const ir::NodeId id : graph.topology().cyclic())
        if (graph.contains(id) && graph.node(id).subgraph() == ir::kMain && out.itemOfNode[id.index] < 0)
            out.itemOfNode[id.index] = maker.itemFor(id);

    std::unordered_set<uint64_t> seen;
    const auto connect = [&](uint32_t source, uint32_t target, ir::ValueId value) {
        if (source != target && seen.insert(edgeKey(source, target)).second)
            out.edges.push_back({source, target, value});
    };
    const auto sourceOf = [&](ir::ValueId value) -> int32_t {
        const ir::NodeId producer = graph.value(value).producer();
        if (producer) return out.itemOfNode[producer.index];
        const auto pill = pillOf.find(value);
        return pill == pillOf.end() ? -1 : static_cast<int32_t>(pill->second);
    };
    std::vector<ir::ValueId> reads;
    for (uint32_t index = 0; index < graph.nodeLimit(); ++index) {
        const int32_t target = out.itemOfNode[index];
        if (progress.cancelled()) return out;
        if (target < 0) continue;
        reads.clear();
        collectReads(graph, ir::NodeId{index}, reads);
        for (const ir::ValueId value : reads)
            if (const int32_t source = sourceOf(value); source >= 0)
                connect(static_cast<uint32_t>(source), static_cast<uint32_t>(target), value);
    }
    for (const ir::ValueId output : graph.outputs()) {
        DisplayItem item;
        item.kind = DisplayItem::Kind::output;
        item.value = output;
        item.dataType = graph.value(output).type().element;
        const auto target = static_cast<uint32_t>(out.items.size());
        out.items.push_back(std::move(item));
        if (const int32_t source = sourceOf(output); source >= 0)
            connect(static_cast<uint32_t>(source), target, output);
    }
    return out;
}

std::string titleOf(const DisplayGraph& graph, const DisplayItem& item) {
    switch (item.kind) {
        case DisplayItem::Kind::node:
            return std::string(graph.graph().node(item.node).op());
        case DisplayItem::Kind::group:
            return graph.hierarchy->groups[static_cast<size_t>(item.group)].label;
        default:
            return std::string(graph.graph().value(item.value).name());
    }
}

std::string subtitleOf(const DisplayGraph& graph, const DisplayItem& item) {
    switch (item.kind) {
        case DisplayItem::Kind::node: {
            const auto name = graph.graph().node(item.node).name();
            const size_t cut = item.frame >= 0 ? name.rfind('/') : std::string_view::npos;
            return std::string(cut == std::string_view::npos ? name : name.substr(cut + 1));
        }
        case DisplayItem::Kind::group:
            return {};
        default:
            return ir::toString(graph.graph().value(item.value).type());
    }
}

std::vector<ir::NodeId> nodesOf(const DisplayGraph& graph, const DisplayItem& item) {
    if (item.kind == DisplayItem::Kind::node) return {item.node};
    if (item.kind == DisplayItem::Kind::group) return nodesBeneath(*graph.hierarchy, item.group);
    return {};
}

}  // namespace lathe::canvas
