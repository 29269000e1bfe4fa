#include "engine/runtime/runnable.h"

#include <fmt/format.h>

#include <set>
#include <string>

#include "engine/ops/entries.h"
#include "engine/ops/op.h"

namespace lathe::runtime {

base::Status checkRunnable(const ir::Graph& graph) {
    std::set<std::string> missing;
    for (uint32_t i = 0; i < graph.nodeLimit(); ++i) {
        const ir::NodeId id{i};
        if (!graph.contains(id)) continue;
        const auto node = graph.node(id);
        if (graph.findFunction(node.domain(), node.op(), graph.text(node.data().overload))) continue;
        const auto* op = ops::find(node.domain(), node.op());
        if (op && op->evaluate) continue;
        std::string name(node.op());
        if (!node.domain().empty()) name = fmt::format("{} ({})", node.op(), node.domain());
        missing.insert(fmt::format("{} (node {})", name, node.label()));
        if (missing.size() >= 20) break;
    }
    if (missing.empty()) return {};
    if (!ops::builtFor().empty())
        return base::Error::badInput(fmt::format(
            "This program was built for another model, {}, and does not have {}. Build one for this "
            "model.",
            ops::builtFor(), fmt::join(missing, ", ")));
    return base::Error::badInput(
        fmt::format("The model cannot be run: no evaluation is known for {}. It can still be looked at, "
                    "edited and exported.",
                    fmt::join(missing, ", ")));
}

}  // namespace lathe::runtime
