// Fleet: every variant on every chosen device, one table and one chart. What was measured lies with the
// variants, so that a later start only measures what is missing; a device that is lost costs its cell only.
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>
#include <limits>
#include <map>

#include "app/devices/device_words.h"
#include "app/pages/free_dimensions.h"
#include "app/pages/keep_focus.h"
#include "app/pages/measure_dialog.h"
#include "app/pages/page.h"
#include "engine/profile/input_shapes.h"
#include "engine/profile/measured_with.h"
#include "engine/remote/fleet.h"
#include "widgets/charts/bar_chart.h"
#include "widgets/tables/value_table.h"

namespace lathe::app {
namespace {

using project::VariantId;

class FleetPage : public Page {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::FleetPage)
  public:
    FleetPage(PageContext context, QWidget* parent) : Page(context, parent) {
        auto* outer = new QVBoxLayout(this);
        outer->setContentsMargins(0, 0, 0, 0);
        outer->setSpacing(0);
        auto* bar = new QHBoxLayout;
        bar->setContentsMargins(16, 8, 16, 8);
        bar->setSpacing(8);
        m_missing = new QPushButton(tr("Measure what is missing"), this);
        m_missing->setObjectName(QStringLiteral("fleetMissing"));
        m_missing->setDefault(true);
        m_all = new QPushButton(tr("Measure all again"), this);
        m_all->setObjectName(QStringLiteral("fleetAll"));
        m_menu = new QMenu(this);
        m_which = new QPushButton(this);
        m_which->setObjectName(QStringLiteral("fleetDevices"));
        m_which->setMenu(m_menu);
        bar->addWidget(m_missing);
        bar->addWidget(m_all);
        bar->addWidget(m_which);
        bar->addStretch(1);
        outer->addLayout(bar);
        m_hint = new QLabel(this);
        m_hint->setContentsMargins(16, 0, 16, 8);
        m_hint->setWordWrap(true);
        m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
        outer->addWidget(m_hint);
        auto* splitter = new QSplitter(Qt::Vertical, this);
        m_table = new tables::ValueTable(splitter);
        m_table->setObjectName(QStringLiteral("fleetTable"));
        m_table->setAccessibleName(tr("Run time of each variant on each device"));
        m_table->setEmptyText(tr("Open a model to measure its variants on these devices."));
        m_chart = new charts::BarChart(splitter);
        m_chart->setEmptyText(tr("Measure the variants to compare the devices."));
        splitter->setStretchFactor(0, 3);
        splitter->setStretchFactor(1, 2);
        outer->addWidget(splitter, 1);

        connect(m_missing, &QPushButton::clicked, this, [this] { start(false); });
        connect(m_all, &QPushButton::clicked, this, [this] { start(true); });
        connect(m_menu, &QMenu::aboutToShow, this, [this] { fillMenu(); });
        connect(m_table, &tables::ValueTable::keyActivated, this, [this](qint64 key) {
            m_document.setCurrent(static_cast<VariantId>(key));
            emit pageRequested(QStringLiteral("profile"));
        });
        connect(m_chart, &charts::BarChart::barSelected, this, [this](int index) {
            if (index >= 0 && static_cast<size_t>(index) < m_bars.size())
                m_table->selectKeys({static_cast<qint64>(m_bars[static_cast<size_t>(index)])});
        });
        connect(&m_devices, &DeviceList::changed, this, [this] { show(); });
        connect(&m_document, &Document::workspaceChanged, this, [this] { show(); });
        connect(&m_document, &Document::measurementsChanged, this, [this] { show(); });
        setFirstFocus(m_table);
        show();
    }

    QString title() const override { return tr("Fleet"); }
    QString name() const override { return QStringLiteral("fleet"); }
    QAbstractButton* mainButton() const override { return m_missing; }

  protected:
    // How to measure may have been chosen anew meanwhile, which decides what is missing.
    void showEvent(QShowEvent* event) override {
        Page::showEvent(event);
        show();
    }

  private:
    struct Column {
        DeviceEntry entry;
        QString name;
        remote::FleetDevice device;
    };

    static QStringList chosenKeys() {
        return QSettings()
            .value(QStringLiteral("fleet/devices"), QStringList{DeviceList::thisComputerKey()})
            .toStringList();
    }

    std::vector<Column> columns() {
        std::vector<Column> result;
        const auto keys = chosenKeys();
        const auto settings = measureSettings();
        for (const auto& entry : m_devices.entries()) {
            if (!keys.contains(entry.key)) continue;
            const auto run = m_devices.forRuns(entry);
            result.push_back({entry, entry.name, {run.device, measureOptionsOn(run, settings)}});
        }
        return result;
    }

    void fillMenu() {
        m_menu->clear();
        for (const auto& entry : m_devices.entries()) {
            auto* action = m_menu->addAction(entry.name);
            action->setCheckable(true);
            action->setChecked(chosenKeys().contains(entry.key));
            connect(action, &QAction::toggled, this, [this, key = entry.key](bool on) {
                auto keys = chosenKeys();
                keys.removeAll(key);
                if (on) keys << key;
                QSettings().setValue(QStringLiteral("fleet/devices"), keys);
                show();
            });
        }
        m_menu->addSeparator();
        connect(m_menu->addAction(tr("Devices…")), &QAction::triggered, this,
                [this] { emit pageRequested(QStringLiteral("devices")); });
    }

    // The last one measured there as it would be measured now.
    std::shared_ptr<const profile::Profile> measured(const project::Variant& variant,
                                                     const Column& column) const {
        const auto inputs = profile::inputShapes(*variant.graph, freeDimensions(m_document, *variant.graph));
        std::shared_ptr<const profile::Profile> last;
        for (const auto& profile : m_document.profiles(variant.id))
            if (measuredOn(profile->conditions, column.entry) &&
                profile::measuredWith(profile->conditions, column.device.options, inputs))
                last = profile;
        return last;
    }

    void start(bool again) {
        if (m_running) return;
        struct Work {
            std::vector<project::VariantPtr> variants;
            std::vector<FreeDimensions> dimensions;
            std::vector<remote::FleetDevice> devices;
            std::vector<remote::FleetCell> cells;
        };
        auto work = std::make_shared<Work>();
        const auto wanted = columns();
        for (const auto& column : wanted) work->devices.push_back(column.device);
        for (const auto& variant : m_document.workspace()->variants) {
            const size_t place = work->variants.size();
            work->variants.push_back(variant);
            work->dimensions.push_back(freeDimensions(m_document, *variant->graph));
            for (size_t device = 0; device < wanted.size(); ++device)
                if (again || !measured(*variant, wanted[device])) work->cells.push_back({place, device});
        }
        m_problems.clear();
        if (work->cells.empty()) return show();
        m_running = true;
        show();
        m_jobs.start<bool>(
            tr("Measure %n cell(s) of the fleet", nullptr, static_cast<int>(work->cells.size())),
            [this, page = QPointer<QObject>(this), &jobs = m_jobs, work,
             wanted](const base::Progress& progress) -> base::Result<bool> {
                std::vector<remote::FleetModel> models;
                for (size_t i = 0; i < work->variants.size(); ++i) {
                    const auto& variant = *work->variants[i];
                    auto inputs = runtime::randomInputs(*variant.graph, 1, work->dimensions[i]);
                    if (!inputs) return inputs.error().inside(variant.name);
                    models.push_back({variant.name, variant.graph, std::move(*inputs)});
                }
                remote::FleetEvents events;
                events.ended = [&](const remote::FleetCell& cell, base::Result<profile::Profile> result) {
                    auto shared =
                        result ? std::make_shared<const profile::Profile>(std::move(*result)) : nullptr;
                    const auto problem = result ? QString() : QString::fromStdString(result.error().message);
                    jobs.tell(
                        progress, page,
                        [this, id = work->variants[cell.model]->id, name = work->variants[cell.model]->name,
                         device = wanted[cell.device].name, shared, problem] {
                            if (shared)
                                m_document.addProfile(id, shared);
                            else
                                m_problems
                                    << tr("%1 on %2: %3").arg(QString::fromStdString(name), device, problem);
                            show();
                        });
                };
                if (auto status = remote::measureFleet(models, work->devices, work->cells, events, progress);
                    !status)
                    return status.error();
                return true;
            },
            this,
            [this](base::Result<bool>) {
                m_running = false;
                show();
            });
    }

    void show() {
        const auto wanted = columns();
        const auto variants = m_document.workspace()->variants;
        m_which->setText(tr("%n device(s)", nullptr, static_cast<int>(wanted.size())));
        setEnabledKeepingFocus(*m_missing, !m_running && !wanted.empty() && !variants.empty());
        setEnabledKeepingFocus(*m_all, m_missing->isEnabled());
        std::vector<tables::Column> header = {{tr("Variant"), false, 0, false, true}};
        for (const auto& column : wanted) header.push_back({tr("%1, ms").arg(column.name), true, 3, true});
        std::vector<tables::Row> rows;
        std::vector<charts::Bar> bars;
        std::vector<std::pair<double, QString>> names;
        m_bars.clear();
        for (const auto& variant : variants) {
            tables::Row row;
            row.key = variant->id;
            row.texts.assign(header.size(), {});
            row.texts[0] = QString::fromStdString(variant->name);
            row.numbers.assign(header.size(), std::numeric_limits<double>::quiet_NaN());
            // Groups of one variant each, with a gap between them.
            const auto group = static_cast<double>(rows.size() * (wanted.size() + 1));
            names.emplace_back(group + (static_cast<double>(wanted.size()) - 1) / 2, row.texts[0]);
            for (size_t i = 0; i < wanted.size(); ++i) {
                const auto profile = measured(*variant, wanted[i]);
                if (!profile) continue;
                row.numbers[i + 1] = profile->time.median * 1e3;
                const auto at = group + static_cast<double>(i);
                bars.push_back(
                    {at, 0.9, row.numbers[i + 1], tr("%1 on %2").arg(row.texts[0], wanted[i].name)});
                m_bars.push_back(variant->id);
            }
            rows.push_back(std::move(row));
        }
        m_table->setTable(std::move(header), std::move(rows));
        m_chart->setBars(std::move(bars), tr("Variants, a bar for each device"), tr("Median run time, ms"));
        m_chart->setXNames(std::move(names));
        if (!m_problems.isEmpty())
            m_hint->setText(m_problems.join(QLatin1Char('\n')));
        else if (variants.empty())
            m_hint->setText(tr("Open a model first."));
        else if (wanted.empty())
            m_hint->setText(tr("Choose the devices to measure on."));
        else
            m_hint->setText(
                tr("Median run time of each variant on each device, measured as chosen on the Profile page. "
                   "Devices work side by side, each on one variant at a time."));
    }

    QPushButton* m_missing;
    QPushButton* m_all;
    QPushButton* m_which;
    QMenu* m_menu;
    QLabel* m_hint;
    tables::ValueTable* m_table;
    charts::BarChart* m_chart;
    std::vector<VariantId> m_bars;  // the variant of each bar
    QStringList m_problems;
    bool m_running = false;
};

}  // namespace

Page* fleetPage(PageContext context, QWidget* parent) { return new FleetPage(context, parent); }

}  // namespace lathe::app
