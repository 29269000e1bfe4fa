// Messages of the engine and of failed jobs, newest last.
#pragma once

#include <QDockWidget>
#include <QPlainTextEdit>

#include "app/jobs/mailbox.h"

namespace lathe::app {

class LogDock : public QDockWidget {
    Q_OBJECT
  public:
    explicit LogDock(QWidget* parent);
    ~LogDock() override;
    void add(const QString& line);

  private:
    QPlainTextEdit* m_text;
    Mailbox m_messages;  // they come from any thread
};

}  // namespace lathe::app
