// What happens between main() and the window: language, theme, work left by a program that died.
#pragma once

#include <QApplication>
#include <QTranslator>
#include <functional>

#include "app/gui/preferences.h"

namespace lathe::app {

class MainWindow;

class StartUp : public QObject {
    Q_OBJECT
  public:
    // `language` wins over the preferred one unless it is empty.
    StartUp(QApplication& app, Preferences& preferences, const QString& language = {});
    // Asks about recovery files, if there are any: recover, keep for later, discard. `then` runs afterwards.
    static void offerRecovery(MainWindow& window, const std::function<void()>& then);

  private:
    void applyTheme();

    Preferences& m_preferences;
    QTranslator m_own, m_qt;
};

}  // namespace lathe::app
