// Compare: every variant in one table, the Pareto board, and the error of each layer between two of them.
// What is measured or judged runs on the chosen device, what it is held against on this computer.
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>
#include <cmath>

#include "app/devices/device_words.h"
#include "app/pages/changes_view.h"
#include "app/pages/dataset_picker.h"
#include "app/pages/free_dimensions.h"
#include "app/pages/keep_focus.h"
#include "app/pages/layer_errors_view.h"
#include "app/pages/measure_dialog.h"
#include "app/pages/measure_variants.h"
#include "app/pages/page.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/evaluate.h"
#include "engine/ops/infer.h"
#include "engine/project/run_step.h"
#include "widgets/charts/pareto_chart.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"
#include "widgets/tables/value_table.h"

namespace lathe::app {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kSeconds = 3;  // for each variant of Measure all

const evaluate::Metric* findMetric(const evaluate::Evaluation* evaluation, std::string_view name) {
    if (evaluation)
        for (const auto& m : evaluation->metrics)
            if (m.name == name) return &m;
    return nullptr;
}

class ComparePage : public Page {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::ComparePage)
  public:
    ComparePage(PageContext context, QWidget* parent) : Page(context, parent) {
        auto* outer = new QVBoxLayout(this);
        outer->setContentsMargins(0, 0, 0, 0);
        outer->setSpacing(0);
        auto* bar = new QHBoxLayout;
        bar->setContentsMargins(16, 8, 16, 8);
        m_data = new DatasetPicker(m_document, m_jobs, this);
        m_measure = new QPushButton(tr("Measure all"), this);
        m_measure->setObjectName(QStringLiteral("compareMeasure"));
        m_measure->setDefault(true);
        bar->addWidget(m_data, 1);
        bar->addWidget(m_measure);
        outer->addLayout(bar);

        auto* splitter = new QSplitter(Qt::Vertical, this);
        m_pareto = new charts::ParetoChart(splitter);
        m_pareto->setObjectName(QStringLiteral("pareto"));
        m_unlike = new QLabel(this);
        m_unlike->setObjectName(QStringLiteral("compareUnlike"));
        m_unlike->setWordWrap(true);
        m_unlike->setContentsMargins(16, 0, 16, 8);
        m_unlike->hide();
        outer->addWidget(m_unlike);
        auto* pairAndTabs = new QWidget(splitter);
        auto* below = new QVBoxLayout(pairAndTabs);
        below->setContentsMargins(0, 0, 0, 0);
        below->setSpacing(0);
        below->addWidget(pairRow(pairAndTabs));
        auto* lower = new QTabWidget(pairAndTabs);
        below->addWidget(lower, 1);
        lower->setDocumentMode(true);
        m_variants = new tables::ValueTable(lower);
        m_variants->setObjectName(QStringLiteral("variantTable"));
        m_variants->setAccessibleName(tr("Variants"));
        m_variants->setEmptyText(tr("Open a model to compare its variants."));
        lower->addTab(m_variants, tr("Variants"));
        m_layers = new LayerErrorsView(m_document, lower);
        lower->addTab(m_layers, tr("Error per layer"));
        m_changes = new ChangesView(m_document, m_jobs, lower);
        lower->addTab(m_changes, tr("Changed nodes"));
        splitter->setStretchFactor(0, 3);
        splitter->setStretchFactor(1, 3);
        outer->addWidget(splitter, 1);

        connect(m_measure, &QPushButton::clicked, this, [this] { measureAll(); });
        connect(m_pareto, &charts::ParetoChart::pointSelected, this,
                [this](qint64 id) { m_document.setCurrent(id); });
        connect(m_variants, &tables::ValueTable::keySelected, this,
                [this](qint64 id) { m_document.setCurrent(id); });
        connect(m_variants, &tables::ValueTable::keyActivated, this,
                [this] { emit pageRequested(QStringLiteral("graph")); });
        connect(m_layers, &LayerErrorsView::graphRequested, this,
                [this] { emit pageRequested(QStringLiteral("graph")); });
        connect(m_changes, &ChangesView::graphRequested, this,
                [this] { emit pageRequested(QStringLiteral("graph")); });
        connect(&m_document, &Document::workspaceChanged, this, [this] { refresh(); });
        connect(&m_document, &Document::measurementsChanged, this, [this] { refresh(); });
        connect(&m_devices, &DeviceList::chosenChanged, this, [this] {
            if (m_shownDevice == m_devices.chosen().key + m_devices.chosen().name) return;
            showDevice();
            refresh();
        });
        connect(&m_document, &Document::currentChanged, this, [this] { refresh(); });
        setFirstFocus(m_variants);
        showDevice();
        refresh();
    }

    QString title() const override { return tr("Compare"); }
    QString name() const override { return QStringLiteral("compare"); }
    QAbstractButton* mainButton() const override { return m_measure; }

  private:
    // Which variant is judged against which: for the layers and for the nodes.
    QWidget* pairRow(QWidget* parent) {
        auto* bar = new QWidget(parent);
        auto* row = new QHBoxLayout(bar);
        row->setContentsMargins(16, 8, 16, 8);
        m_b = new QComboBox(bar);  // in the order of Tab
        m_a = new QComboBox(bar);
        for (auto* combo : {m_a, m_b}) {
            combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
            combo->setMinimumContentsLength(8);
            combo->setMaximumWidth(280);
            connect(combo, &QComboBox::activated, this, [this] { showPair(); });
        }
        m_a->setAccessibleName(tr("Reference variant"));
        m_b->setAccessibleName(tr("Variant to judge"));
        m_compare = new QPushButton(tr("Compare layers"), bar);
        m_compare->setObjectName(QStringLiteral("compareLayers"));
        row->addWidget(m_b, 2);
        m_against = new QLabel(bar);
        m_here = new QLabel(tr("here"), bar);
        m_here->setToolTip(tr("The reference runs on this computer."));
        row->addWidget(m_against);
        row->addWidget(m_a, 2);
        row->addWidget(m_here);
        row->addWidget(m_compare);
        row->addStretch(1);
        connect(m_compare, &QPushButton::clicked, this, [this] { compareLayers(); });
        return bar;
    }

    void showDevice() {
        const auto& device = m_devices.chosen();
        m_shownDevice = device.key + device.name;
        m_measure->setToolTip(tr("Accuracy on the chosen data and speed, for every variant on %1")
                                  .arg(nameInSentence(device).toHtmlEscaped()));
        m_here->setVisible(!device.isThisComputer());
        m_against->setText(
            device.isThisComputer()
                ? tr("against")
                : tr("on %1, against").arg(fontMetrics().elidedText(device.name, Qt::ElideMiddle, 72)));
        m_against->setToolTip(device.name);
    }

    // Speeds of different devices do not belong into one picture: the last one measured on the chosen device.
    std::shared_ptr<const profile::Profile> profileHere(project::VariantId id) const {
        const auto all = m_document.profiles(id);
        for (auto it = all.rbegin(); it != all.rend(); ++it)
            if (measuredOn((*it)->conditions, m_devices.chosen())) return *it;
        return nullptr;
    }

    void refresh() {
        setEnabledKeepingFocus(*m_measure, !m_document.isEmpty() && !m_running);
        refreshCombos();
        std::vector<tables::Row> rows;
        std::vector<charts::ParetoPoint> points;
        std::vector<std::shared_ptr<const profile::Profile>> profiles;
        std::vector<std::shared_ptr<const evaluate::Evaluation>> evaluations;
        const bool anyAccuracy =
            std::any_of(m_document.workspace()->variants.begin(), m_document.workspace()->variants.end(),
                        [this](const auto& v) {
                            return findMetric(m_document.lastEvaluation(v->id).get(), "top1") != nullptr;
                        });
        for (const auto& variant : m_document.workspace()->variants) {
            const auto evaluation = m_document.lastEvaluation(variant->id);
            const auto profile = profileHere(variant->id);
            if (profile) profiles.push_back(profile);
            if (evaluation) evaluations.push_back(evaluation);
            const auto *top1 = findMetric(evaluation.get(), "top1"),
                       *top5 = findMetric(evaluation.get(), "top5");
            const double latency = profile ? profile->time.median * 1e3 : kNone;
            const auto size = static_cast<double>(variant->fileBytes);
            const double agreement = agreementWithSource(*variant, evaluation.get());
            rows.push_back({variant->id,
                            {QString::fromStdString(variant->name),
                             {},
                             {},
                             {},
                             {},
                             {},
                             {},
                             {},
                             place(evaluation),
                             evaluation ? QString::fromStdString(evaluation->dataset) : QString()},
                            {0, top1 ? top1->value * 100 : kNone, top1 ? top1->standardError * 100 : kNone,
                             top5 ? top5->value * 100 : kNone, agreement, latency, size / 1e3,
                             static_cast<double>(variant->graph->nodeCount()), 0, 0}});
            if (profile && (top1 || !anyAccuracy))
                points.push_back({variant->id, QString::fromStdString(variant->name), latency,
                                  top1 ? top1->value * 100 : 0, size});
        }
        m_variants->setTable(
            {{tr("Variant")},
             {tr("Top-1, %"), true, 2},
             {tr("±, %"), true, 2, false, false, 3, tr("Standard error of Top-1")},
             {tr("Top-5, %"), true, 2, false, false, 4},
             {tr("Agreement, %"), true, 2, false, false, 2,
              tr("Same answer as the variant the chain began with")},
             {tr("Median, ms"), true, 3, true},
             {tr("Size, kB"), true, 1, true, false, 1, tr("Of the variant written as ONNX")},
             {tr("Nodes"), true, 0, false, false, 5},
             {tr("Accuracy on"), false, 0, false, false, 6, tr("Where the answers were computed")},
             {tr("Dataset"), false, 0, false, false, 6, tr("What the accuracy was measured on")}},
            std::move(rows));
        m_variants->selectKeys({m_document.current()});
        m_pareto->setPoints(std::move(points),
                            tr("Median latency on %1, ms").arg(nameInSentence(m_devices.chosen())),
                            anyAccuracy ? tr("Top-1, %") : tr("Accuracy not measured"));
        m_pareto->setYMeasured(anyAccuracy);
        m_pareto->setCurrent(m_document.current());
        QStringList warnings;
        if (const auto unlike = unlikeConditions(profiles); !unlike.isEmpty())
            warnings << tr("These times were not measured alike, so they may not compare: %1. "
                           "Measure all measures them anew.")
                            .arg(unlike.toHtmlEscaped());
        if (const auto unlike = unlikeData(evaluations); !unlike.isEmpty())
            warnings
                << tr("These accuracies are of different samples or preprocessing, so they do not compare: "
                      "%1. Measure all measures them anew.")
                       .arg(unlike.toHtmlEscaped());
        for (auto& warning : warnings)
            warning.prepend(QStringLiteral("<span style=\"color:%1\">&#9888;</span> ")
                                .arg(style::theme().warning.name()));
        m_unlike->setVisible(!warnings.isEmpty());
        m_unlike->setText(warnings.join(QStringLiteral("<br>")));
        showPair();
    }

    static QString place(const std::shared_ptr<const evaluate::Evaluation>& evaluation) {
        if (!evaluation) return {};
        return evaluation->device.empty() ? thisComputerName() : QString::fromStdString(evaluation->device);
    }

    // Share of samples with the same answer as the variant the chain began with.
    double agreementWithSource(const project::Variant& variant,
                               const evaluate::Evaluation* evaluation) const {
        const project::Variant* source = &variant;
        while (source->parent && m_document.workspace()->find(source->parent))
            source = m_document.workspace()->find(source->parent);
        const auto reference = m_document.lastEvaluation(source->id);
        if (!evaluation || !reference || source->id == variant.id) return kNone;
        const auto counts = evaluate::pairedCounts(*reference, *evaluation);
        return counts.total
                   ? 100.0 * static_cast<double>(counts.sameAnswer) / static_cast<double>(counts.total)
                   : kNone;
    }

    void refreshCombos() {
        const auto wantedA = m_document.setting(QStringLiteral("compare/a")),
                   wantedB = m_document.setting(QStringLiteral("compare/b"));
        for (auto* combo : {m_a, m_b}) {
            const auto before = combo->currentData();
            combo->clear();
            for (const auto& variant : m_document.workspace()->variants)
                combo->addItem(QString::fromStdString(variant->name),
                               QVariant::fromValue<qint64>(variant->id));
            const auto wanted = combo == m_a ? wantedA : wantedB;
            int index = wanted.isEmpty() ? combo->findData(before) : combo->findData(wanted.toLongLong());
            if (index < 0) index = combo == m_a ? 0 : combo->count() - 1;
            combo->setCurrentIndex(index);
        }
        const bool elsewhere = !m_devices.chosen().isThisComputer();
        // A variant says nothing about itself where both run here: judge the newest.
        if (!elsewhere && m_a->currentIndex() == m_b->currentIndex() && m_b->count() > 1)
            m_b->setCurrentIndex(m_b->count() - 1 == m_a->currentIndex() ? 0 : m_b->count() - 1);
        m_document.setSetting(QStringLiteral("compare/a"), {});
        m_document.setSetting(QStringLiteral("compare/b"), {});
        setEnabledKeepingFocus(*m_compare,
                               m_document.workspace()->variants.size() > (elsewhere ? 0 : 1) && !m_running);
    }

    void measureAll() {
        if (m_document.isEmpty() || m_running) return;
        m_running = true;
        setEnabledKeepingFocus(*m_measure, false);
        VariantsToMeasure work{m_document.workspace()->variants, {}, {}, {}};
        if (m_data->entry()) work.dataset = *m_data->entry();
        for (const auto& variant : work.variants)
            work.dimensions.push_back(freeDimensions(m_document, *variant->graph));
        // As on the Profile page, but shorter unless more time was asked for.
        auto params = measureSettings();
        if (params.real("seconds") == 0 && params.text("mode") != "sustained")
            params.set("seconds", kSeconds);
        const auto run = m_devices.chosenForRuns();
        work.options = measureOptionsOn(run, params);
        work.options.nodes = false;
        auto lost = std::make_shared<std::optional<remote::Failure>>();
        m_jobs.start<bool>(
            tr("Measure all variants on %1").arg(run.name),
            [this, page = QPointer<QObject>(this), &jobs = m_jobs, work, run,
             lost](const base::Progress& progress) -> base::Result<bool> {
                const auto keep = [&](const Measured& m) {
                    jobs.tell(progress, page, [this, m] {
                        m_document.addProfile(m.id, m.profile);
                        if (m.evaluation) m_document.addEvaluation(m.id, m.evaluation);
                    });
                };
                auto status = measureVariants(work, run, keep, progress);
                if (status) return true;
                *lost = run.lost();
                return status.error();
            },
            this,
            [this, key = run.key, lost](base::Result<bool> all) {
                m_running = false;
                m_devices.noteRun(key, all.ok(), *lost);
                refresh();
            });
    }

    void compareLayers() {
        const auto a = m_document.variant(m_a->currentData().toLongLong()),
                   b = m_document.variant(m_b->currentData().toLongLong());
        if (!a || !b || m_running) return;
        m_running = true;
        setEnabledKeepingFocus(*m_compare, false);
        std::optional<project::DatasetEntry> entry;
        if (m_data->entry()) entry = *m_data->entry();
        const auto run = m_devices.chosenForRuns();
        auto lost = std::make_shared<std::optional<remote::Failure>>();
        const auto judged = QString::fromStdString(b->name), reference = QString::fromStdString(a->name);
        m_jobs.start<evaluate::Comparison>(
            run.remoteName.empty() ? tr("Compare %1 with %2").arg(judged, reference)
                                   : tr("Compare %1 on %2 with %3 here").arg(judged, run.name, reference),
            [ga = a->graph, gb = b->graph, run, lost,
             entry](const base::Progress& progress) -> base::Result<evaluate::Comparison> {
                evaluate::CompareOptions options;
                if (entry) {
                    auto opened = project::openDataset(*entry, progress);
                    if (!opened) return opened.error();
                    options.dataset = *opened;
                }
                options.openSecond = run.opener();
                auto comparison = evaluate::compare(ga, gb, options, progress);
                if (comparison)
                    comparison->deviceB = run.remoteName;
                else
                    *lost = run.lost();
                return comparison;
            },
            this,
            [this, ida = a->id, idb = b->id, key = run.key,
             lost](base::Result<evaluate::Comparison> comparison) {
                m_running = false;
                setEnabledKeepingFocus(*m_compare, true);
                m_devices.noteRun(key, comparison.ok(), *lost);
                if (comparison)
                    m_document.addComparison(
                        ida, idb, std::make_shared<const evaluate::Comparison>(std::move(*comparison)));
            });
    }

    void showPair() {
        const auto a = m_a->currentData().toLongLong(), b = m_b->currentData().toLongLong();
        m_layers->setPair(a, b);
        m_changes->setPair(a, b);
    }

    DatasetPicker* m_data;
    QPushButton *m_measure, *m_compare;
    charts::ParetoChart* m_pareto;
    tables::ValueTable* m_variants;
    LayerErrorsView* m_layers;
    ChangesView* m_changes;
    QComboBox *m_a, *m_b;
    QLabel *m_against, *m_here, *m_unlike;
    QString m_shownDevice;
    bool m_running = false;
};

}  // namespace

Page* comparePage(PageContext context, QWidget* parent) { return new ComparePage(context, parent); }

}  // namespace lathe::app
