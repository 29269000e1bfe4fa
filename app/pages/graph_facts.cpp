#include "app/pages/graph_facts.h"

#include "engine/ops/infer.h"

namespace lathe::app {
namespace {

base::Result<GraphFacts::Facts> factsOf(ir::GraphPtr graph, FreeDimensions dimensions,
                                        const base::Progress& progress) {
    GraphFacts::Facts facts{graph, graph, std::move(dimensions), {}, 0};
    if (!facts.dimensions.empty()) {
        ops::InferOptions options;
        for (const auto& [name, value] : facts.dimensions) options.bindings.emplace(name, ir::Dim(value));
        // A model that does not fit these numbers keeps its symbols.
        if (auto sized = ops::inferred(graph, options)) facts.sized = *sized;
    }
    for (const auto id : facts.sized->order()) {
        if (progress.cancelled()) return base::Error::cancelled();
        facts.cost += ops::nodeCost(*facts.sized, id);
    }
    for (uint32_t v = 0; v < graph->valueLimit(); ++v)
        if (graph->contains(ir::ValueId{v}) && graph->valueData({v}).constant)
            facts.parameters += static_cast<double>(graph->valueData({v}).constant->elementCount());
    return facts;
}

}  // namespace

GraphFacts::GraphFacts(Document& document, Jobs& jobs, QObject* parent)
    : QObject(parent), m_document(document), m_jobs(jobs) {
    connect(&m_document, &Document::currentChanged, this, &GraphFacts::refresh);
    connect(&m_document, &Document::workspaceChanged, this, &GraphFacts::refresh);
    refresh();
}

const GraphFacts::Facts* GraphFacts::facts() const {
    const auto variant = m_document.currentVariant();
    return variant && variant->graph && variant->graph == m_facts.graph ? &m_facts : nullptr;
}

void GraphFacts::setDimension(const QString& name, qint64 value) {
    setFreeDimension(m_document, name, value);
    compute();
}

void GraphFacts::refresh() {
    if (!facts()) compute();
}

void GraphFacts::compute() {
    const auto variant = m_document.currentVariant();
    if (!variant || !variant->graph) return emit changed();
    m_jobs.start<Facts>(
        tr("Count the cost of %1").arg(QString::fromStdString(variant->name)),
        [graph = variant->graph, dimensions = freeDimensions(m_document, *variant->graph)](
            const base::Progress& progress) { return factsOf(graph, dimensions, progress); },
        this,
        [this](base::Result<Facts> facts) {
            if (facts) m_facts = std::move(*facts);
            emit changed();
        },
        QStringLiteral("graph facts"));
}

}  // namespace lathe::app
