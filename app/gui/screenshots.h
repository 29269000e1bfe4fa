// `lathe --screenshots DIR [FILE]`: opens the sample (or FILE), makes variants, measures them, walks every
// page and dialog in both themes, then every page in the smallest window, and writes a PNG of each. What the
// README shows and what a reviewer looks at.
#pragma once

#include <QObject>
#include <QString>

#include "app/gui/preferences.h"

namespace lathe::app {

class MainWindow;

class Screenshots : public QObject {
    Q_OBJECT
  public:
    Screenshots(MainWindow& window, Preferences& preferences, const QString& folder, const QString& model);

  public slots:
    void start();  // quits the program at the end; exit code 1 when a file cannot be written

  private:
    void wait();                     // until no job runs, events handled
    bool grab(const QString& name);  // of the window
    bool save(QWidget& widget, const QString& name);
    bool openTour();
    void walkPages(const QString& suffix);
    void walkDialogs(const QString& suffix);

    MainWindow& m_window;
    Preferences& m_preferences;
    QString m_folder;
    QString m_model;
    bool m_failed = false;
};

}  // namespace lathe::app
