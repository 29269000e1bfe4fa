// Theme, language, wheel, threads, programs. Changes apply at once; the language at the next start.
#pragma once

#include <QDialog>

#include "app/gui/preferences.h"

namespace lathe::app {

class SettingsDialog : public QDialog {
    Q_OBJECT
  public:
    SettingsDialog(Preferences& preferences, QWidget* parent);
};

}  // namespace lathe::app
