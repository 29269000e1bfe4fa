// Asks how a device is reached and used: a computer by ssh, this computer through the agent, or what a person
// wants changed of a known one.
#pragma once

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

#include "engine/remote/transport.h"

namespace lathe::app {

class DeviceDialog : public QDialog {
    Q_OBJECT
  public:
    // A new device of this transport, or a known one: then its address stays.
    DeviceDialog(const remote::DeviceAddress& address, const QString& name, bool known, QWidget* parent);
    remote::DeviceAddress address() const;
    QString name() const;

  private:
    void check();

    remote::DeviceAddress m_before;
    QLineEdit *m_host = nullptr, *m_name, *m_folder, *m_prefix;
    QComboBox* m_architecture;
    QPlainTextEdit* m_environment;
    QLabel* m_hint;
    QPushButton* m_accept;
};

}  // namespace lathe::app
