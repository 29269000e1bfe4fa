// Describes one dataset: file or folder, loader with its options, part of it, preprocessing. Checks it by
// reading the first sample in a job.
#pragma once

#include <QComboBox>
#include <QDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <optional>

#include "app/document/document.h"
#include "app/jobs/jobs.h"
#include "widgets/forms/param_form.h"

namespace lathe::app {

class DatasetDialog : public QDialog {
    Q_OBJECT
  public:
    // With an entry it edits that one.
    DatasetDialog(Document& document, Jobs& jobs, QWidget* parent,
                  const std::optional<project::DatasetEntry>& edited = {});
    project::DatasetEntry entry() const;
    void setPath(const QString& path);

  private:
    void browse(bool folder);
    void showLoader();  // the options of the chosen loader
    void changed();     // checks when typing has paused
    void check();
    bool nameIsFree() const;

    Document& m_document;
    Jobs& m_jobs;
    project::DatasetEntry m_before;
    QFormLayout* m_form;
    QLineEdit *m_path, *m_name, *m_chain;
    QComboBox *m_loader, *m_split;
    QSpinBox* m_count;
    QLabel* m_result;
    QPushButton* m_accept;
    forms::ParamForm* m_options = nullptr;
    std::vector<base::ParamSpec> m_optionSpecs;
    QTimer m_pause;
};

}  // namespace lathe::app
