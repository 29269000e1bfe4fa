// What a person saves from a view: over an earlier file as a whole or not at all.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>

namespace lathe::style {

// Whether it was written; the earlier file stays when it was not.
bool saveFile(const QString& path, const QByteArray& bytes);

// The image as PNG, whatever the name of a file is.
QByteArray pngOf(const QImage& image);

}  // namespace lathe::style
