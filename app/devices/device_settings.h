// The devices of a person as QSettings keeps them on this computer.
#pragma once

#include <QString>
#include <map>
#include <vector>

#include "engine/remote/transport.h"

namespace lathe::app {

struct SavedDevice {
    QString key;
    remote::DeviceAddress address;
    QString name;  // may be empty
};

std::vector<SavedDevice> savedDevices();
void saveDevices(const std::vector<SavedDevice>& devices);

// What phones said they are, by serial number: they are called so before they are asked again.
std::map<QString, QString> toldModels();
void saveToldModels(const std::map<QString, QString>& models);

// The programs of the settings and the places where Lathe keeps its own files.
remote::Tools deviceTools();

// "NAME=VALUE" lines and back; the first line that is none of that comes back as the error.
QStringList environmentLines(const base::Environment& environment);
base::Result<base::Environment> environmentFrom(const QStringList& lines);
// Words as a person types them, quoted where they hold spaces.
QString joinedWords(const std::vector<std::string>& words);
std::vector<std::string> splitWords(const QString& text);

}  // namespace lathe::app
