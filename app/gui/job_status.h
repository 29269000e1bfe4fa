// The running job in the status bar, with progress and Cancel, while the Jobs dock is out of sight.
#pragma once

#include <QDockWidget>

#include "app/gui/job_row.h"

namespace lathe::app {

class JobStatus : public QWidget {
    Q_OBJECT
  public:
    JobStatus(Jobs& jobs, QDockWidget& dock, QWidget* parent);

  private:
    void refresh();

    Jobs& m_jobs;
    bool m_dockShown = false;
    JobRow* m_row;
};

}  // namespace lathe::app
