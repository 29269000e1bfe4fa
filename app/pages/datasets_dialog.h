// The datasets of the workspace: what they hold, how their first samples look; add, edit, remove. Reads in
// jobs; every change is a command of the document.
#pragma once

#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <map>
#include <optional>

#include "app/document/document.h"
#include "app/jobs/jobs.h"
#include "app/pages/dataset_info.h"
#include "widgets/tables/value_table.h"

namespace lathe::app {

class DatasetsDialog : public QDialog {
    Q_OBJECT
  public:
    DatasetsDialog(Document& document, Jobs& jobs, QWidget* parent);

  private:
    struct Known {
        project::DatasetEntry entry;
        std::optional<DatasetInfo> info;  // none: being read, or `error`
        QString error;
    };

    void refresh();
    void read(const project::DatasetEntry& entry);
    void showTable();
    void showPreview();
    const project::DatasetEntry* current() const;
    void add();
    void edit();
    void remove();

    Document& m_document;
    Jobs& m_jobs;
    std::map<std::string, Known> m_known;  // by name
    int m_current = 0;                     // row in the workspace's list
    tables::ValueTable* m_table;
    QLabel* m_about;
    QListWidget* m_preview;
    QPushButton *m_edit, *m_remove;
};

}  // namespace lathe::app
