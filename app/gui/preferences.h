// What a person sets once: theme, language, wheel, threads, programs. Stored by QSettings, announced to
// whoever listens.
#pragma once

#include <QObject>
#include <QString>

namespace lathe::app {

enum class ThemeChoice { system, light, dark };
enum class WheelChoice { pan, zoom };

class Preferences : public QObject {
    Q_OBJECT
  public:
    explicit Preferences(QObject* parent = nullptr);

    ThemeChoice theme() const;
    QString language() const;  // "en", "zh_CN", or empty for the system's
    WheelChoice wheel() const;
    int threads() const;  // 0: one per core
    // Programs that reach devices; empty: found in PATH.
    QString adbPath() const;
    QString sshPath() const;
    void setAdbPath(const QString& path);
    void setSshPath(const QString& path);
    void setTheme(ThemeChoice theme);
    void setLanguage(const QString& language);
    void setWheel(WheelChoice wheel);
    void setThreads(int threads);

  signals:
    void changed();
    void toolsChanged();  // adb or ssh
};

}  // namespace lathe::app
