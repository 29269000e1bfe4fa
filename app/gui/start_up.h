// What happens between main() and the window: language, theme, work left by a program that died.
#pragma once

#include <QApplication>
#include <QTranslator>
#include <functional>
#include <memory>
#include <vector>

#include "app/gui/preferences.h"

namespace lathe::app {

class MainWindow;
class RecoverySlot;

class StartUp : public QObject {
    Q_OBJECT
  public:
    // `language` wins over the preferred one unless it is empty.
    StartUp(QApplication& app, Preferences& preferences, const QString& language = {});
    // Asks about recovery files one by one, the newest first: recover, keep it and the older ones for later,
    // discard. `then` runs afterwards.
    static void offerRecovery(MainWindow& window, const std::function<void()>& then);

  private:
    void applyTheme();
    // About the first, then about the next once that one is discarded.
    static void askAbout(MainWindow& window, std::vector<std::shared_ptr<RecoverySlot>> files,
                         const std::function<void()>& then);

    Preferences& m_preferences;
    QTranslator m_own, m_qt;
};

}  // namespace lathe::app
