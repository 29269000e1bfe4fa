#include "app/pages/memory_view.h"

#include "engine/ops/infer.h"
#include "widgets/style/numbers.h"

namespace lathe::app {
namespace {

const QString kJob = QStringLiteral("live memory");

}  // namespace

MemoryView::MemoryView(Document& document, Jobs& jobs, QWidget* parent)
    : BarChart(parent), m_document(document), m_jobs(jobs) {
    setObjectName(QStringLiteral("memoryChart"));
    setXTicksVisible(false);
    setEmptyText(tr("The shapes of this variant are not known, so neither is its memory."));
    connect(this, &BarChart::barSelected, this, [this](int index) {
        if (index < 0 || static_cast<size_t>(index) >= m_steps.size()) return;
        m_document.setSelection({m_steps[static_cast<size_t>(index)]});
    });
}

void MemoryView::refresh() {
    const auto variant = m_document.currentVariant();
    if (!variant) {
        m_graph = nullptr;
        m_steps.clear();
        m_jobs.drop(kJob);
        return setBars({}, {}, {});
    }
    const auto dimensions = freeDimensions(m_document, *variant->graph);
    if (variant->graph == m_graph && dimensions == m_dimensions) return;
    m_graph = variant->graph;
    m_dimensions = dimensions;
    m_jobs.start<LiveMemory>(
        tr("Count the memory of %1").arg(QString::fromStdString(variant->name)),
        [graph = variant->graph, dimensions](const base::Progress& progress) -> base::Result<LiveMemory> {
            ops::InferOptions options;
            for (const auto& [name, value] : dimensions) options.bindings.emplace(name, ir::Dim(value));
            const auto sized = ops::inferred(graph, options);
            return liveMemory(sized ? **sized : *graph, progress);
        },
        this,
        [this, graph = variant->graph](base::Result<LiveMemory> memory) {
            if (memory) draw(*graph, *memory);
        },
        kJob);
}

void MemoryView::draw(const ir::Graph& graph, const LiveMemory& memory) {
    std::vector<charts::Bar> bars;
    m_steps.clear();
    const double largest = memory.steps.empty() ? 0 : static_cast<double>(memory.steps[memory.peak].bytes);
    const auto scale = style::scaleFor(style::Unit::bytes, largest);
    for (size_t i = 0; largest > 0 && i < memory.steps.size(); ++i) {
        const auto& step = memory.steps[i];
        bars.push_back({static_cast<double>(i), 1, static_cast<double>(step.bytes) * scale.factor,
                        QString::fromStdString(graph.node(step.node).label()), i == memory.peak});
        m_steps.push_back(step.node);
    }
    setBars(std::move(bars), tr("Steps in order"), tr("Alive before fusing, %1").arg(scale.symbol));
}

}  // namespace lathe::app
