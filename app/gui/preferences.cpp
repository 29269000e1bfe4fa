#include "app/gui/preferences.h"

#include <QSettings>

namespace lathe::app {

Preferences::Preferences(QObject* parent) : QObject(parent) {}

ThemeChoice Preferences::theme() const {
    const auto text = QSettings().value(QStringLiteral("theme")).toString();
    return text == QStringLiteral("light")  ? ThemeChoice::light
           : text == QStringLiteral("dark") ? ThemeChoice::dark
                                            : ThemeChoice::system;
}

QString Preferences::language() const { return QSettings().value(QStringLiteral("language")).toString(); }

WheelChoice Preferences::wheel() const {
    return QSettings().value(QStringLiteral("wheel")).toString() == QStringLiteral("zoom") ? WheelChoice::zoom
                                                                                           : WheelChoice::pan;
}

int Preferences::threads() const { return QSettings().value(QStringLiteral("threads"), 0).toInt(); }

QString Preferences::adbPath() const { return QSettings().value(QStringLiteral("devices/adb")).toString(); }

QString Preferences::sshPath() const { return QSettings().value(QStringLiteral("devices/ssh")).toString(); }

void Preferences::setAdbPath(const QString& path) {
    if (path == adbPath()) return;
    QSettings().setValue(QStringLiteral("devices/adb"), path);
    emit toolsChanged();
}

void Preferences::setSshPath(const QString& path) {
    if (path == sshPath()) return;
    QSettings().setValue(QStringLiteral("devices/ssh"), path);
    emit toolsChanged();
}

void Preferences::setTheme(ThemeChoice theme) {
    constexpr const char* kNames[] = {"system", "light", "dark"};
    QSettings().setValue(QStringLiteral("theme"), QString::fromLatin1(kNames[static_cast<int>(theme)]));
    emit changed();
}

void Preferences::setLanguage(const QString& language) {
    QSettings().setValue(QStringLiteral("language"), language);
    emit changed();
}

void Preferences::setWheel(WheelChoice wheel) {
    QSettings().setValue(QStringLiteral("wheel"),
                         wheel == WheelChoice::zoom ? QStringLiteral("zoom") : QStringLiteral("pan"));
    emit changed();
}

void Preferences::setThreads(int threads) {
    QSettings().setValue(QStringLiteral("threads"), threads);
    emit changed();
}

}  // namespace lathe::app
