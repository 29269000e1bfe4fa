// `lathe --screenshots DIR`: opens the sample, makes variants, measures them, walks every page in both themes
// and writes a PNG of each. What the README shows and what a reviewer looks at.
#pragma once

#include <QObject>
#include <QString>

#include "app/gui/preferences.h"

namespace lathe::app {

class MainWindow;

class Screenshots : public QObject {
    Q_OBJECT
  public:
    Screenshots(MainWindow& window, Preferences& preferences, const QString& folder);

  public slots:
    void start();  // quits the program at the end; exit code 1 when a file cannot be written

  private:
    void wait();  // until no job runs, events handled
    bool grab(const QString& name);
    void walk(const QString& suffix);

    MainWindow& m_window;
    Preferences& m_preferences;
    QString m_folder;
    bool m_failed = false;
};

}  // namespace lathe::app
