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
    return {
        {folder + QStringLiteral("/digits.onnx"),
         QCoreApplication::translate("Samples", "Handwritten digits, small CNN"),
         QCoreApplication::translate("Samples", "12 nodes, 8 x 8 images, comes with labelled data")},
        {folder + QStringLiteral("/digits_residual.onnx"),
         QCoreApplication::translate("Samples", "Handwritten digits, residual network"),
         QCoreApplication::translate("Samples", "Residual blocks in two stages, comes with labelled data")}};
}

}  // namespace lathe::app
