// Running and finished jobs, each with progress and a Cancel that works.
#pragma once

#include <QDockWidget>
#include <QVBoxLayout>

#include "app/jobs/jobs.h"

namespace lathe::app {

class JobRow;

class JobsDock : public QDockWidget {
    Q_OBJECT
  public:
    JobsDock(Jobs& jobs, QWidget* parent);

  private:
    void refresh();

    Jobs& m_jobs;
    QVBoxLayout* m_rows;
    std::vector<JobRow*> m_items;
    QWidget* m_empty;
};

}  // namespace lathe::app
