#include "app/gui/screenshots.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTabWidget>
#include <QThread>
#include <cstdio>
#include <optional>

#include "app/document/open_model.h"
#include "app/gui/command_palette.h"
#include "app/gui/main_window.h"
#include "app/gui/samples.h"
#include "app/gui/settings_dialog.h"
#include "app/pages/dataset_dialog.h"
#include "app/pages/datasets_dialog.h"
#include "app/pages/measure_dialog.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/evaluate.h"
#include "engine/profile/measure.h"
#include "engine/project/run_step.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

constexpr qint64 kPatience = 120000;  // ms

// A model of one's own after a first look: opened, optimized, measured.
base::Result<project::WorkspacePtr> shortTour(const QString& path, const base::Progress& progress) {
    auto workspace = std::make_shared<project::Workspace>();
    auto source = readModelVariant(path, progress);
    if (!source) return source.error();
    source->id = workspace->nextVariant++;
    workspace->variants.push_back(std::make_shared<const project::Variant>(std::move(*source)));
    const auto parent = workspace->variants.front();
    const project::RecipeStep step{project::RecipeStep::Kind::preset, "extended", {}, {}};
    auto change = project::runStep(parent->graph, step, {}, progress);
    if (!change) return change.error();
    const project::Variant variant{
        workspace->nextVariant++,           parent->id, "optimized", step, change->graph, change->report,
        estimatedFileBytes(*change->graph), {}};
    workspace->variants.push_back(std::make_shared<const project::Variant>(variant));
    for (const auto& v : workspace->variants) {
        auto inputs = runtime::randomInputs(*v->graph, 1);
        profile::MeasureOptions options;
        options.runs = 10;
        if (!inputs) continue;
        if (auto measured = profile::measure(v->graph, *inputs, options, progress))
            workspace->profiles[v->id].push_back(
                std::make_shared<const profile::Profile>(std::move(*measured)));
    }
    return project::WorkspacePtr(workspace);
}

// The variants and measurements a person would have after the tour.
base::Result<project::WorkspacePtr> tour(const QString& folder, const base::Progress& progress) {
    auto workspace = std::make_shared<project::Workspace>();
    project::DatasetEntry data{"digits",
                               std::filesystem::path((folder + QStringLiteral("/digits.npz")).toStdString()),
                               {},
                               {},
                               "scale(by=0.0625) | layout(to=CHW)",
                               "train",
                               {},
                               0,
                               -1};
    workspace->datasets.push_back(data);
    const auto train = project::openDataset(data, progress);
    data.split = "test";
    const auto test = project::openDataset(data, progress);
    if (!train) return train.error();
    if (!test) return test.error();
    const auto path = folder + QStringLiteral("/digits_residual.onnx");
    auto source = readModelVariant(path, progress);
    if (!source) return source.error();
    using Kind = project::RecipeStep::Kind;
    const std::vector<std::pair<std::string, project::RecipeStep>> steps = {
        {Screenshots::tr("optimized").toStdString(), {Kind::preset, "extended", {}, {}}},
        {Screenshots::tr("int8 per channel").toStdString(), {Kind::compress, "quantize_int8", {}, "digits"}}};
    const auto add = [&](project::Variant variant) {
        variant.id = workspace->nextVariant++;
        workspace->variants.push_back(std::make_shared<const project::Variant>(std::move(variant)));
    };
    add(std::move(*source));
    for (const auto& [name, step] : steps) {
        const auto parent = workspace->variants.back();
        auto change = project::runStep(parent->graph, step, {*train}, progress);
        if (!change) return change.error();
        const auto size = estimatedFileBytes(*change->graph);
        add({0, parent->id, name, step, change->graph, change->report, size, {}});
    }
    for (const auto& variant : workspace->variants) {
        auto inputs = runtime::randomInputs(*variant->graph, 1);
        if (!inputs) return inputs.error();
        profile::MeasureOptions options;
        options.runs = 40;
        auto measured = profile::measure(variant->graph, *inputs, options, progress);
        if (!measured) return measured.error();
        workspace->profiles[variant->id].push_back(
            std::make_shared<const profile::Profile>(std::move(*measured)));
        auto session = runtime::open(variant->graph);
        if (!session) return session.error();
        auto evaluation = evaluate::evaluate(**session, **test, {}, progress);
        if (!evaluation) return evaluation.error();
        workspace->evaluations[variant->id].push_back(
            std::make_shared<const evaluate::Evaluation>(std::move(*evaluation)));
    }
    evaluate::CompareOptions options;
    options.dataset = *test;
    const auto &first = *workspace->variants.front(), &last = *workspace->variants.back();
    auto comparison = evaluate::compare(first.graph, last.graph, options, progress);
    if (!comparison) return comparison.error();
    workspace->comparisons[{first.id, last.id}] =
        std::make_shared<const evaluate::Comparison>(std::move(*comparison));
    return project::WorkspacePtr(workspace);
}

}  // namespace

Screenshots::Screenshots(MainWindow& window, Preferences& preferences, const QString& folder,
                         const QString& model)
    : m_window(window), m_preferences(preferences), m_folder(folder), m_model(model) {}

void Screenshots::wait() {
    QElapsedTimer clock;
    clock.start();
    do {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(5);
    } while ((m_window.jobs().busy() || clock.elapsed() < 400) && clock.elapsed() < kPatience);
}

bool Screenshots::save(QWidget& widget, const QString& name) {
    const auto path = QDir(m_folder).filePath(name + QStringLiteral(".png"));
    if (widget.grab().save(path)) return true;
    std::fprintf(stderr, "lathe: cannot write %s. Check the folder's permissions and free space.\n",
                 qPrintable(path));
    m_failed = true;
    return false;
}

bool Screenshots::grab(const QString& name) {
    wait();
    return save(m_window, name);
}

void Screenshots::walkPages(const QString& suffix) {
    for (auto* page : m_window.pages()) {
        m_window.showPage(page->name());
        grab(page->name() + suffix);
        // What lies behind a page's own tabs.
        if (auto* tabs = page->findChild<QTabWidget*>()) {
            for (int i = 1; i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                grab(QStringLiteral("%1-%2%3").arg(page->name()).arg(i + 1).arg(suffix));
            }
            tabs->setCurrentIndex(0);
        }
    }
}

void Screenshots::walkDialogs(const QString& suffix) {
    auto& document = m_window.document();
    const auto& datasets = document.workspace()->datasets;
    const std::vector<std::pair<QString, QDialog*>> dialogs = {
        {QStringLiteral("settings"), new SettingsDialog(m_preferences, &m_window)},
        {QStringLiteral("datasets"), new DatasetsDialog(document, m_window.jobs(), &m_window)},
        {QStringLiteral("measure"), new MeasureDialog(&m_window)},
        {QStringLiteral("dataset"),
         new DatasetDialog(document, m_window.jobs(), &m_window,
                           datasets.empty() ? std::nullopt : std::optional(datasets.front()))},
        {QStringLiteral("commands"), new CommandPalette(m_window.findChildren<QAction*>(), &m_window)}};
    for (const auto& [name, dialog] : dialogs) {
        dialog->show();
        wait();
        save(*dialog, name + suffix);
        dialog->close();
        dialog->deleteLater();
    }
}

bool Screenshots::openTour() {
    std::optional<base::Result<project::WorkspacePtr>> made;
    m_window.jobs().start<project::WorkspacePtr>(
        tr("Make the tour"),
        [folder = samplesFolder(), model = m_model](const base::Progress& progress) {
            return model.isEmpty() ? tour(folder, progress) : shortTour(model, progress);
        },
        this, [&](base::Result<project::WorkspacePtr> workspace) { made = std::move(workspace); });
    wait();
    if (!made || !*made) {
        std::fprintf(stderr, "lathe: %s\n",
                     made ? (*made).error().message.c_str() : "the tour took too long");
        return false;
    }
    m_window.document().reset(**made, {});
    m_window.jobs().clearFinished();
    wait();
    // A node worth looking at: the first convolution or matrix product.
    const auto& graph = *m_window.document().currentVariant()->graph;
    for (const auto id : graph.order())
        if (const auto op = graph.node(id).op(); op == "Conv" || op == "MatMul" || op == "Gemm") {
            m_window.document().setSelection({id});
            break;
        }
    return true;
}

void Screenshots::start() {
    QDir().mkpath(m_folder);
    m_window.devices().stayQuiet();
    m_window.resize(1440, 900);
    style::applyTheme(style::Mode::light);
    if (samplesFolder().isEmpty() || !grab(QStringLiteral("start"))) return QApplication::exit(1);
    if (!openTour()) return QApplication::exit(1);
    for (const auto& [mode, suffix] :
         {std::pair{style::Mode::light, QString()}, {style::Mode::dark, QStringLiteral("-dark")}}) {
        style::applyTheme(mode);
        walkPages(suffix);
        walkDialogs(suffix);
    }
    style::applyTheme(style::Mode::light);
    m_window.resize(1024, 700);
    walkPages(QStringLiteral("-small"));
    m_window.document().undoStack().setClean();
    QApplication::exit(m_failed ? 1 : 0);
}

}  // namespace lathe::app
