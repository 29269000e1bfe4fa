#include "app/gui/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QEventLoop>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStatusBar>

#include "app/document/open_model.h"
#include "app/gui/inspector_dock.h"
#include "app/gui/job_status.h"
#include "app/gui/jobs_dock.h"
#include "app/gui/log_dock.h"
#include "app/gui/recent_files.h"
#include "app/gui/variants_dock.h"
#include "engine/base/text.h"
#include "engine/formats/format.h"
#include "widgets/forms/wheel_guard.h"
#include "widgets/style/focus_mark.h"
#include "widgets/style/numbers.h"

namespace lathe::app {

#define LATHE_PAGE(page) Page* page##Page(PageContext, QWidget*);
#include "app/pages/pages.inc"
#undef LATHE_PAGE

namespace {

constexpr PageFactory kPages[] = {
#define LATHE_PAGE(page) page##Page,
#include "app/pages/pages.inc"
#undef LATHE_PAGE
};

}  // namespace

MainWindow::MainWindow(Preferences& preferences, QWidget* parent)
    : QMainWindow(parent),
      m_preferences(preferences),
      m_document(this),
      m_devices(this),
      m_jobs(this),
      m_facts(m_document, m_jobs, this),
      m_recovery(m_document, this) {
    setObjectName(QStringLiteral("mainWindow"));
    qApp->installEventFilter(new forms::WheelGuard(this));
    setAcceptDrops(true);
    setMinimumSize(1024, 640);
    setDockNestingEnabled(true);
    m_central = new QStackedWidget(this);
    m_start = new StartPage(m_devices, m_central);
    m_tabs = new QTabWidget(m_central);
    m_tabs->setDocumentMode(true);
    m_central->addWidget(m_start);
    m_central->addWidget(m_tabs);
    setCentralWidget(m_central);
    new style::FocusMark(this);
    m_statusGraph = new QLabel(this);
    m_statusGraph->setToolTip(tr("Nodes inside sub-graphs and functions count too."));
    m_statusSelection = new QLabel(this);
    m_statusGraph->setContentsMargins(12, 0, 12, 0);
    m_statusSelection->setContentsMargins(12, 0, 12, 0);
    statusBar()->addWidget(m_statusGraph, 1);
    statusBar()->addPermanentWidget(m_statusSelection);

    buildPages();
    buildDocks();
    buildMenus();
    buildToolBar();

    connect(m_start, &StartPage::openRequested, this, &MainWindow::askOpen);
    connect(m_start, &StartPage::pathRequested, this, &MainWindow::openPath);
    connect(m_start, &StartPage::devicesRequested, this, [this] { showPage(QStringLiteral("devices")); });
    connect(&m_devices, &DeviceList::chosenChanged, this, &MainWindow::updateDevice);
    connect(&m_preferences, &Preferences::toolsChanged, &m_devices,
            [this] { m_devices.setTools(deviceTools()); });
    connect(&m_document, &Document::workspaceEnding, &m_jobs, &Jobs::endWorkspace);
    connect(&m_document, &Document::workspaceChanged, this, &MainWindow::updateCentral);
    connect(&m_document, &Document::currentChanged, this, &MainWindow::updateStatus);
    connect(&m_document, &Document::workspaceChanged, this, &MainWindow::updateStatus);
    connect(&m_facts, &GraphFacts::changed, this, &MainWindow::updateStatus);
    connect(&m_document, &Document::selectionChanged, this, &MainWindow::updateSelectionStatus);
    connect(&m_document, &Document::workspaceChanged, this, &MainWindow::updateTitle);
    connect(&m_document, &Document::measurementsChanged, this, &MainWindow::updateTitle);
    connect(&m_document, &Document::pathChanged, this, &MainWindow::updateTitle);
    connect(&m_document.undoStack(), &QUndoStack::cleanChanged, this, &MainWindow::updateTitle);
    connect(&m_jobs, &Jobs::failed, this, &MainWindow::showError);

    m_firstLayout = saveState();
    const QSettings settings;
    if (!restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray()))
        resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    restoreState(settings.value(QStringLiteral("window/state")).toByteArray());
    updateCentral();
    updateTitle();
    updateStatus();
}

MainWindow::~MainWindow() {
    hide();  // docks tell of it while what they show still lives
    // Children that listen must not hear the document go.
    m_document.disconnect();
    m_devices.disconnect();
    m_facts.disconnect();
    m_document.undoStack().disconnect();
    m_jobs.disconnect();
}

void MainWindow::buildPages() {
    for (const auto factory : kPages) {
        auto* page = factory({m_document, m_jobs, m_facts, m_devices}, m_tabs);
        page->setObjectName(page->name());
        m_tabs->addTab(page, page->title());
        m_pages.push_back(page);
        connect(page, &Page::pageRequested, this, &MainWindow::showPage);
        connect(&m_preferences, &Preferences::changed, page, &Page::readSettings);
        connect(page, &Page::statusTextChanged, this,
                [this](const QString& text) { statusBar()->showMessage(text, 5000); });
    }
}

void MainWindow::buildDocks() {
    auto* variants = new VariantsDock(m_document, this);
    addDockWidget(Qt::LeftDockWidgetArea, variants);
    connect(variants, &VariantsDock::openRequested, this, &MainWindow::askOpen);
    connect(variants, &VariantsDock::compareRequested, this, [this](qint64 a, qint64 b) {
        m_document.setSetting(QStringLiteral("compare/a"), QString::number(a));
        m_document.setSetting(QStringLiteral("compare/b"), QString::number(b));
        showPage(QStringLiteral("compare"));
    });
    auto* inspector = new InspectorDock(m_document, m_jobs, m_facts, this);
    addDockWidget(Qt::RightDockWidgetArea, inspector);
    auto* jobs = new JobsDock(m_jobs, this);
    auto* log = new LogDock(this);
    addDockWidget(Qt::BottomDockWidgetArea, jobs);
    tabifyDockWidget(jobs, log);
    jobs->raise();
    statusBar()->insertPermanentWidget(1, new JobStatus(m_jobs, *jobs, this));
    connect(&m_jobs, &Jobs::failed, log, [log](const QString& title, const QString& message, bool) {
        log->add(tr("%1 failed: %2").arg(title, message));
    });
    sizeDocks();
}

void MainWindow::sizeDocks() {
    const auto dock = [this](const char* name) { return findChild<QDockWidget*>(QLatin1String(name)); };
    resizeDocks({dock("variants"), dock("inspector")}, {264, 304}, Qt::Horizontal);
    resizeDocks({dock("jobs")}, {96}, Qt::Vertical);
}

Page* MainWindow::page(const QString& name) const {
    for (auto* page : m_pages)
        if (page->name() == name) return page;
    return nullptr;
}

void MainWindow::showPage(const QString& name) {
    if (auto* target = page(name)) {
        m_central->setCurrentWidget(m_tabs);
        m_tabs->setCurrentWidget(target);
        auto* first = target->firstFocus();
        (first ? first : target)->setFocus();
    }
}

void MainWindow::openPath(const QString& path) {
    if (isWorkspacePath(path)) {
        if (!mayClose()) return;
        openWorkspace(m_document, m_jobs, path, [this, path](bool ok) {
            if (ok) noteRecent(path);
        });
        return;
    }
    openModel(m_document, m_jobs, path, [this, path](bool ok) {
        if (!ok) return;
        noteRecent(path);
        showPage(QStringLiteral("graph"));
    });
}

void MainWindow::recover(const std::shared_ptr<RecoverySlot>& slot, std::function<void()> done) {
    const auto job = m_jobs.start<project::WorkspacePtr>(
        tr("Recover unsaved work"),
        [slot, memory = m_document.saveMemory()](const base::Progress& progress) {
            return project::load(std::filesystem::path(slot->path().toStdU16String()), progress,
                                 memory.get());
        },
        this,
        [this, slot, done](const base::Result<project::WorkspacePtr>& loaded) {
            // What cannot be read now stays for later: its model may only be out of reach.
            if (loaded) {
                auto workspace = std::make_shared<project::Workspace>(**loaded);
                const auto path = workspace->settings[Recovery::kPathSetting];
                workspace->settings.erase(Recovery::kPathSetting);
                m_document.reset(workspace, {});
                m_recovery.adopt(slot);
                m_document.markRecovered(QString::fromStdString(path));
            }
            if (done) done();
        });
    m_jobs.outlivesWorkspace(job);
}

void MainWindow::askOpen() {
    QStringList patterns;
    for (const auto* format : formats::all())
        if (format->read)
            for (const auto extension : format->extensions)
                patterns << QStringLiteral("*") +
                                QString::fromUtf8(extension.data(), static_cast<qsizetype>(extension.size()));
    patterns << QStringLiteral("*.lathe-workspace");
    QSettings settings;
    const auto paths = QFileDialog::getOpenFileNames(
        this, tr("Open model or workspace"), settings.value(QStringLiteral("openFolder")).toString(),
        tr("Models and workspaces (%1);;All files (*)").arg(patterns.join(QLatin1Char(' '))));
    for (const auto& path : paths) {
        settings.setValue(QStringLiteral("openFolder"), QFileInfo(path).absolutePath());
        openPath(path);
    }
}

QString MainWindow::suggestedPath() const {
    const auto& variants = m_document.workspace()->variants;
    if (variants.empty()) return {};
    const QFileInfo model(QString::fromStdString(variants.front()->step.name));
    return model.dir().filePath(model.completeBaseName() + QStringLiteral(".lathe-workspace"));
}

bool MainWindow::save(bool as, std::function<void(bool)> done) {
    auto path = m_document.path();
    if (as || path.isEmpty()) {
        QFileDialog dialog(this, tr("Save workspace"), path.isEmpty() ? suggestedPath() : path,
                           tr("Lathe workspaces (*.lathe-workspace)"));
        dialog.setAcceptMode(QFileDialog::AcceptSave);
        dialog.setDefaultSuffix(QStringLiteral("lathe-workspace"));
        if (dialog.exec() != QDialog::Accepted) return false;
        path = dialog.selectedFiles().constFirst();
    }
    saveWorkspace(m_document, m_jobs, path, [this, path, done](bool ok) {
        if (ok) {
            noteRecent(path);
            m_recovery.update();
            statusBar()->showMessage(tr("Saved %1").arg(path), 5000);
        }
        if (done) done(ok);
    });
    return true;
}

bool MainWindow::mayClose() {
    // The window lives on during a save: what was done meanwhile is asked about again.
    while (!m_document.isEmpty() && m_document.isModified()) {
        QMessageBox box(QMessageBox::Question, tr("Unsaved work"),
                        tr("Save the workspace before closing it?"),
                        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
        box.setInformativeText(
            tr("Variants, measurements and notes that are not saved are lost. Model files are not touched."));
        box.setDefaultButton(QMessageBox::Save);
        const int answer = box.exec();
        if (answer != QMessageBox::Save) return answer == QMessageBox::Discard;
        QEventLoop loop;
        bool saved = false;
        if (!save(false, [&](bool ok) {
                saved = ok;
                loop.quit();
            }))
            return false;
        loop.exec();
        if (!saved) return false;
    }
    return true;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayClose()) {
        event->ignore();
        return;
    }
    m_recovery.discard();
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState());
    m_jobs.cancelAll();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    for (const auto& url : event->mimeData()->urls())
        if (url.isLocalFile()) openPath(url.toLocalFile());
}

void MainWindow::updateTitle() {
    const auto name = m_document.path().isEmpty()
                          ? (m_document.isEmpty() ? QString() : tr("Unsaved workspace"))
                          : QFileInfo(m_document.path()).fileName();
    setWindowTitle(name.isEmpty() ? QStringLiteral("Lathe") : QStringLiteral("%1[*] – Lathe").arg(name));
    setWindowModified(!name.isEmpty() && m_document.isModified());
}

void MainWindow::updateCentral() {
    const bool empty = m_document.isEmpty();
    if (empty) m_start->refresh();
    m_central->setCurrentWidget(empty ? static_cast<QWidget*>(m_start) : m_tabs);
}

void MainWindow::updateStatus() {
    const auto variant = m_document.currentVariant();
    if (!variant || !variant->graph) {
        m_statusGraph->setText(tr("No model open"));
        return updateSelectionStatus();
    }
    const auto nodes = static_cast<int>(variant->graph->nodeCount());
    QStringList parts = {style::groupedIn(tr("%n node(s)", nullptr, nodes), nodes)};
    if (const auto* facts = m_facts.facts()) {
        const auto dimensions = describe(facts->dimensions);
        const auto macs = QString::fromStdString(base::formatCount(facts->cost.macs));
        if (facts->cost.macs > 0)
            parts << (dimensions.isEmpty() ? tr("%1 MACs").arg(macs)
                                           : tr("%1 MACs at %2").arg(macs, dimensions));
        parts << tr("%1 parameters").arg(QString::fromStdString(base::formatCount(facts->parameters)));
    }
    m_statusGraph->setText(parts.join(QStringLiteral("    ")));
    updateSelectionStatus();
}

void MainWindow::updateSelectionStatus() {
    const auto variant = m_document.currentVariant();
    m_statusSelection->setText(
        !variant || !variant->graph || m_document.selection().empty()
            ? QString()
            : tr("%1 of %2 selected")
                  .arg(style::grouped(static_cast<int64_t>(m_document.selection().size())),
                       style::grouped(variant->graph->nodeCount())));
}

void MainWindow::showError(const QString& title, const QString& message, bool shown) {
    if (shown) return;
    // Not modal in code: the window stays alive behind it.
    auto* box =
        new QMessageBox(QMessageBox::Warning, tr("%1 failed").arg(title), message, QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse);
    box->open();
}

}  // namespace lathe::app
