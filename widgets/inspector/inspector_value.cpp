// One value of the graph, when a wire or an input was clicked: its type, who makes it, who reads it.
#include <algorithm>

#include "engine/base/text.h"
#include "engine/ir/topology.h"
#include "widgets/inspector/attribute_text.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/section.h"
#include "widgets/inspector/value_text.h"
#include "widgets/style/numbers.h"

namespace lathe::inspector {
namespace {

constexpr size_t kMostReaders = 64;

// Bytes of a tensor whose dimensions are all known; 0: not known.
uint64_t bytesOf(const ir::ValueType& type) {
    if (!type.isTensor() || !type.shape) return 0;
    std::vector<int64_t> dimensions;
    for (const auto& dim : *type.shape) dimensions.push_back(dim.constantOr(-1));
    return tensor::checkedByteSize(type.element, dimensions).value_or(0);
}

}  // namespace

void Inspector::setValue(ir::ValueId value) {
    if (!m_graph || !m_graph->contains(value) || m_value == value) return;
    m_nodes.clear();
    m_value = value;
    m_fromTop = true;
    schedule();
}

void Inspector::showValue(ir::ValueId id) {
    using Style = Section::Style;
    const auto value = m_graph->value(id);
    const auto inputs = m_graph->inputs(), outputs = m_graph->outputs();
    const bool isInput = std::find(inputs.begin(), inputs.end(), id) != inputs.end();
    const bool isOutput = std::find(outputs.begin(), outputs.end(), id) != outputs.end();
    auto* head = section(isInput            ? tr("Input")
                         : isOutput         ? tr("Output")
                         : value.constant() ? tr("Initializer")
                                            : tr("Value"));
    head->addRow(tr("Name"), style::text(value.name()));
    head->addRow(tr("Type"), typeText(value.type()), Style::monospace);
    const auto& sized = m_sized && m_sized->contains(id) ? m_sized->value(id).type() : value.type();
    if (const auto bytes = bytesOf(sized); bytes > 0)
        head->addRow(tr("Size"), QString::fromStdString(base::formatBytes(bytes)));
    const auto link = [&](Section* to, ir::NodeId node) {
        const auto n = m_graph->node(node);
        const auto name = style::text(n.name());
        auto* text = to->addRow(style::text(n.op()), name.isEmpty() ? tr("node %1").arg(node.index) : name,
                                Style::link);
        text->setMostLines(1);
        connect(text, &ValueText::linkActivated, this, [this, node] { emit nodeRequested(node); });
    };
    if (value.producer()) link(section(tr("Made by")), value.producer());
    const auto uses = m_graph->topology().uses(id);
    if (uses.empty()) return;
    auto* readers =
        section(tr("Read by"), style::groupedIn(tr("%n node(s)", nullptr, static_cast<int>(uses.size())),
                                                static_cast<int64_t>(uses.size())));
    for (size_t i = 0; i < std::min(uses.size(), kMostReaders); ++i) link(readers, uses[i].node);
}

}  // namespace lathe::inspector
