#include "app/gui/samples.h"

#include <QCoreApplication>
#include <QDir>

namespace lathe::app {

QString samplesFolder() {
    const auto program = QCoreApplication::applicationDirPath();
    for (const auto& folder :
         {program + QStringLiteral("/../share/lathe/samples"), QStringLiteral(LATHE_SAMPLES_DIR)})
        if (QDir(folder).exists(QStringLiteral("digits.onnx"))) return QDir(folder).canonicalPath();
    return {};
}

std::vector<Sample> samples() {
    const auto folder = samplesFolder();
    if (folder.isEmpty()) return {};
    const auto tr = [](const char* text) { return QCoreApplication::translate("Samples", text); };
    return {{folder + QStringLiteral("/digits.onnx"), tr("Handwritten digits, small CNN"),
             tr("12 nodes, 8 x 8 images, comes with labelled data")},
            {folder + QStringLiteral("/digits_residual.onnx"), tr("Handwritten digits, residual network"),
             tr("Residual blocks in two stages, comes with labelled data")}};
}

}  // namespace lathe::app
