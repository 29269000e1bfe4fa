// First contact with an ssh host: its key, for a person to compare and confirm. A key that has changed is a
// warning first.
#pragma once

#include <QDialog>

#include "engine/remote/ssh_host_key.h"

namespace lathe::app {

class HostKeyDialog : public QDialog {
    Q_OBJECT
  public:
    HostKeyDialog(const QString& device, const remote::HostKey& key, bool changed, QWidget* parent);
};

}  // namespace lathe::app
