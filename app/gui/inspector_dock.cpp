#include "app/gui/inspector_dock.h"

namespace lathe::app {

InspectorDock::InspectorDock(Document& document, GraphFacts& facts, QWidget* parent)
    : QDockWidget(tr("Inspector"), parent), m_document(document), m_facts(facts) {
    setObjectName(QStringLiteral("inspector"));
    m_inspector = new inspector::Inspector(this);
    setWidget(m_inspector);
    connect(&m_document, &Document::currentChanged, this, &InspectorDock::refreshVariant);
    connect(&m_document, &Document::workspaceChanged, this, &InspectorDock::refreshVariant);
    connect(&m_document, &Document::measurementsChanged, this, &InspectorDock::refreshVariant);
    connect(&m_document, &Document::selectionChanged, this, &InspectorDock::refreshSelection);
    connect(m_inspector, &inspector::Inspector::originActivated, this, [this](ir::NodeId node) {
        m_document.setCurrent(sourceOf(m_document.current()));
        m_document.setSelection({node});
    });
    connect(m_inspector, &inspector::Inspector::dimensionChanged, &m_facts, &GraphFacts::setDimension);
    connect(&m_facts, &GraphFacts::changed, this, &InspectorDock::refreshFacts);
    refreshVariant();
    refreshFacts();
}

void InspectorDock::refreshFacts() {
    const auto* facts = m_facts.facts();
    if (!facts) return m_inspector->setSizes(nullptr, {});
    std::vector<std::pair<QString, qint64>> dimensions;
    for (const auto& [name, value] : facts->dimensions)
        dimensions.emplace_back(QString::fromStdString(name), value);
    m_inspector->setSizes(facts->sized, std::move(dimensions));
}

project::VariantId InspectorDock::sourceOf(project::VariantId id) const {
    auto variant = m_document.variant(id);
    while (variant && variant->parent && m_document.variant(variant->parent))
        variant = m_document.variant(variant->parent);
    return variant ? variant->id : id;
}

void InspectorDock::refreshVariant() {
    const auto variant = m_document.currentVariant();
    m_inspector->setGraph(variant ? variant->graph : nullptr);
    const auto source = variant ? m_document.variant(sourceOf(variant->id)) : nullptr;
    m_inspector->setSource(source ? source->graph : nullptr);
    m_inspector->setProfile(variant ? m_document.lastProfile(variant->id) : nullptr);
    // The newest comparison that judges this variant.
    std::shared_ptr<const evaluate::Comparison> comparison;
    if (variant)
        for (const auto& [pair, candidate] : m_document.workspace()->comparisons)
            if (pair.second == variant->id) comparison = candidate;
    m_inspector->setComparison(comparison);
    refreshSelection();
}

void InspectorDock::refreshSelection() {
    const auto& selection = m_document.selection();
    m_inspector->setNode(selection.size() == 1 ? std::optional(selection.front()) : std::nullopt);
}

}  // namespace lathe::app
