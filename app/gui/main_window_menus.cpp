// The menus and the tool bar of the window, and what only they lead to.
#include <QApplication>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QToolBar>

#include "app/devices/device_words.h"
#include "app/gui/command_palette.h"
#include "app/gui/device_picker.h"
#include "app/gui/main_window.h"
#include "app/gui/recent_files.h"
#include "app/gui/settings_dialog.h"
#include "app/pages/datasets_dialog.h"
#include "widgets/style/action_text.h"
#include "widgets/style/icons.h"

namespace lathe::app {

void MainWindow::buildMenus() {
    auto* file = menuBar()->addMenu(tr("&File"));
    auto* open = file->addAction(style::icon(QStringLiteral("open")), tr("&Open…"), QKeySequence::Open, this,
                                 &MainWindow::askOpen);
    open->setObjectName(QStringLiteral("actionOpen"));
    m_recentMenu = file->addMenu(tr("Open &recent"));
    // Now too: its keys work without the menu.
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::rebuildRecentMenu);
    rebuildRecentMenu();
    file->addSeparator();
    auto* saving = file->addAction(style::icon(QStringLiteral("save")), tr("&Save workspace"),
                                   QKeySequence::Save, this, [this] { save(false); });
    saving->setObjectName(QStringLiteral("actionSave"));
    auto* savingAs =
        file->addAction(tr("Save workspace &as…"), QKeySequence::SaveAs, this, [this] { save(true); });
    const auto maySave = [this, saving, savingAs] {
        for (auto* action : {saving, savingAs}) action->setEnabled(!m_document.isEmpty());
    };
    connect(&m_document, &Document::workspaceChanged, saving, maySave);
    maySave();
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
    undo->setData(tr("Undo"));  // for the list of keys: the text names what would be undone
    auto* redo = m_document.undoStack().createRedoAction(this, tr("Redo"));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Y), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)});
    redo->setIcon(style::icon(QStringLiteral("redo")));
    redo->setObjectName(QStringLiteral("actionRedo"));
    redo->setData(tr("Redo"));
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
    window
        ->addAction(tr("Reset layout"), this,
                    [this] {
                        restoreState(m_firstLayout);
                        sizeDocks();  // a state saved before the first show knows no sizes
                    })
        ->setObjectName(QStringLiteral("actionResetLayout"));
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
    m_search->setPlaceholderText(tr("Find nodes (Ctrl+F)"));
    m_search->setToolTip(tr("By the name of a node, an op or a tensor"));
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

void MainWindow::noteRecent(const QString& path) {
    addRecentFile(path);
    rebuildRecentMenu();
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
    const auto heading = [&rows](const QString& text) {
        rows += QStringLiteral("<tr><th colspan=2 align=left>%1</th></tr>")
                    .arg(style::plainActionText(text).toHtmlEscaped());
    };
    for (const auto* menu : menuBar()->actions()) {
        heading(menu->text());
        for (const auto* action : menu->menu()->actions()) {
            if (action->shortcut().isEmpty()) continue;
            const auto text = action->data().toString();
            rows += QStringLiteral("<tr><td>%1&nbsp;&nbsp;&nbsp;</td><td>%2</td></tr>")
                        .arg(style::plainActionText(text.isEmpty() ? action->text() : text).toHtmlEscaped(),
                             action->shortcut().toString(QKeySequence::NativeText));
        }
    }
    heading(page(QStringLiteral("graph"))->title());
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
