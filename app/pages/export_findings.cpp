#include "app/pages/export_findings.h"

#include <QCoreApplication>
#include <map>

#include "engine/compress/quantize/validate.h"
#include "engine/ops/op.h"
#include "widgets/style/engine_text.h"

namespace lathe::app {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::ExportFindings)
};

std::map<std::string, int> unknownOperators(const ir::Graph& graph) {
    std::map<std::string, int> counts;
    for (const auto id : graph.order()) {
        const auto node = graph.node(id);
        if (!ops::find(node.domain(), node.op()) && !graph.findFunction(node.domain(), node.op(), {}))
            ++counts[(node.domain().empty() ? "" : std::string(node.domain()) + ".") +
                     std::string(node.op())];
    }
    return counts;
}

}  // namespace

QStringList exportFindings(const ir::Graph& graph, const formats::Format* format) {
    QStringList findings;
    if (format && format->unsupported)
        for (const auto& entry : format->unsupported(graph))
            findings << Words::tr("%1 (%n node(s)): %2 has no layer for this operator. %3", nullptr,
                                  static_cast<int>(entry.nodes))
                            .arg(QString::fromStdString(entry.op), style::engineText(format->title),
                                 style::engineText(entry.remedy))
                            .trimmed();
    if (!findings.isEmpty()) return findings;  // the rest is about a file that will not be
    for (const auto& finding : compress::quantize::checkQuantized(graph)) {
        const auto node = graph.contains(finding.node)
                              ? QString::fromStdString(graph.node(finding.node).label())
                              : Words::tr("Model");
        findings << Words::tr("%1: %2 %3")
                        .arg(node, style::engineText(finding.reason), style::engineText(finding.remedy));
    }
    for (const auto& [op, count] : unknownOperators(graph))
        findings << Words::tr(
                        "%1 (%n node(s)): Lathe does not know this operator. It is exported unchanged; the "
                        "answers cannot be compared.",
                        nullptr, count)
                        .arg(QString::fromStdString(op));
    return findings;
}

}  // namespace lathe::app
