#include "widgets/style/save_file.h"

#include <QBuffer>
#include <filesystem>
#include <string_view>

#include "engine/base/atomic_file.h"

namespace lathe::style {

bool saveFile(const QString& path, const QByteArray& bytes) {
    if (bytes.isEmpty()) return false;  // nothing could be drawn
    return base::writeFile(std::filesystem::path(path.toStdU16String()),
                           std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())))
        .ok();
}

QByteArray pngOf(const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, "PNG") ? bytes : QByteArray();
}

}  // namespace lathe::style
