#include "app/devices/device_settings.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>

#include "app/devices/askpass.h"

namespace lathe::app {
namespace {

const auto kList = QStringLiteral("devices/list");
const auto kModels = QStringLiteral("devices/models");

std::string utf8(const QVariant& value) { return value.toString().toStdString(); }
QString qt(const std::string& text) { return QString::fromStdString(text); }
std::filesystem::path pathOf(const QString& text) { return std::filesystem::path(text.toStdU16String()); }

}  // namespace

std::vector<SavedDevice> savedDevices() {
    QSettings settings;
    std::vector<SavedDevice> devices;
    const int count = settings.beginReadArray(kList);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        SavedDevice device;
        device.key = settings.value(QStringLiteral("key")).toString();
        device.name = settings.value(QStringLiteral("name")).toString();
        device.address.transport = utf8(settings.value(QStringLiteral("transport")));
        device.address.address = utf8(settings.value(QStringLiteral("address")));
        device.address.folder = utf8(settings.value(QStringLiteral("folder")));
        device.address.architecture = utf8(settings.value(QStringLiteral("architecture")));
        for (const auto& word : settings.value(QStringLiteral("runPrefix")).toStringList())
            device.address.runPrefix.push_back(word.toStdString());
        if (auto lines = environmentFrom(settings.value(QStringLiteral("environment")).toStringList()))
            device.address.environment = std::move(*lines);
        if (!device.key.isEmpty() && !device.address.transport.empty()) devices.push_back(std::move(device));
    }
    settings.endArray();
    return devices;
}

void saveDevices(const std::vector<SavedDevice>& devices) {
    QSettings settings;
    settings.remove(kList);
    settings.beginWriteArray(kList, static_cast<int>(devices.size()));
    for (size_t i = 0; i < devices.size(); ++i) {
        const auto& [key, address, name] = devices[i];
        QStringList prefix;
        for (const auto& word : address.runPrefix) prefix << qt(word);
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(QStringLiteral("key"), key);
        settings.setValue(QStringLiteral("name"), name);
        settings.setValue(QStringLiteral("transport"), qt(address.transport));
        settings.setValue(QStringLiteral("address"), qt(address.address));
        settings.setValue(QStringLiteral("folder"), qt(address.folder));
        settings.setValue(QStringLiteral("architecture"), qt(address.architecture));
        settings.setValue(QStringLiteral("runPrefix"), prefix);
        settings.setValue(QStringLiteral("environment"), environmentLines(address.environment));
    }
    settings.endArray();
}

std::map<QString, QString> toldModels() {
    std::map<QString, QString> models;
    const auto stored = QSettings().value(kModels).toMap();
    for (auto it = stored.begin(); it != stored.end(); ++it) models[it.key()] = it.value().toString();
    return models;
}

void saveToldModels(const std::map<QString, QString>& models) {
    QVariantMap stored;
    for (const auto& [serial, model] : models) stored[serial] = model;
    QSettings().setValue(kModels, stored);
}

remote::Tools deviceTools() {
    const QSettings settings;
    remote::Tools tools;
    tools.adb = pathOf(settings.value(QStringLiteral("devices/adb")).toString());
    tools.ssh = pathOf(settings.value(QStringLiteral("devices/ssh")).toString());
    const auto folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    tools.knownHosts = pathOf(folder + QStringLiteral("/known_hosts"));
    tools.agents = pathOf(qEnvironmentVariable("LATHE_AGENTS"));
    tools.askpass = askpassOf(QCoreApplication::applicationFilePath());
    return tools;
}

QStringList environmentLines(const base::Environment& environment) {
    QStringList lines;
    for (const auto& [name, value] : environment) lines << qt(name + "=" + value);
    return lines;
}

base::Result<base::Environment> environmentFrom(const QStringList& lines) {
    base::Environment environment;
    for (const auto& line : lines) {
        if (line.trimmed().isEmpty()) continue;
        const auto at = line.indexOf(QLatin1Char('='));
        if (at <= 0) return base::Error::badInput(line.toStdString());
        environment.emplace_back(line.left(at).trimmed().toStdString(), line.mid(at + 1).toStdString());
    }
    return environment;
}

QString joinedWords(const std::vector<std::string>& words) {
    QStringList parts;
    for (const auto& word : words) {
        auto text = qt(word);
        const bool plain = !text.isEmpty() && !text.contains(QLatin1Char(' '));
        text.replace(QLatin1Char('"'), QStringLiteral("\"\"\""));
        parts << (plain ? text : QLatin1Char('"') + text + QLatin1Char('"'));
    }
    return parts.join(QLatin1Char(' '));
}

std::vector<std::string> splitWords(const QString& text) {
    std::vector<std::string> words;
    for (const auto& word : QProcess::splitCommand(text)) words.push_back(word.toStdString());
    return words;
}

}  // namespace lathe::app
