#include "app/gui/inspector_dock.h"

#include <QSettings>

#include "app/gui/capture.h"
#include "app/gui/tensor_window.h"

namespace lathe::app {

InspectorDock::InspectorDock(Document& document, Jobs& jobs, GraphFacts& facts, QWidget* parent)
    : QDockWidget(tr("Inspector"), parent), m_document(document), m_jobs(jobs), m_facts(facts) {
    setObjectName(QStringLiteral("inspector"));
    m_inspector = new inspector::Inspector(this);
    setWidget(m_inspector);
    connect(&m_document, &Document::currentChanged, this, &InspectorDock::refreshVariant);
    connect(&m_document, &Document::workspaceChanged, this, &InspectorDock::refreshVariant);
    connect(&m_document, &Document::measurementsChanged, this, &InspectorDock::refreshVariant);
    connect(&m_document, &Document::shownProfileChanged, this, &InspectorDock::refreshVariant);
    connect(&m_document, &Document::selectionChanged, this, &InspectorDock::refreshSelection);
    connect(m_inspector, &inspector::Inspector::originActivated, this, [this](ir::NodeId node) {
        m_document.setCurrent(sourceOf(m_document.current()));
        m_document.setSelection({node});
    });
    connect(m_inspector, &inspector::Inspector::nodeRequested, this,
            [this](ir::NodeId node) { m_document.setSelection({node}); });
    connect(m_inspector, &inspector::Inspector::captureRequested, this, &InspectorDock::capture);
    connect(m_inspector, &inspector::Inspector::tensorRequested, this,
            [this](const tensor::Tensor& tensor, const QString& name, const QString& about) {
                (new TensorWindow(m_jobs, tensor, name, about, window()))->show();
            });
    connect(m_inspector, &inspector::Inspector::dimensionChanged, &m_facts, &GraphFacts::setDimension);
    connect(&m_facts, &GraphFacts::changed, this, &InspectorDock::refreshFacts);
    refreshVariant();
    refreshFacts();
}

void InspectorDock::capture(ir::ValueId value, const QString& dataset, qint64 sample) {
    const auto variant = m_document.currentVariant();
    if (!variant || !variant->graph->contains(value)) return;
    CaptureRequest request{variant->graph,
                           value,
                           {},
                           sample,
                           freeDimensions(m_document, *variant->graph),
                           QSettings().value(QStringLiteral("threads"), 0).toInt()};
    for (const auto& entry : m_document.workspace()->datasets)
        if (!dataset.isEmpty() && QString::fromStdString(entry.name) == dataset) request.dataset = entry;
    auto conditions = request.dataset ? tr("%1, sample %2").arg(dataset).arg(sample)
                                      : tr("random numbers, seed %1").arg(sample);
    if (const auto sizes = describe(request.dimensions); !request.dataset && !sizes.isEmpty())
        conditions += QStringLiteral(", ") + sizes;
    const auto name = variant->graph->value(value).name();
    m_jobs.start<tensor::Tensor>(
        tr("Capture %1").arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))),
        [request](const base::Progress& progress) {
            auto tensor = app::capture(request, progress);
            // A dataset brings its own sizes.
            if (!tensor && !request.dataset) tensor = explained(tensor.error(), request.dimensions);
            return tensor;
        },
        this,
        [this, graph = variant->graph, value, conditions](base::Result<tensor::Tensor> tensor) {
            const auto current = m_document.currentVariant();
            if (!tensor || !current || current->graph != graph) return;
            m_inspector->setActivation(std::make_shared<const inspector::Activation>(
                inspector::Activation{value, std::move(*tensor), conditions}));
        });
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
    QStringList datasets;
    for (const auto& entry : m_document.workspace()->datasets) datasets << QString::fromStdString(entry.name);
    m_inspector->setCaptureSources(datasets);
    const auto source = variant ? m_document.variant(sourceOf(variant->id)) : nullptr;
    m_inspector->setSource(source ? source->graph : nullptr);
    m_inspector->setProfile(variant ? m_document.nodeProfile(variant->id) : nullptr);
    // The newest comparison that judges this variant.
    std::shared_ptr<const evaluate::Comparison> comparison;
    if (variant)
        for (const auto& [pair, candidate] : m_document.workspace()->comparisons)
            if (pair.second == variant->id) comparison = candidate;
    m_inspector->setComparison(comparison);
    refreshSelection();
}

void InspectorDock::refreshSelection() {
    if (const auto value = m_document.selectedValue()) return m_inspector->setValue(value);
    m_inspector->setNodes(m_document.selection());
}

}  // namespace lathe::app
