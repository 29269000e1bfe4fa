#include "app/gui/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace lathe::app {
namespace {

constexpr int kKept = 12;
const auto kKey = QStringLiteral("recentFiles");

}  // namespace

QStringList recentFiles() {
    auto files = QSettings().value(kKey).toStringList();
    files.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    return files;
}

void addRecentFile(const QString& path) {
    QSettings settings;
    auto files = settings.value(kKey).toStringList();
    const auto absolute = QFileInfo(path).absoluteFilePath();
    files.removeAll(absolute);
    files.prepend(absolute);
    settings.setValue(kKey, QStringList(files.mid(0, kKept)));
}

void clearRecentFiles() { QSettings().remove(kKey); }

}  // namespace lathe::app
