// A window of its own for one tensor; saves it as .npy in a job. Several may be open.
#pragma once

#include <QDialog>

#include "app/jobs/jobs.h"
#include "engine/tensor/tensor.h"

namespace lathe::app {

class TensorWindow : public QDialog {
    Q_OBJECT
  public:
    TensorWindow(Jobs& jobs, const tensor::Tensor& tensor, const QString& name, const QString& about,
                 QWidget* parent);

  private:
    void save(const tensor::Tensor& tensor);

    Jobs& m_jobs;
    QString m_name;
};

}  // namespace lathe::app
