// A phone over Wi-Fi: makes it and this computer known to each other with the code that the phone shows, then
// connects.
#pragma once

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "app/devices/device_list.h"
#include "app/jobs/jobs.h"

namespace lathe::app {

class PhoneDialog : public QDialog {
    Q_OBJECT
  public:
    PhoneDialog(DeviceList& devices, Jobs& jobs, QWidget* parent);
    ~PhoneDialog() override;
    // "HOST:PORT" of the phone that was connected.
    QString address() const { return m_connected; }

  private:
    using Work = std::function<remote::Done(const remote::Tools&, const base::Progress&)>;
    void pair();
    void connectPhone();
    void run(const QString& title, Work work, std::function<void()> then);
    void updateButtons();

    DeviceList& m_devices;
    Jobs& m_jobs;
    QLineEdit *m_pairAddress, *m_code, *m_address;
    QPushButton *m_pair, *m_connect;
    QLabel* m_result;
    QString m_connected;
    JobId m_job = 0;  // 0: none
};

}  // namespace lathe::app
