// What an empty window shows: drop a file, recent files, samples.
#pragma once

#include <QLabel>
#include <QListWidget>
#include <QWidget>

namespace lathe::app {

class StartPage : public QWidget {
    Q_OBJECT
  public:
    explicit StartPage(QWidget* parent = nullptr);
    void refresh();

  signals:
    void openRequested();                     // ask for a file
    void pathRequested(const QString& path);  // open this one

  private:
    QListWidget* m_recent;
    QListWidget* m_samples;
    QLabel* m_noRecent;
};

}  // namespace lathe::app
