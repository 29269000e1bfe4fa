// What an empty window shows: drop a file, recent files, samples, and the devices while they are looked for.
#pragma once

#include <QLabel>
#include <QListWidget>
#include <QWidget>

#include "app/devices/device_list.h"

namespace lathe::app {

class StartPage : public QWidget {
    Q_OBJECT
  public:
    explicit StartPage(DeviceList& devices, QWidget* parent = nullptr);
    void refresh();

  signals:
    void openRequested();                     // ask for a file
    void pathRequested(const QString& path);  // open this one
    void devicesRequested();

  private:
    void refreshDevices();
    DeviceList& m_listed;
    QListWidget* m_recent;
    QListWidget* m_samples;
    QListWidget* m_devices;
    QWidget* m_devicesColumn;
    QLabel* m_noDevices;
    QLabel* m_noRecent;
};

}  // namespace lathe::app
