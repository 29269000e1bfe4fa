// Describes a dataset: file, loader, part of it, preprocessing; checks it by reading the first sample.
#pragma once

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include "app/document/document.h"

namespace lathe::app {

class DatasetDialog : public QDialog {
    Q_OBJECT
  public:
    DatasetDialog(Document& document, QWidget* parent);
    project::DatasetEntry entry() const;
    void setPath(const QString& path);

  private:
    void browse();
    void check();

    Document& m_document;
    QLineEdit *m_path, *m_name, *m_chain;
    QComboBox *m_loader, *m_split;
    QSpinBox* m_count;
    QLabel* m_result;
    QPushButton* m_add;
};

}  // namespace lathe::app
