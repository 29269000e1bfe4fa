#include "app/gui/screenshots.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QThread>
#include <cstdio>
#include <optional>

#include "app/document/open_model.h"
#include "app/gui/main_window.h"
#include "app/gui/samples.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/evaluate.h"
#include "engine/profile/measure.h"
#include "engine/project/run_step.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

constexpr qint64 kPatience = 120000;  // ms

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
        auto change = project::runStep(parent->graph, step, *train, progress);
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

Screenshots::Screenshots(MainWindow& window, Preferences& preferences, const QString& folder)
    : m_window(window), m_preferences(preferences), m_folder(folder) {}

void Screenshots::wait() {
    QElapsedTimer clock;
    clock.start();
    do {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(5);
    } while ((m_window.jobs().busy() || clock.elapsed() < 400) && clock.elapsed() < kPatience);
}

bool Screenshots::grab(const QString& name) {
    wait();
    const auto path = QDir(m_folder).filePath(name + QStringLiteral(".png"));
    if (m_window.grab().save(path)) return true;
    std::fprintf(stderr, "lathe: cannot write %s. Check the folder's permissions and free space.\n",
                 qPrintable(path));
    m_failed = true;
    return false;
}

void Screenshots::walk(const QString& suffix) {
    for (const auto* page : m_window.pages()) {
        m_window.showPage(page->name());
        grab(page->name() + suffix);
    }
}

void Screenshots::start() {
    QDir().mkpath(m_folder);
    m_window.resize(1440, 900);
    style::applyTheme(style::Mode::light);
    if (samplesFolder().isEmpty() || !grab(QStringLiteral("start"))) return QApplication::exit(1);
    std::optional<base::Result<project::WorkspacePtr>> made;
    m_window.jobs().start<project::WorkspacePtr>(
        tr("Make the tour"),
        [folder = samplesFolder()](const base::Progress& progress) { return tour(folder, progress); }, this,
        [&](base::Result<project::WorkspacePtr> workspace) { made = std::move(workspace); });
    wait();
    if (!made || !*made) {
        std::fprintf(stderr, "lathe: %s\n",
                     made ? (*made).error().message.c_str() : "the tour took too long");
        return QApplication::exit(1);
    }
    m_window.document().reset(**made, {});
    m_window.jobs().clearFinished();
    wait();
    // A node worth looking at: the first convolution.
    const auto& graph = *m_window.document().currentVariant()->graph;
    for (const auto id : graph.order())
        if (graph.node(id).op() == "Conv") {
            m_window.document().setSelection({id});
            break;
        }
    for (const auto& [mode, suffix] :
         {std::pair{style::Mode::light, QString()}, {style::Mode::dark, QStringLiteral("-dark")}}) {
        style::applyTheme(mode);
        walk(suffix);
    }
    m_window.document().undoStack().setClean();
    QApplication::exit(m_failed ? 1 : 0);
}

}  // namespace lathe::app
