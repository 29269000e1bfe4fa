#include "app/pages/layer_errors_view.h"

#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "widgets/charts/bar_chart.h"
#include "widgets/style/numbers.h"
#include "widgets/tables/value_table.h"

namespace lathe::app {
namespace {

constexpr double kHighestBar = 120;  // dB; one layer without error would flatten the rest

}  // namespace

LayerErrorsView::LayerErrorsView(Document& document, QWidget* parent)
    : QWidget(parent), m_document(document) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_paired = new QLabel(this);
    m_paired->setObjectName(QStringLiteral("pairedAnswers"));
    m_paired->setTextFormat(Qt::PlainText);
    m_paired->setMargin(8);
    m_paired->setWordWrap(true);
    m_paired->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_paired);
    auto* splitter = new QSplitter(this);
    m_layers = new tables::ValueTable(splitter);
    m_layers->setObjectName(QStringLiteral("layerTable"));
    m_layers->setAccessibleName(tr("Error per layer"));
    m_errors = new charts::BarChart(splitter);
    m_errors->setEmptyText(tr("Choose two variants and press Compare layers."));
    m_errors->setXTicksVisible(false);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    layout->addWidget(splitter, 1);
    connect(m_layers, &tables::ValueTable::keySelected, this,
            [this](qint64 key) { select(ir::NodeId{static_cast<uint32_t>(key)}); });
    connect(m_layers, &tables::ValueTable::keyActivated, this, &LayerErrorsView::graphRequested);
    connect(m_errors, &charts::BarChart::barSelected, this, [this](int index) {
        if (index < 0 || static_cast<size_t>(index) >= m_barNodes.size()) return;
        select(m_barNodes[static_cast<size_t>(index)]);
    });
    connect(&m_document, &Document::selectionChanged, this, &LayerErrorsView::showSelection);
    setPair(0, 0);
    m_layers->sortByColumn(2, Qt::AscendingOrder);  // the worst first
}

void LayerErrorsView::showSelection() {
    std::vector<qint64> keys;
    for (const auto node : m_document.selection()) keys.push_back(node.index);
    m_layers->selectKeys(keys);
    const auto bar = keys.size() == 1
                         ? std::find(m_barNodes.begin(), m_barNodes.end(), m_document.selection().front())
                         : m_barNodes.end();
    m_errors->setCurrent(bar == m_barNodes.end() ? -1 : static_cast<int>(bar - m_barNodes.begin()));
}

void LayerErrorsView::select(ir::NodeId node) {
    m_document.setCurrent(m_judged);
    m_document.setSelection({node});
}

void LayerErrorsView::setPair(project::VariantId reference, project::VariantId judged) {
    m_judged = judged;
    const auto comparison = m_document.comparison(reference, judged);
    const auto variant = m_document.variant(judged);
    std::vector<tables::Row> rows;
    std::vector<charts::Bar> bars;
    bool clipped = false;
    m_barNodes.clear();
    int broken = 0;
    if (comparison && variant) {
        const auto profile = m_document.nodeProfile(judged);
        for (const auto& e : comparison->tensors) {
            if (!variant->graph->contains(e.nodeB)) continue;
            broken += e.notFinite > 0 ? 1 : 0;
            double time = std::numeric_limits<double>::quiet_NaN();
            if (profile)
                for (const auto& node : profile->nodes)
                    if (node.node == e.nodeB) time = node.time.median * 1e6;
            rows.push_back({e.nodeB.index,
                            {QString::fromStdString(e.name),
                             style::text(variant->graph->node(e.nodeB).op()),
                             {},
                             {},
                             {},
                             {}},
                            {0, 0, e.sqnr, e.cosine, e.largest, time}});
            const double height = std::clamp(e.sqnr, 0.0, kHighestBar);
            clipped = clipped || e.sqnr > kHighestBar;
            bars.push_back({static_cast<double>(bars.size()), 1, height, QString::fromStdString(e.name),
                            e.sqnr < 20, height == e.sqnr ? QString() : style::number(e.sqnr, 5)});
            m_barNodes.push_back(e.nodeB);
        }
    }
    m_layers->setTable(
        {{tr("Tensor")},
         {tr("Op"), false, 0, false, false, 2},
         {tr("SQNR, dB"), true, 1, true, false, 0, tr("Signal to quantization noise; 20 dB is poor")},
         {tr("Cosine"), true, 5, false, false, 1},
         {tr("Largest difference"), true, 5, false, false, 4},
         {tr("Time, µs"), true, 1, false, false, 3}},
        std::move(rows));
    m_errors->setBars(std::move(bars), tr("Layers in order"), tr("SQNR, dB"));
    QStringList notes;
    if (comparison && comparison->paired.total > 0)
        notes << tr("Same answer: %1 of %2").arg(comparison->paired.sameAnswer).arg(comparison->paired.total);
    if (broken > 0)
        notes << tr("%n tensor(s) with NaN or infinity that only one of the two has", nullptr, broken);
    if (comparison && !comparison->deviceB.empty())
        notes << tr("judged on %1").arg(QString::fromStdString(comparison->deviceB));
    if (clipped) notes << tr("Bars end at %1 dB, those without error (∞) too").arg(kHighestBar);
    m_paired->setText(notes.join(QStringLiteral(" · ")));
    m_paired->setVisible(!notes.isEmpty());
    showSelection();
}

}  // namespace lathe::app
