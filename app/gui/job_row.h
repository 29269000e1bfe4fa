// One job: title with stage, bar, Cancel.
#pragma once

#include <QWidget>

#include "app/jobs/jobs.h"

class QLabel;
class QProgressBar;
class QToolButton;

namespace lathe::app {

class JobRow : public QWidget {
    Q_OBJECT
  public:
    JobRow(Jobs& jobs, QWidget* parent);
    void show(const JobState& state);

  private:
    QLabel* m_text;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    JobId m_id = 0;
};

}  // namespace lathe::app
