#include "widgets/canvas/search.h"

#include <algorithm>
#include <string>

#include "engine/base/text.h"
#include "widgets/canvas/hierarchy.h"

namespace lathe::canvas {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool contains(std::string_view text, std::string_view loweredPart) {
    return std::search(text.begin(), text.end(), loweredPart.begin(), loweredPart.end(),
                       [](char a, char b) { return lower(a) == b; }) != text.end();
}

}  // namespace

std::vector<ir::NodeId> findNodes(const ir::Graph& graph, std::string_view text) {
    std::string wanted(base::trimmed(text));
    std::transform(wanted.begin(), wanted.end(), wanted.begin(), lower);
    const auto takePrefix = [&wanted](std::string_view prefix) {
        if (!wanted.starts_with(prefix)) return false;
        wanted = std::string(base::trimmed(std::string_view(wanted).substr(prefix.size())));
        return true;
    };
    const bool onlyOp = takePrefix("op:");
    const bool onlyType = !onlyOp && takePrefix("type:");
    std::vector<ir::NodeId> found;
    if (wanted.empty()) return found;
    for (const ir::NodeId id : orderWithBodies(graph)) {
        const ir::Node node = graph.node(id);
        bool hit = !onlyType && contains(node.op(), wanted);
        if (onlyType)
            for (const ir::ValueId output : node.outputs())
                hit = hit || (output && contains(tensor::name(graph.value(output).type().element), wanted));
        if (!hit && !onlyOp && !onlyType) {
            hit = contains(node.name(), wanted);
            for (const ir::ValueId value : node.inputs())
                hit = hit || (value && contains(graph.value(value).name(), wanted));
            for (const ir::ValueId value : node.outputs())
                hit = hit || (value && contains(graph.value(value).name(), wanted));
        }
        if (hit) found.push_back(id);
    }
    return found;
}

}  // namespace lathe::canvas
