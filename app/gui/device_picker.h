// The tool bar's choice of the device for runs; its last line leads to the page of devices.
#pragma once

#include <QComboBox>

#include "app/devices/device_list.h"

namespace lathe::app {

class DevicePicker : public QComboBox {
    Q_OBJECT
  public:
    DevicePicker(DeviceList& devices, QWidget* parent);

  signals:
    void devicesRequested();

  protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void refresh();
    DeviceList& m_devices;
};

}  // namespace lathe::app
