// The one window: menus, toolbar, docks, pages. Owns the document and the jobs; everything else borrows them.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QStackedWidget>
#include <QTabWidget>

#include "app/devices/device_list.h"
#include "app/document/document.h"
#include "app/gui/preferences.h"
#include "app/gui/recovery.h"
#include "app/gui/start_page.h"
#include "app/jobs/jobs.h"
#include "app/pages/graph_facts.h"
#include "app/pages/page.h"

namespace lathe::app {

class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    explicit MainWindow(Preferences& preferences, QWidget* parent = nullptr);
    ~MainWindow() override;

    Document& document() { return m_document; }
    Jobs& jobs() { return m_jobs; }
    DeviceList& devices() { return m_devices; }
    // Opens a model or a workspace, by the name.
    void openPath(const QString& path);
    // Opens a recovery file as an unsaved workspace and goes on with it; stays as it is when that fails.
    void recover(const std::shared_ptr<RecoverySlot>& slot, std::function<void()> done);
    void showPage(const QString& name);
    Page* page(const QString& name) const;
    const std::vector<Page*>& pages() const { return m_pages; }

  protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void buildPages();
    void buildDocks();
    void sizeDocks();
    void buildMenus();
    void buildToolBar();
    void updateTitle();
    void updateCentral();
    void updateStatus();
    void updateSelectionStatus();
    void noteRecent(const QString& path);
    void rebuildRecentMenu();
    void askOpen();
    // Beside the model, for a workspace that was never saved.
    QString suggestedPath() const;
    bool save(bool as, std::function<void(bool)> done = {});
    // Asks about unsaved work; false when the person wants to stay.
    bool mayClose();
    void showError(const QString& title, const QString& message, bool shown);
    void updateDevice();
    void showAbout();
    void showShortcuts();

    Preferences& m_preferences;
    Document m_document;
    DeviceList m_devices;
    Jobs m_jobs;
    GraphFacts m_facts;
    Recovery m_recovery;
    QStackedWidget* m_central;
    StartPage* m_start;
    QTabWidget* m_tabs;
    std::vector<Page*> m_pages;
    QByteArray m_firstLayout;  // of docks, before a person's own is restored
    QLineEdit* m_search = nullptr;
    QAction* m_profile = nullptr;
    QMenu* m_recentMenu = nullptr;
    QMenu* m_viewMenu = nullptr;
    QLabel* m_statusGraph;
    QLabel* m_statusSelection;
};

}  // namespace lathe::app
