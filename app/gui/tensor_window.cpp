#include "app/gui/tensor_window.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>
#include <QVBoxLayout>

#include "engine/data/npy.h"
#include "widgets/inspector/tensor_view.h"

namespace lathe::app {

TensorWindow::TensorWindow(Jobs& jobs, const tensor::Tensor& tensor, const QString& name,
                           const QString& about, QWidget* parent)
    : QDialog(parent), m_jobs(jobs), m_name(name) {
    setObjectName(QStringLiteral("tensorWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Tensor %1").arg(name));
    resize(900, 600);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    auto* view = new inspector::TensorView(this);
    layout->addWidget(view);
    connect(view, &inspector::TensorView::saveRequested, this, &TensorWindow::save);
    view->setTensor(tensor, about);
}

void TensorWindow::save(const tensor::Tensor& tensor) {
    QSettings settings;
    auto file = m_name;
    file.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9._-]+")), QStringLiteral("_"));
    QFileDialog dialog(this, tr("Save tensor"), settings.value(QStringLiteral("tensorFolder")).toString(),
                       tr("NumPy arrays (*.npy)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("npy"));
    dialog.selectFile(file + QStringLiteral(".npy"));
    if (dialog.exec() != QDialog::Accepted) return;
    const auto path = dialog.selectedFiles().constFirst();
    settings.setValue(QStringLiteral("tensorFolder"), QFileInfo(path).absolutePath());
    const auto job = m_jobs.start<bool>(
        tr("Save %1").arg(QFileInfo(path).fileName()),
        [tensor, path](const base::Progress&) -> base::Result<bool> {
            if (auto status = data::writeNpy(std::filesystem::path(path.toStdU16String()), tensor); !status)
                return status.error();
            return true;
        },
        this, [](base::Result<bool>) {});
    m_jobs.outlivesWorkspace(job);
}

}  // namespace lathe::app
