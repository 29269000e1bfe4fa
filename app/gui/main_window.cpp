#include "app/gui/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QEventLoop>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QStatusBar>
#include <QToolBar>

#include "app/devices/device_words.h"
#include "app/document/open_model.h"
#include "app/gui/command_palette.h"
#include "app/gui/device_picker.h"
#include "app/gui/inspector_dock.h"
#include "app/gui/jobs_dock.h"
#include "app/gui/log_dock.h"
#include "app/gui/recent_files.h"
#include "app/gui/settings_dialog.h"
#include "app/gui/variants_dock.h"
#include "app/pages/datasets_dialog.h"
#include "engine/base/text.h"
#include "engine/formats/format.h"
#include "widgets/style/action_text.h"
#include "widgets/style/icons.h"

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
    m_statusGraph = new QLabel(this);
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

    const QSettings settings;
    if (!restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray())) resize(1440, 900);
    restoreState(settings.value(QStringLiteral("window/state")).toByteArray());
    updateCentral();
    updateTitle();
    updateStatus();
}

MainWindow::~MainWindow() {
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
    connect(&m_jobs, &Jobs::failed, log, [log](const QString& title, const QString& message, bool) {
        log->add(tr("%1 failed: %2").arg(title, message));
    });
    resizeDocks({variants, inspector}, {264, 304}, Qt::Horizontal);
    resizeDocks({jobs}, {96}, Qt::Vertical);
}

void MainWindow::buildMenus() {
    auto* file = menuBar()->addMenu(tr("&File"));
    auto* open = file->addAction(style::icon(QStringLiteral("open")), tr("&Open…"), QKeySequence::Open, this,
                                 &MainWindow::askOpen);
    open->setObjectName(QStringLiteral("actionOpen"));
    m_recentMenu = file->addMenu(tr("Open &recent"));
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::rebuildRecentMenu);
    file->addSeparator();
    file->addAction(style::icon(QStringLiteral("save")), tr("&Save workspace"), QKeySequence::Save, this,
                    [this] { save(false); })
        ->setObjectName(QStringLiteral("actionSave"));
    file->addAction(tr("Save workspace &as…"), QKeySequence::SaveAs, this, [this] { save(true); });
    file->addAction(tr("&Export model…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), this,
                    [this] { showPage(QStringLiteral("export")); });
    file->addAction(style::icon(QStringLiteral("dataset")), tr("&Datasets…"),
                    QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), this,
                    [this] { (new DatasetsDialog(m_document, m_jobs, this))->show(); })
        ->setObjectName(QStringLiteral("actionDatasets"));
    file->addSeparator();
    file->addAction(tr("Close workspace"), QKeySequence::Close, this, [this] {
        if (!mayClose()) return;
        m_recovery.discard();
        m_document.reset(std::make_shared<project::Workspace>(), {});
    });
    file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);

    auto* edit = menuBar()->addMenu(tr("&Edit"));
    auto* undo = m_document.undoStack().createUndoAction(this, tr("Undo"));
    undo->setShortcut(QKeySequence::Undo);
    undo->setIcon(style::icon(QStringLiteral("undo")));
    undo->setObjectName(QStringLiteral("actionUndo"));
    auto* redo = m_document.undoStack().createRedoAction(this, tr("Redo"));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Y), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)});
    redo->setIcon(style::icon(QStringLiteral("redo")));
    redo->setObjectName(QStringLiteral("actionRedo"));
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addAction(tr("&Find…"), QKeySequence::Find, this, [this] {
        showPage(QStringLiteral("graph"));
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    edit->addAction(tr("&Commands…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), this,
                    [this] { (new CommandPalette(findChildren<QAction*>(), this))->show(); });
    edit->addSeparator();
    edit->addAction(tr("&Run the page's main action"), QKeySequence(Qt::CTRL | Qt::Key_R), this, [this] {
        const auto* page = m_central->currentWidget() == m_tabs
                               ? m_pages[static_cast<size_t>(m_tabs->currentIndex())]
                               : nullptr;
        if (page && page->mainButton()) page->mainButton()->click();
    });
    edit->addSeparator();
    edit->addAction(tr("&Settings…"), QKeySequence::Preferences, this,
                    [this] { SettingsDialog(m_preferences, this).exec(); });

    m_viewMenu = menuBar()->addMenu(tr("&View"));
    for (size_t i = 0; i < m_pages.size(); ++i) {
        auto* page = m_pages[i];
        m_viewMenu->addAction(page->title(), QKeySequence(Qt::ALT | (Qt::Key_1 + static_cast<int>(i))), this,
                              [this, page] { showPage(page->name()); });
    }

    m_viewMenu->addSeparator();
    auto* start = m_viewMenu->addAction(tr("Start page"), this, &MainWindow::updateCentral);
    const auto mayStart = [this, start] { start->setEnabled(m_document.isEmpty()); };
    connect(&m_document, &Document::workspaceChanged, start, mayStart);
    mayStart();

    auto* window = menuBar()->addMenu(tr("&Window"));
    for (auto* dock : findChildren<QDockWidget*>()) window->addAction(dock->toggleViewAction());
    window->addSeparator();
    window->addAction(tr("Reset layout"), this, [this] {
        for (auto* dock : findChildren<QDockWidget*>()) {
            dock->setFloating(false);
            dock->show();
        }
    });
    window->addAction(tr("Full screen"), QKeySequence::FullScreen, this,
                      [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });

    auto* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Keyboard shortcuts"), QKeySequence(Qt::Key_F1), this, &MainWindow::showShortcuts);
    help->addAction(tr("&About Lathe"), this, &MainWindow::showAbout);
}

void MainWindow::buildToolBar() {
    auto* bar = addToolBar(tr("Main"));
    bar->setObjectName(QStringLiteral("mainToolBar"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (const auto* name : {"actionOpen", "actionSave", "actionUndo", "actionRedo"})
        if (auto* action = findChild<QAction*>(QLatin1String(name))) {
            bar->addAction(action);
            const auto plain = style::plainActionText(action->text());
            if (action->text().contains(QLatin1Char('&'))) action->setToolTip(plain);
            action->setIconText(plain);
        }
    bar->addSeparator();
    m_search = new QLineEdit(bar);
    m_search->setObjectName(QStringLiteral("searchField"));
    m_search->setPlaceholderText(tr("Find node, op, tensor… (Ctrl+F)"));
    m_search->setAccessibleName(tr("Find in the graph"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(180);
    m_search->setMaximumWidth(360);
    bar->addWidget(m_search);
    const auto search = [this](bool forward) {
        if (auto* graph = page(QStringLiteral("graph"))) graph->search(m_search->text(), forward);
    };
    connect(m_search, &QLineEdit::textChanged, this, [search] { search(true); });
    connect(m_search, &QLineEdit::returnPressed, this,
            [search] { search(!(QApplication::keyboardModifiers() & Qt::ShiftModifier)); });
    auto* spacer = new QWidget(bar);
    spacer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(spacer);
    auto* picker = new DevicePicker(m_devices, bar);
    auto* where = new QLabel(tr("Run on"), bar);
    where->setBuddy(picker);
    where->setContentsMargins(8, 0, 8, 0);
    bar->addWidget(where);
    bar->addWidget(picker);
    connect(picker, &DevicePicker::devicesRequested, this, [this] { showPage(QStringLiteral("devices")); });
    auto* profile = bar->addAction(style::icon(QStringLiteral("profile")), tr("Profile"), this, [this] {
        showPage(QStringLiteral("profile"));
        page(QStringLiteral("profile"))->mainButton()->click();
    });
    profile->setObjectName(QStringLiteral("actionProfile"));
    m_profile = profile;
    updateDevice();
    const auto enable = [this, profile] { profile->setEnabled(!m_document.isEmpty()); };
    connect(&m_document, &Document::workspaceChanged, profile, enable);
    enable();
}

void MainWindow::updateDevice() {
    m_profile->setToolTip(
        tr("Measure the current variant on %1").arg(nameInSentence(m_devices.chosen()).toHtmlEscaped()));
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
        target->setFocus();
    }
}

void MainWindow::openPath(const QString& path) {
    if (isWorkspacePath(path)) {
        if (!mayClose()) return;
        openWorkspace(m_document, m_jobs, path, [path](bool ok) {
            if (ok) addRecentFile(path);
        });
        return;
    }
    openModel(m_document, m_jobs, path, [this, path](bool ok) {
        if (!ok) return;
        addRecentFile(path);
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

bool MainWindow::save(bool as, std::function<void(bool)> done) {
    auto path = m_document.path();
    if (as || path.isEmpty()) {
        QFileDialog dialog(this, tr("Save workspace"), path, tr("Lathe workspaces (*.lathe-workspace)"));
        dialog.setAcceptMode(QFileDialog::AcceptSave);
        dialog.setDefaultSuffix(QStringLiteral("lathe-workspace"));
        if (dialog.exec() != QDialog::Accepted) return false;
        path = dialog.selectedFiles().constFirst();
    }
    saveWorkspace(m_document, m_jobs, path, [this, path, done](bool ok) {
        if (ok) {
            addRecentFile(path);
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

void MainWindow::rebuildRecentMenu() {
    m_recentMenu->clear();
    const auto files = recentFiles();
    for (int i = 0; i < files.size(); ++i)
        m_recentMenu->addAction(QFileInfo(files[i]).fileName(),
                                i < 9 ? QKeySequence(Qt::CTRL | (Qt::Key_1 + i)) : QKeySequence(), this,
                                [this, path = files[i]] { openPath(path); });
    if (files.isEmpty()) m_recentMenu->addAction(tr("No recent files"))->setEnabled(false);
    m_recentMenu->addSeparator();
    m_recentMenu
        ->addAction(tr("Clear list"), this,
                    [this] {
                        clearRecentFiles();
                        m_start->refresh();
                    })
        ->setEnabled(!files.isEmpty());
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
    QStringList parts = {tr("%n node(s)", nullptr, static_cast<int>(variant->graph->nodeCount()))};
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
            : tr("%1 of %2 selected").arg(m_document.selection().size()).arg(variant->graph->nodeCount()));
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

void MainWindow::showAbout() {
    QMessageBox::about(
        this, tr("About Lathe"),
        tr("<b>Lathe %1</b><p>A workbench for neural-network models: look, improve, compare, deploy.</p>"
           "<p>Free software under the GNU General Public License, version 3 or later. No account, no "
           "server; "
           "nothing leaves this computer.</p>")
            .arg(QApplication::applicationVersion()));
}

void MainWindow::showShortcuts() {
    QString rows;
    for (const auto* action : findChildren<QAction*>())
        if (!action->shortcut().isEmpty() && !action->text().isEmpty())
            rows += QStringLiteral("<tr><td>%1&nbsp;&nbsp;&nbsp;</td><td>%2</td></tr>")
                        .arg(style::plainActionText(action->text()).toHtmlEscaped(),
                             action->shortcut().toString(QKeySequence::NativeText));
    rows +=
        tr("<tr><td>Fit the selection, fit all (graph)</td><td>F, Space</td></tr>"
           "<tr><td>Walk along edges (graph)</td><td>Arrow keys</td></tr>"
           "<tr><td>Expand or collapse a group (graph)</td><td>Enter, double click</td></tr>"
           "<tr><td>Zoom (graph)</td><td>Ctrl+wheel, Ctrl++, Ctrl+-, Ctrl+0</td></tr>");
    QMessageBox box(QMessageBox::NoIcon, tr("Keyboard shortcuts"),
                    QStringLiteral("<table>%1</table>").arg(rows), QMessageBox::Close, this);
    box.exec();
}

}  // namespace lathe::app
