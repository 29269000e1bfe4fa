#include "app/pages/configurations_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/devices/device_words.h"
#include "app/pages/free_dimensions.h"
#include "app/pages/keep_focus.h"
#include "app/pages/measure_dialog.h"
#include "app/pages/profile_text.h"
#include "widgets/tables/value_table.h"

namespace lathe::app {

ConfigurationsView::ConfigurationsView(Document& document, Jobs& jobs, DeviceList& devices, QWidget* parent)
    : QWidget(parent), m_document(document), m_jobs(jobs), m_devices(devices) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(16, 0, 16, 0);
    m_search = new QPushButton(tr("Find the best configuration"), this);
    m_search->setObjectName(QStringLiteral("configurationsSearch"));
    m_search->setToolTip(
        tr("Tries numbers of threads on each kind of cores, and several copies at once, in turns"));
    m_use = new QPushButton(tr("Use for measuring"), this);
    m_use->setObjectName(QStringLiteral("configurationsUse"));
    m_hint = new QLabel(this);
    m_hint->setObjectName(QStringLiteral("configurationsHint"));
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    bar->addWidget(m_search);
    bar->addWidget(m_use);
    bar->addWidget(m_hint, 1);
    layout->addLayout(bar);
    m_table = new tables::ValueTable(this);
    m_table->setObjectName(QStringLiteral("configurationsTable"));
    m_table->setAccessibleName(tr("Configurations that were tried"));
    m_table->setEmptyText(tr("Not searched yet on this device."));
    layout->addWidget(m_table, 1);
    connect(m_search, &QPushButton::clicked, this, &ConfigurationsView::search);
    connect(m_use, &QPushButton::clicked, this, [this] { use(static_cast<size_t>(m_selected)); });
    connect(m_table, &tables::ValueTable::keyActivated, this,
            [this](qint64 row) { use(static_cast<size_t>(row)); });
    connect(m_table, &tables::ValueTable::keySelected, this, [this](qint64 row) {
        const auto* result = found();
        m_selected = row;
        const bool chosen = result && row >= 0;
        // Several copies at once are no profile of one run.
        const bool single = chosen && result->candidates[static_cast<size_t>(row)].configuration.copies == 1;
        m_use->setEnabled(single);
        m_use->setToolTip(
            single   ? tr("Profiles are measured with these cores and threads from now on")
            : chosen ? tr("A profile measures one copy at a time: choose a configuration of one copy")
                     : tr("Choose a configuration in the table"));
    });
    refresh();
}

const profile::SearchResult* ConfigurationsView::found() const {
    const auto variant = m_document.currentVariant();
    for (const auto& entry : m_found)
        if (variant && entry.graph.lock() == variant->graph && entry.device == m_devices.chosen().key)
            return &entry.result;
    return nullptr;
}

void ConfigurationsView::search() {
    const auto variant = m_document.currentVariant();
    if (!variant || m_running) return;
    m_running = true;
    const auto run = m_devices.chosenForRuns();
    auto lost = std::make_shared<std::optional<remote::Failure>>();
    m_jobs.start<profile::SearchResult>(
        tr("Find the best configuration of %1 on %2").arg(QString::fromStdString(variant->name), run.name),
        [graph = variant->graph, dimensions = freeDimensions(m_document, *variant->graph), run,
         lost](const base::Progress& progress) -> base::Result<profile::SearchResult> {
            auto inputs = runtime::randomInputs(*graph, 1, dimensions);
            if (!inputs) return inputs.error();
            auto found = run.device->search(graph, *inputs, {}, progress);
            if (!found) *lost = run.lost();
            return found;
        },
        this,
        [this, graph = std::weak_ptr(variant->graph), device = run.key,
         lost](base::Result<profile::SearchResult> result) {
            m_running = false;
            m_devices.noteRun(device, result.ok(), *lost);
            if (result) {
                std::erase_if(m_found, [&](const Found& entry) {
                    return entry.graph.expired() ||
                           (entry.graph.lock() == graph.lock() && entry.device == device);
                });
                m_found.push_back({graph, device, std::move(*result)});
            }
            refresh();
        });
    refresh();
}

void ConfigurationsView::use(size_t candidate) {
    const auto* result = found();
    if (!result || candidate >= result->candidates.size()) return;
    const auto& configuration = result->candidates[candidate].configuration;
    if (configuration.copies != 1) return;
    auto params = measureSettings();
    params.set("threads", static_cast<int64_t>(configuration.threads));
    params.set("cores",
               configuration.cores.empty() ? std::string() : base::coreListText(configuration.cores.front()));
    setMeasureSettings(params);
    emit settingsChanged();
}

void ConfigurationsView::refresh() {
    const auto* result = found();
    const auto variant = m_document.currentVariant();
    setEnabledKeepingFocus(*m_search, variant && !m_running);
    m_use->setEnabled(false);
    m_use->setToolTip(tr("Choose a configuration in the table"));
    m_selected = -1;
    std::vector<tables::Row> rows;
    if (result) {
        for (size_t i = 0; i < result->candidates.size(); ++i) {
            const auto& candidate = result->candidates[i];
            QStringList best;
            if (i == result->bestLatency) best << tr("latency");
            if (i == result->bestThroughput) best << tr("throughput");
            const auto& c = candidate.configuration;
            rows.push_back(
                {static_cast<qint64>(i),
                 {configurationText(c.copies, c.threads, c.where), best.join(tr(", ")), {}, {}, {}, {}},
                 {0, 0, candidate.latency.median * 1e3, candidate.throughput,
                  static_cast<double>(candidate.plannedBytes) / 1e6,
                  static_cast<double>(candidate.peakBytes) / 1e6}});
        }
    }
    m_hint->setText(rows.empty() ? QString() : tr("On %1").arg(nameInSentence(m_devices.chosen())));
    m_table->setTable({{tr("Configuration"), false, 0, false, true},
                       {tr("Best for")},
                       {tr("Median, ms"), true, 3, true, false, 0, tr("Of one inference, over all copies")},
                       {tr("Inferences/s"), true, 1, true, false, 0, tr("Of all copies together")},
                       {tr("Planned, MB"), true, 1, false, false, 2,
                        tr("Weights once, arena and packed weights of every copy")},
                       {tr("Peak, MB"), true, 1, false, false, 1, tr("What the process grew by at most")}},
                      std::move(rows));
}

}  // namespace lathe::app
