// Transform: choose a preset, a pass or a compressor, fill in its form, preview what would change, run it as
// a job.
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "app/devices/device_words.h"
#include "app/document/open_model.h"
#include "app/pages/dataset_picker.h"
#include "app/pages/keep_focus.h"
#include "app/pages/page.h"
#include "engine/base/text.h"
#include "engine/compress/compressor.h"
#include "engine/passes/pass.h"
#include "engine/project/run_step.h"
#include "widgets/forms/param_form.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"
#include "widgets/tables/value_table.h"

namespace lathe::app {
namespace {

using project::RecipeStep;

using style::engineText;

// What most people want first: everything that keeps the answers and makes the model faster.
constexpr QLatin1String kFirstChoice("extended");
constexpr QLatin1String kChoiceSetting("transform/choice");

// One line of the list on the left.
struct Choice {
    RecipeStep::Kind kind;
    std::string name;
    QString title, summary;
    std::span<const base::ParamSpec> options;
    bool needsData = false;
};

std::vector<Choice> choices() {
    std::vector<Choice> list;
    for (const auto& preset : passes::presets())
        list.push_back({RecipeStep::Kind::preset,
                        std::string(preset.name),
                        engineText(preset.title),
                        engineText(preset.summary),
                        {},
                        false});
    for (const auto& compressor : compress::all())
        list.push_back({RecipeStep::Kind::compress, std::string(compressor.name),
                        engineText(compressor.title), engineText(compressor.summary), compressor.options,
                        compressor.needsData});
    for (const auto& pass : passes::all())
        list.push_back({RecipeStep::Kind::pass, std::string(pass.name), engineText(pass.title),
                        engineText(pass.summary), pass.options, false});
    return list;
}

class TransformPage : public Page {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::TransformPage)
  public:
    TransformPage(PageContext context, QWidget* parent) : Page(context, parent), m_choices(choices()) {
        auto* splitter = new QSplitter(this);
        auto* outer = new QHBoxLayout(this);
        outer->setContentsMargins(0, 0, 0, 0);
        outer->addWidget(splitter);

        m_list = new QListWidget(splitter);
        m_list->setObjectName(QStringLiteral("transformList"));
        m_list->setFrameShape(QFrame::NoFrame);
        m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_list->setTextElideMode(Qt::ElideRight);
        m_list->setMinimumWidth(180);
        m_list->setAccessibleName(tr("Transformations"));
        fillList();

        auto* right = new QWidget(splitter);
        m_layout = new QVBoxLayout(right);
        m_layout->setContentsMargins(16, 12, 16, 12);
        m_layout->setSpacing(8);
        m_title = new QLabel(right);
        m_title->setFont(style::font(1.15, true));
        m_summary = new QLabel(right);
        m_summary->setWordWrap(true);
        m_layout->addWidget(m_title);
        m_layout->addWidget(m_summary);
        m_data = new DatasetPicker(m_document, m_jobs, right);
        m_layout->addWidget(m_data);
        m_place = new QLabel(right);
        m_place->setObjectName(QStringLiteral("transformPlace"));
        m_place->setTextFormat(Qt::PlainText);
        m_place->setWordWrap(true);
        m_layout->addWidget(m_place);
        m_formArea = new QScrollArea(right);
        m_formArea->setWidgetResizable(true);
        m_formArea->setFrameShape(QFrame::NoFrame);
        m_layout->addWidget(m_formArea, 3);

        auto* buttons = new QHBoxLayout;
        m_run = new QPushButton(tr("Run"), right);
        m_run->setObjectName(QStringLiteral("transformRun"));
        m_run->setDefault(true);
        m_preview = new QPushButton(tr("Preview"), right);
        m_preview->setObjectName(QStringLiteral("transformPreview"));
        m_preview->setToolTip(tr("Runs the passes and shows what would change, without keeping the result"));
        m_hint = new QLabel(right);
        m_hint->setWordWrap(true);
        buttons->addWidget(m_run);
        buttons->addWidget(m_preview);
        buttons->addWidget(m_hint, 1);
        m_layout->addLayout(buttons);

        m_reportTitle = new QLabel(right);
        m_reportTitle->setFont(style::font(1.0, true));
        m_layout->addSpacing(8);
        m_layout->addWidget(m_reportTitle);
        m_report = new tables::ValueTable(right);
        m_report->setObjectName(QStringLiteral("transformReport"));
        m_report->setAccessibleName(tr("What the transformation did"));
        m_layout->addWidget(m_report, 2);
        splitter->setStretchFactor(0, 0);
        splitter->setStretchFactor(1, 1);
        splitter->setSizes({248, 640});
        splitter->setChildrenCollapsible(false);

        connect(m_list, &QListWidget::currentRowChanged, this, [this] { showChoice(); });
        connect(m_run, &QPushButton::clicked, this, [this] { start(true); });
        connect(m_preview, &QPushButton::clicked, this, [this] { start(false); });
        connect(&m_devices, &DeviceList::chosenChanged, this, [this] { showPlace(); });
        connect(m_data, &DatasetPicker::changed, this, [this] { updateButtons(); });
        connect(&m_document, &Document::currentChanged, this, [this] {
            updateButtons();
            const auto variant = m_document.currentVariant();
            showReport(variant ? variant->report : ir::Report(), Account::kept);
        });
        connect(&m_document, &Document::workspaceChanged, this, [this] { updateButtons(); });
        setFirstFocus(m_list);
        choose(QSettings().value(kChoiceSetting, QString(kFirstChoice)).toString());
        showReport({}, Account::kept);
    }

    QString title() const override { return tr("Transform"); }
    QString name() const override { return QStringLiteral("transform"); }
    QAbstractButton* mainButton() const override { return m_run; }

  protected:
    void changeEvent(QEvent* event) override {
        Page::changeEvent(event);
        if (event->type() == QEvent::PaletteChange) colourHeadings();
    }

  private:
    // By key; the first choice when there is none of that key.
    void choose(const QString& name) {
        for (const auto& wanted : {name, QString(kFirstChoice)})
            for (int row = 0; row < m_list->count(); ++row)
                if (m_list->item(row)->data(Qt::UserRole + 1).toString() == wanted)
                    return m_list->setCurrentRow(row);
    }

    void fillList() {
        const auto heading = [this](const QString& text) {
            auto* item = new QListWidgetItem(text, m_list);
            item->setFlags(Qt::NoItemFlags);
            item->setFont(style::font(0.9, true));
            item->setSizeHint({0, style::kRowHeight + style::kPadding});
            item->setTextAlignment(Qt::AlignLeft | Qt::AlignBottom);
            m_headings.push_back(item);
        };
        std::optional<RecipeStep::Kind> last;
        for (size_t i = 0; i < m_choices.size(); ++i) {
            const auto& choice = m_choices[i];
            if (last != choice.kind)
                heading(choice.kind == RecipeStep::Kind::preset     ? tr("Optimize")
                        : choice.kind == RecipeStep::Kind::compress ? tr("Compress")
                                                                    : tr("Single passes"));
            last = choice.kind;
            auto* item = new QListWidgetItem(choice.title, m_list);
            item->setData(Qt::UserRole, static_cast<int>(i));
            item->setData(Qt::UserRole + 1, QString::fromStdString(choice.name));
            item->setToolTip(QStringLiteral("%1\n%2").arg(choice.title, choice.summary));
        }
        colourHeadings();
    }

    // A heading cannot be chosen, but it is read: not in the colour of what is disabled.
    void colourHeadings() {
        for (auto* heading : m_headings) heading->setForeground(style::theme().mutedText);
    }

    // Where the model runs on the data: said when that is not this computer.
    void showPlace() {
        const auto* chosen = choice();
        const auto& device = m_devices.chosen();
        m_place->setVisible(chosen && chosen->needsData && !device.isThisComputer());
        m_place->setText(tr("Calibration runs the model on %1.").arg(device.name));
    }

    // For when this choice comes back.
    void keepOptions() {
        if (!m_form || m_shown.empty()) return;
        if (auto params = m_form->params()) m_kept[m_shown] = std::move(*params);
    }

    const Choice* choice() const {
        const auto* item = m_list->currentItem();
        if (!item || !item->data(Qt::UserRole).isValid()) return nullptr;
        return &m_choices[static_cast<size_t>(item->data(Qt::UserRole).toInt())];
    }

    void showChoice() {
        const auto* chosen = choice();
        if (chosen) QSettings().setValue(kChoiceSetting, QString::fromStdString(chosen->name));
        m_title->setText(chosen ? chosen->title : QString());
        m_summary->setText(chosen ? chosen->summary : QString());
        m_data->setVisible(chosen && chosen->needsData);
        showPlace();
        keepOptions();
        m_shown = chosen ? chosen->name : std::string();
        m_form =
            new forms::ParamForm(chosen ? chosen->options : std::span<const base::ParamSpec>(), m_formArea);
        if (const auto kept = m_kept.find(m_shown); kept != m_kept.end()) m_form->setParams(kept->second);
        m_formArea->setWidget(m_form);
        m_form->setTabAfter(m_formArea);
        m_formArea->setVisible(chosen && !chosen->options.empty());
        m_preview->setVisible(chosen && chosen->kind != RecipeStep::Kind::compress);
        updateButtons();
    }

    void updateButtons() {
        const auto* chosen = choice();
        const bool model = m_document.currentVariant() != nullptr;
        const bool hasData = !chosen || !chosen->needsData || m_data->entry();
        setEnabledKeepingFocus(*m_run, chosen && model && hasData && !m_running);
        setEnabledKeepingFocus(*m_preview, chosen && model && !m_running);
        m_hint->setText(m_running  ? tr("Running; Cancel is in the jobs panel.")
                        : !model   ? tr("Open a model first.")
                        : !hasData ? tr("Calibration needs data: add a dataset.")
                                   : QString());
    }

    void start(bool keep) {
        const auto* chosen = choice();
        const auto parent = m_document.currentVariant();
        if (!chosen || !parent || m_running) return;
        RecipeStep step{chosen->kind, chosen->name, {}, {}};
        auto params = m_form->params();
        if (!params) {
            m_hint->setText(QString::fromStdString(params.error().message));
            return;
        }
        step.options = std::move(*params);
        std::optional<project::DatasetEntry> entry;
        if (chosen->needsData && m_data->entry()) {
            entry = *m_data->entry();
            step.dataset = entry->name;
        }
        m_running = true;
        updateButtons();
        const auto graph = parent->graph;
        const auto device = m_devices.chosenForRuns();
        m_jobs.start<ir::Change>(
            (keep ? tr("%1 on %2") : tr("Preview %1 on %2"))
                .arg(chosen->title, QString::fromStdString(parent->name)),
            [graph, step, entry,
             open = device.opener()](const base::Progress& progress) -> base::Result<ir::Change> {
                data::DatasetPtr dataset;
                if (entry) {
                    auto opened = project::openDataset(*entry, progress.part(0, 0.05));
                    if (!opened) return opened.error();
                    dataset = *opened;
                }
                return project::runStep(graph, step, {dataset, open}, progress.part(0.05, 1));
            },
            this,
            [this, keep, step, parent, title = chosen->title](base::Result<ir::Change> change) {
                m_running = false;
                updateButtons();
                if (!change) return;
                if (foundNothing(change->report)) {
                    showReport(change->report, Account::nothing);
                    m_hint->setText(tr("Nothing to do: no step found anything to change in %1.")
                                        .arg(QString::fromStdString(parent->name)));
                    return;
                }
                if (!keep) {
                    showReport(change->report, Account::preview);
                    m_hint->setText(
                        style::groupedIn(tr("Preview: %n node(s) before, %1 after. Nothing was kept.",
                                            nullptr, static_cast<int>(change->report.nodesBefore)),
                                         change->report.nodesBefore)
                            .arg(style::grouped(change->report.nodesAfter)));
                    return;
                }
                project::Variant variant;
                variant.parent = parent->id;
                variant.name = title.toStdString();
                variant.step = step;
                variant.graph = change->graph;
                variant.report = change->report;
                variant.fileBytes = estimatedFileBytes(*change->graph);
                m_document.addVariant(std::move(variant));
            });
    }

    // What a report is of: the current variant, a preview, a run that changed nothing.
    enum class Account { kept, preview, nothing };

    static bool foundNothing(const ir::Report& report) {
        return std::all_of(report.lines.begin(), report.lines.end(),
                           [](const auto& line) { return line.count == 0 || line.warning; });
    }

    void showReport(const ir::Report& report, Account account) {
        m_reportTitle->setText(account == Account::preview ? tr("What would be done") : tr("What was done"));
        m_report->setEmptyText(account == Account::nothing
                                   ? tr("No step found anything to change.")
                                   : tr("Run a transformation or a preview to see what each step does."));
        std::vector<tables::Row> rows;
        for (const auto& line : report.lines) {
            if (line.count == 0 && line.note.empty()) continue;
            rows.push_back({static_cast<qint64>(rows.size()),
                            {engineText(line.title), {}, {}, QString::fromStdString(line.note)},
                            {0, static_cast<double>(line.count), line.seconds * 1e3, 0}});
        }
        m_report->setTable(
            {{tr("Step")},
             {tr("Places"), true, 0, false, false, 1, tr("How often the step found something")},
             {tr("Time, ms"), true, 1, false, false, 2},
             {tr("Note"), false, 0, false, true}},
            std::move(rows));
    }

    std::vector<Choice> m_choices;
    std::string m_shown;                         // the choice that the form is of
    std::map<std::string, base::Params> m_kept;  // options by choice
    QListWidget* m_list;
    std::vector<QListWidgetItem*> m_headings;
    QVBoxLayout* m_layout;
    QLabel *m_title, *m_summary, *m_place, *m_hint, *m_reportTitle;
    DatasetPicker* m_data;
    QScrollArea* m_formArea;
    forms::ParamForm* m_form = nullptr;
    QPushButton *m_run, *m_preview;
    tables::ValueTable* m_report;
    bool m_running = false;
};

}  // namespace

Page* transformPage(PageContext context, QWidget* parent) { return new TransformPage(context, parent); }

}  // namespace lathe::app
