// Files opened lately, newest first, remembered between starts.
#pragma once

#include <QStringList>

namespace lathe::app {

QStringList recentFiles();  // those that still exist
void addRecentFile(const QString& path);
void clearRecentFiles();

}  // namespace lathe::app
