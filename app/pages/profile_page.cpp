// Profile: measures the current variant on the chosen device; distribution, time per node, timeline,
// conditions of one of the profiles that are kept.
#include <QComboBox>
#include <QCoreApplication>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include "app/devices/device_words.h"
#include "app/pages/conditions_view.h"
#include "app/pages/configurations_view.h"
#include "app/pages/free_dimensions.h"
#include "app/pages/keep_focus.h"
#include "app/pages/measure_dialog.h"
#include "app/pages/memory_view.h"
#include "app/pages/page.h"
#include "app/pages/profile_text.h"
#include "engine/base/text.h"
#include "widgets/tables/value_table.h"
#include "widgets/timeline/timeline_view.h"

namespace lathe::app {
namespace {

QString seconds(double value) { return QString::fromStdString(base::formatSeconds(value)); }

// "Pixel 8 · 12:31 · 1.23 ms".
QString labelOf(const profile::Profile& profile) {
    const auto at = QDateTime::fromString(QString::fromStdString(profile.conditions.startedAt), Qt::ISODate)
                        .toLocalTime();
    QStringList parts = {measuredOn(profile.conditions)};
    if (at.isValid())
        parts << (at.date() == QDate::currentDate() ? QLocale().toString(at.time(), QLocale::ShortFormat)
                                                    : QLocale().toString(at, QLocale::ShortFormat));
    parts << seconds(profile.time.median);
    return parts.join(QStringLiteral(" · "));
}

class ProfilePage : public Page {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::ProfilePage)
  public:
    ProfilePage(PageContext context, QWidget* parent) : Page(context, parent) {
        auto* outer = new QVBoxLayout(this);
        outer->setContentsMargins(0, 0, 0, 0);
        outer->setSpacing(0);
        auto* bar = new QHBoxLayout;
        bar->setContentsMargins(16, 8, 16, 8);
        bar->setSpacing(8);
        m_run = new QPushButton(this);
        m_run->setObjectName(QStringLiteral("profileRun"));
        m_run->setDefault(true);
        m_how = new QPushButton(this);
        m_how->setObjectName(QStringLiteral("profileHow"));
        m_how->setAccessibleName(tr("How to measure"));
        m_how->setToolTip(tr("Mode, runs, cores, threads, cool-down"));
        m_kept = new QComboBox(this);
        m_kept->setObjectName(QStringLiteral("profileKept"));
        m_kept->setAccessibleName(tr("Profile to show"));
        m_kept->setToolTip(
            tr("The profiles of this variant, the newest first. The graph is coloured by the chosen one."));
        m_kept->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_kept->setMinimumContentsLength(16);
        m_kept->setMaximumWidth(420);
        m_run->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_filter = new QLineEdit(this);
        m_filter->setObjectName(QStringLiteral("profileFilter"));
        m_filter->setPlaceholderText(tr("Filter nodes"));
        m_filter->setClearButtonEnabled(true);
        m_filter->setMaximumWidth(220);
        m_shown = new QLabel(tr("Shown"), this);
        m_shown->setBuddy(m_kept);
        // First how to measure, then what of it is looked at.
        bar->addWidget(m_run);
        bar->addWidget(m_how);
        bar->addStretch(1);
        outer->addLayout(bar);
        auto* look = new QHBoxLayout;
        look->setContentsMargins(16, 0, 16, 8);
        look->setSpacing(8);
        look->addWidget(m_shown);
        look->addWidget(m_kept, 3);
        look->addStretch(0);
        look->addWidget(m_filter, 2);
        outer->addLayout(look);

        m_summary = new QLabel(this);
        m_summary->setObjectName(QStringLiteral("profileSummary"));
        m_summary->setWordWrap(true);
        m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
        // A label does not count its own margins when it wraps rich text.
        auto* summary = new QHBoxLayout;
        summary->setContentsMargins(16, 0, 16, 8);
        summary->addWidget(m_summary);
        outer->addLayout(summary);

        auto* splitter = new QSplitter(Qt::Vertical, this);
        auto* upper = new QTabWidget(splitter);
        upper->setDocumentMode(true);
        m_distribution = new charts::BarChart(upper);
        m_distribution->setEmptyText(tr("Profile this variant to see how its run times spread."));
        upper->addTab(m_distribution, tr("Distribution"));
        m_timeline = new timeline::TimelineView(upper);
        upper->addTab(m_timeline, tr("Timeline"));
        m_conditions = new ConditionsView(upper);
        upper->addTab(m_conditions, tr("Conditions"));
        upper->setTabToolTip(2,
                             tr("Run times, clocks, temperatures and load over the time of the measurement"));
        m_memory = new MemoryView(m_document, m_jobs, upper);
        upper->addTab(m_memory, tr("Memory"));
        upper->setTabToolTip(3, tr("Values alive at each step, from their shapes. Fused nodes need less."));
        m_configurations = new ConfigurationsView(m_document, m_jobs, m_devices, upper);
        upper->addTab(m_configurations, tr("Configurations"));
        m_table = new tables::ValueTable(splitter);
        m_table->setObjectName(QStringLiteral("profileTable"));
        m_table->setAccessibleName(tr("Time per node"));
        m_table->setEmptyText(
            tr("Profile this variant with Time per node turned on, in another mode than cold, to see what "
               "each node costs."));
        splitter->setStretchFactor(0, 2);
        splitter->setStretchFactor(1, 3);
        outer->addWidget(splitter, 1);

        connect(m_run, &QPushButton::clicked, this, [this] { start(); });
        connect(m_how, &QPushButton::clicked, this, [this] {
            auto* dialog = new MeasureDialog(this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &QDialog::accepted, this, [this] { showHow(); });
            dialog->open();
        });
        connect(m_configurations, &ConfigurationsView::settingsChanged, this, [this] { showHow(); });
        connect(m_filter, &QLineEdit::textChanged, m_table, &tables::ValueTable::setFilter);
        connect(m_table, &tables::ValueTable::keySelected, this,
                [this](qint64 key) { m_document.setSelection({ir::NodeId{static_cast<uint32_t>(key)}}); });
        connect(m_table, &tables::ValueTable::keyActivated, this,
                [this] { emit pageRequested(QStringLiteral("graph")); });
        connect(m_timeline, &timeline::TimelineView::nodeSelected, this,
                [this](ir::NodeId node) { m_document.setSelection({node}); });
        connect(&m_document, &Document::currentChanged, this, [this] { show(); });
        connect(&m_document, &Document::workspaceChanged, this, [this] { showSummary(); });
        connect(&m_document, &Document::measurementsChanged, this, [this] { show(); });
        connect(&m_document, &Document::shownProfileChanged, this, [this] { show(); });
        connect(&m_devices, &DeviceList::chosenChanged, this, [this] { showDevice(); });
        connect(m_kept, &QComboBox::activated, this, [this](int index) {
            const auto id = m_document.current();
            const auto all = m_document.profiles(id);
            const auto place = m_kept->itemData(index).toULongLong();
            if (place < all.size()) m_document.showProfile(id, all[place]);
        });
        connect(&m_document, &Document::selectionChanged, this, [this] { showSelection(); });
        setFirstFocus(m_table);
        showDevice();
        show();
    }

    QString title() const override { return tr("Profile"); }
    QString name() const override { return QStringLiteral("profile"); }
    QAbstractButton* mainButton() const override { return m_run; }

  private:
    void start() {
        const auto variant = m_document.currentVariant();
        if (!variant || m_running) return;
        m_running = true;
        setEnabledKeepingFocus(*m_run, false);
        const auto run = m_devices.chosenForRuns();
        const auto options = measureOptionsOn(run, measureSettings());
        auto lost = std::make_shared<std::optional<remote::Failure>>();
        m_jobs.start<profile::Profile>(
            tr("Profile %1 on %2").arg(QString::fromStdString(variant->name), run.name),
            [graph = variant->graph, dimensions = freeDimensions(m_document, *variant->graph), options, run,
             lost](const base::Progress& progress) -> base::Result<profile::Profile> {
                auto inputs = runtime::randomInputs(*graph, 1, dimensions);
                if (!inputs) return inputs.error();
                auto measured = run.device->measure(graph, *inputs, options, progress);
                // A long measurement keeps what it has when the device goes.
                if (!measured || measured->has(profile::Flag::partial)) *lost = run.lost();
                if (!measured && !*lost) return explained(measured.error(), dimensions);
                return measured;
            },
            this,
            [this, id = variant->id, key = run.key, lost](base::Result<profile::Profile> measured) {
                m_running = false;
                m_devices.noteRun(key, measured.ok() && !*lost, *lost);
                setEnabledKeepingFocus(*m_run, m_document.currentVariant() != nullptr);
                if (measured)
                    m_document.addProfile(id, std::make_shared<const profile::Profile>(std::move(*measured)));
            });
    }

    void showDevice() {
        const auto name = nameInSentence(m_devices.chosen());
        m_run->setText(tr("Profile on %1").arg(fontMetrics().elidedText(name, Qt::ElideMiddle, 180)));
        m_run->setToolTip(name);
        m_configurations->refresh();
    }

    void showHow() { m_how->setText(tr("%1…").arg(measureSummary(measureSettings()))); }

    // The newest first.
    void showKept(const project::VariantPtr& variant) {
        m_kept->clear();
        const auto all = variant ? m_document.profiles(variant->id)
                                 : std::vector<std::shared_ptr<const profile::Profile>>();
        const auto shown = variant ? m_document.shownProfile(variant->id) : nullptr;
        for (size_t i = all.size(); i-- > 0;) {
            const auto& profile = *all[i];
            m_kept->addItem(labelOf(profile), QVariant::fromValue<qulonglong>(i));
            m_kept->setItemData(m_kept->count() - 1, QString::fromStdString(profile.conditions.device),
                                Qt::ToolTipRole);
            if (all[i] == shown) m_kept->setCurrentIndex(m_kept->count() - 1);
        }
        m_kept->setVisible(!all.empty());
        m_shown->setVisible(!all.empty());
    }

    void show() {
        m_memory->refresh();
        m_configurations->refresh();
        showHow();
        const auto variant = m_document.currentVariant();
        showKept(variant);
        const auto measured = variant ? m_document.shownProfile(variant->id) : nullptr;
        showSummary();
        m_conditions->setProfile(measured);
        std::vector<double> milliseconds;
        if (measured)
            for (const double s : measured->seconds) milliseconds.push_back(s * 1e3);
        m_distribution->setBars(charts::histogramOfTimes(milliseconds), tr("Run time, ms"), tr("Runs"));
        showNodes(variant);
        showSelection();
    }

    void showSummary() {
        const auto variant = m_document.currentVariant();
        const auto measured = variant ? m_document.shownProfile(variant->id) : nullptr;
        const auto nodes = variant ? m_document.nodeProfile(variant->id) : nullptr;
        setEnabledKeepingFocus(*m_run, variant && !m_running);
        if (!variant) return m_summary->setText(tr("Open a model first."));
        if (!measured)
            return m_summary->setText(
                tr("%1 has not been profiled yet.").arg(QString::fromStdString(variant->name)));
        auto text = profileText(*measured);
        if (nodes && nodes != measured)
            text += QStringLiteral("<br>") + tr("Measured without times per node: those below are of %1.")
                                                 .arg(labelOf(*nodes).toHtmlEscaped());
        m_summary->setText(text);
    }

    // Table and timeline.
    void showNodes(const project::VariantPtr& variant) {
        const auto measured = variant ? m_document.nodeProfile(variant->id) : nullptr;
        if (!measured) {
            m_table->setTable(columns(), {});
            m_timeline->setTimeline({}, nullptr);
            return;
        }
        m_timeline->setTimeline(measured->timeline, variant->graph);
        double sum = 0;
        for (const auto& node : measured->nodes) sum += node.time.median;
        std::vector<tables::Row> rows;
        for (const auto& node : measured->nodes) {
            if (!variant->graph->contains(node.node)) continue;
            const auto view = variant->graph->node(node.node);
            const double gflops =
                node.macs > 0 && node.time.median > 0 ? 2 * node.macs / node.time.median / 1e9 : std::nan("");
            const auto text = [](std::string_view t) {
                return QString::fromUtf8(t.data(), static_cast<qsizetype>(t.size()));
            };
            rows.push_back(
                {node.node.index,
                 {text(view.name()), text(view.op()), {}, {}, {}, {}, QString::fromStdString(node.kernel)},
                 {0, 0, node.time.median * 1e6, sum > 0 ? 100 * node.time.median / sum : 0, node.macs / 1e6,
                  gflops, 0}});
        }
        m_table->setTable(columns(), std::move(rows));
    }

    void showSelection() {
        std::vector<qint64> keys;
        for (const auto node : m_document.selection()) keys.push_back(node.index);
        m_table->selectKeys(keys);
        m_timeline->setSelection(m_document.selection());
    }

    std::vector<tables::Column> columns() const {
        return {{tr("Node")},
                {tr("Op")},
                {tr("Median, µs"), true, 1, true},
                {tr("Share, %"), true, 1, false, false, 1, tr("Of the sum of all nodes")},
                {tr("MACs, M"), true, 2, false, false, 3, tr("Multiply-accumulate operations, millions")},
                {tr("GFLOP/s"), true, 1, false, false, 4, tr("Two operations a multiply-accumulate")},
                {tr("Kernel"), false, 0, false, false, 2, tr("What ran the node")}};
    }

    QPushButton* m_how;
    QComboBox* m_kept;
    QLabel* m_shown;
    QPushButton* m_run;
    QLineEdit* m_filter;
    QLabel* m_summary;
    charts::BarChart* m_distribution;
    timeline::TimelineView* m_timeline;
    ConditionsView* m_conditions;
    MemoryView* m_memory;
    ConfigurationsView* m_configurations;
    tables::ValueTable* m_table;
    bool m_running = false;
};

}  // namespace

Page* profilePage(PageContext context, QWidget* parent) { return new ProfilePage(context, parent); }

}  // namespace lathe::app
