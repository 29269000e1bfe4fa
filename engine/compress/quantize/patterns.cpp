#include "engine/compress/quantize/patterns.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"

namespace lathe::compress::quantize {

namespace {

bool matches(ir::Node node, const std::string& pattern) {
    return base::matchesPattern(node.name(), pattern) || base::matchesPattern(node.op(), pattern);
}

}  // namespace

bool matchesAny(ir::Node node, const std::vector<std::string>& patterns) {
    return std::ranges::any_of(patterns, [&](const auto& pattern) { return matches(node, pattern); });
}

void warnOfUnmatched(ir::Report& report, const ir::Graph& graph, const std::vector<std::string>& patterns) {
    for (const auto& pattern : patterns) {
        bool found = false;
        for (uint32_t n = 0; n < graph.nodeLimit() && !found; ++n)
            found = graph.contains(ir::NodeId{n}) && matches(graph.node(ir::NodeId{n}), pattern);
        if (found) continue;
        report.lines.push_back(
            {.name = "check",
             .title = pattern,
             .count = 0,
             .note =
                 fmt::format("No node has a name or an operator that \"{}\" matches, so it keeps nothing in "
                             "float. Large and small letters differ; * stands for any letters.",
                             pattern),
             .warning = true});
    }
}

}  // namespace lathe::compress::quantize
