// One device: its state, what is wrong and what to do about it, its facts, and what its kernels computed.
#pragma once

#include <QWidget>

#include "app/devices/device_entry.h"
#include "engine/remote/agent_device.h"

class QAbstractButton;
class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace lathe::tables {
class ValueTable;
}

namespace lathe::app {

class DeviceFactsView;

class DevicePane : public QWidget {
    Q_OBJECT
  public:
    explicit DevicePane(QWidget* parent = nullptr);

    struct State {
        bool chosen = false;  // for runs
        bool busy = false;    // something is being asked of a device
        const remote::DeviceCheck* check = nullptr;
    };
    void setDevice(const DeviceEntry& entry, const State& state);
    void showChecks();
    bool canForget() const;
    QAbstractButton* askButton() const;

  signals:
    void askRequested();
    void checkRequested();
    void cancelRequested();
    void useRequested();
    void editRequested();
    void disconnectRequested();
    void forgetRequested();

  private:
    QWidget* head();
    QWidget* problem();
    QWidget* buttons();
    QWidget* busyRow();
    void setCheck(const remote::DeviceCheck* check);

    QLabel *m_title, *m_state, *m_problemMark, *m_problem;
    QWidget* m_problemRow;
    QPushButton *m_ask, *m_check, *m_more, *m_cancel;
    QAction *m_use, *m_edit, *m_disconnect, *m_forget;
    QWidget* m_busyRow;
    QTabWidget* m_tabs;
    DeviceFactsView* m_facts;
    tables::ValueTable* m_checks;
};

}  // namespace lathe::app
