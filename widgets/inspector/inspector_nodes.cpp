// Several nodes at once, a group for example: how many of which operators, and what they cost together.
#include <QStringList>
#include <algorithm>
#include <map>
#include <set>

#include "engine/base/text.h"
#include "engine/ops/infer.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/section.h"
#include "widgets/style/numbers.h"

namespace lathe::inspector {
namespace {

constexpr size_t kMostOperators = 64;

}  // namespace

void Inspector::showNodes() {
    ops::Cost cost;
    double time = 0, total = 0, parameters = 0;
    std::set<uint32_t> selected, weights;
    for (const auto id : m_nodes) {
        selected.insert(id.index);
        cost += ops::nodeCost(m_sized && m_sized->contains(id) ? *m_sized : *m_graph, id);
        for (const auto input : m_graph->node(id).inputs()) {
            const auto* constant = input ? m_graph->value(input).constant() : nullptr;
            // Several nodes may read one weight.
            if (constant && weights.insert(input.index).second)
                parameters += static_cast<double>(constant->elementCount());
        }
    }
    QStringList conditions;
    if (m_sized)
        for (const auto& [name, value] : m_dimensions)
            conditions << QStringLiteral("%1 = %2").arg(name).arg(value);
    auto* sums = section(tr("Selection"), conditions.join(QStringLiteral(", ")));
    sums->addRow(tr("Parameters"), style::text(base::formatCount(parameters)));
    sums->addRow(tr("MACs"), style::text(base::formatCount(cost.macs)));
    if (m_profile) {
        for (const auto& node : m_profile->nodes) {
            total += node.time.median;
            if (selected.contains(node.node.index)) time += node.time.median;
        }
        sums->addRow(tr("Time"), QStringLiteral("%1 (%2 %)")
                                     .arg(style::text(base::formatSeconds(time)))
                                     .arg(total > 0 ? 100 * time / total : 0, 0, 'f', 1));
    }
    showOperators(m_nodes);
}

void Inspector::showOperators(const std::vector<ir::NodeId>& nodes) {
    std::map<std::string, int64_t> counts;
    for (const auto id : nodes) ++counts[std::string(m_graph->node(id).op())];
    std::vector<std::pair<int64_t, std::string>> sorted;
    for (const auto& [op, count] : counts) sorted.emplace_back(-count, op);
    std::sort(sorted.begin(), sorted.end());
    const auto count = static_cast<int>(nodes.size());
    auto* operators = section(tr("Operators"), style::groupedIn(tr("%n node(s)", nullptr, count), count));
    operators->setToolTip(tr("Nodes inside sub-graphs and functions count too."));
    for (size_t i = 0; i < std::min(sorted.size(), kMostOperators); ++i)
        operators->addRow(style::text(sorted[i].second), style::grouped(-sorted[i].first));
}

}  // namespace lathe::inspector
