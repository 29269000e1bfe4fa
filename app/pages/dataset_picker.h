// A combo of the workspace's datasets with a button that adds one.
#pragma once

#include <QComboBox>
#include <QWidget>
#include <optional>

#include "app/document/document.h"
#include "app/jobs/jobs.h"

namespace lathe::app {

class DatasetPicker : public QWidget {
    Q_OBJECT
  public:
    DatasetPicker(Document& document, Jobs& jobs, QWidget* parent);
    // The chosen dataset; null when there is none.
    const project::DatasetEntry* entry() const;

  signals:
    void changed();

  private:
    void refresh();
    Document& m_document;
    Jobs& m_jobs;
    QComboBox* m_combo;
};

}  // namespace lathe::app
