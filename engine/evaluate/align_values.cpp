// Which value of B stands for which value of A.
//
// Every node names the source nodes it was made from. The output of a node stands for the last of them, its
// end: a convolution that took in a batch norm and a Relu gives what the Relu gave. Among nodes with the same
// end the last one counts: after a convolution come QuantizeLinear and DequantizeLinear, made from it too.
// Variants from different files share no source nodes; their values are aligned by name.
#include <algorithm>
#include <map>

#include "engine/evaluate/compare.h"

namespace lathe::evaluate {
namespace {

using NodesByEnd = std::map<ir::NodeId, std::vector<ir::NodeId>>;  // nodes in order of execution

NodesByEnd nodesByEnd(const ir::Graph& graph) {
    NodesByEnd result;
    for (const auto id : graph.order()) {
        const auto origins = graph.node(id).origins();
        if (!origins.empty()) result[*std::max_element(origins.begin(), origins.end())].push_back(id);
    }
    return result;
}

// Whether the two may hold the same numbers: both floating, no known dimension differs.
bool comparable(const ir::Graph& a, ir::ValueId valueA, const ir::Graph& b, ir::ValueId valueB) {
    const auto &x = a.value(valueA).type(), &y = b.value(valueB).type();
    const auto isFloating = [](const ir::ValueType& type) {
        // A value of unknown type may be anything; the run will tell.
        return type.kind == ir::ValueType::Kind::unknown ||
               (type.isTensor() && tensor::isFloat(type.element));
    };
    if (!isFloating(x) || !isFloating(y)) return false;
    if (!x.shape || !y.shape) return true;
    if (x.shape->size() != y.shape->size()) return false;
    for (size_t i = 0; i < x.shape->size(); ++i)
        if ((*x.shape)[i].isKnown() && (*y.shape)[i].isKnown() && !((*x.shape)[i] == (*y.shape)[i]))
            return false;
    return true;
}

void alignNode(const ir::Graph& a, const ir::Node& node, const ir::Graph& b,
               const std::vector<ir::NodeId>& candidates, std::vector<AlignedValue>& result) {
    const auto outputs = node.outputs();
    for (auto it = candidates.rbegin(); it != candidates.rend(); ++it) {
        const auto other = b.node(*it);
        // A node with several outputs only aligns with its like: what follows one output is not all of it.
        if (outputs.size() > 1 && (other.outputs().size() != outputs.size() || other.op() != node.op()))
            continue;
        if (outputs.size() == 1 && other.outputs().size() != 1) continue;
        std::vector<AlignedValue> pairs;
        for (size_t i = 0; i < outputs.size(); ++i)
            if (outputs[i].valid() && other.output(i).valid() &&
                comparable(a, outputs[i], b, other.output(i)))
                pairs.push_back({outputs[i], other.output(i)});
        if (pairs.empty()) continue;
        result.insert(result.end(), pairs.begin(), pairs.end());
        return;
    }
}

std::vector<AlignedValue> alignByName(const ir::Graph& a, const ir::Graph& b) {
    std::map<std::string_view, ir::ValueId> named;
    for (const auto id : b.order())
        for (const auto value : b.node(id).outputs())
            if (value.valid()) named.emplace(b.value(value).name(), value);
    std::vector<AlignedValue> result;
    for (const auto id : a.order())
        for (const auto value : a.node(id).outputs()) {
            if (!value.valid()) continue;
            const auto it = named.find(a.value(value).name());
            if (it != named.end() && comparable(a, value, b, it->second))
                result.push_back({value, it->second});
        }
    return result;
}

bool sameFamily(const ir::Graph& a, const ir::Graph& b) {
    return a.names() == b.names() ||
           (!a.info().sourcePath.empty() && a.info().sourcePath == b.info().sourcePath);
}

}  // namespace

std::vector<AlignedValue> alignValues(const ir::Graph& a, const ir::Graph& b) {
    if (!sameFamily(a, b)) return alignByName(a, b);
    const auto inA = nodesByEnd(a), inB = nodesByEnd(b);
    std::vector<AlignedValue> result;
    for (const auto id : a.order()) {
        const auto node = a.node(id);
        const auto origins = node.origins();
        if (origins.empty()) continue;
        const auto end = *std::max_element(origins.begin(), origins.end());
        // Of several nodes of A with this end, only the last floating one stands for it.
        const auto& group = inA.at(end);
        const auto last = std::find_if(group.rbegin(), group.rend(), [&](ir::NodeId n) {
            const auto out = a.node(n).output();
            return out.valid() && comparable(a, out, a, out);
        });
        if (last == group.rend() || *last != id) continue;
        if (const auto it = inB.find(end); it != inB.end()) alignNode(a, node, b, it->second, result);
    }
    return result;
}

}  // namespace lathe::evaluate
