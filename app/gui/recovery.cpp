#include "app/gui/recovery.h"

#include <signal.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <filesystem>

namespace lathe::app {
namespace {

QString folder() {
    const auto path =
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/recovery");
    QDir().mkpath(path);
    return path;
}

}  // namespace

Recovery::Recovery(Document& document, Jobs& jobs, QObject* parent)
    : QObject(parent), m_document(document), m_jobs(jobs) {
    m_path = QStringLiteral("%1/%2.lathe-workspace").arg(folder()).arg(QCoreApplication::applicationPid());
    m_timer.setSingleShot(true);
    m_timer.setInterval(1500);
    const auto touched = [this] {
        if (!m_document.isEmpty() && m_document.isModified() && !m_timer.isActive()) m_timer.start();
    };
    connect(&m_document, &Document::workspaceChanged, this, touched);
    connect(&m_document, &Document::measurementsChanged, this, touched);
    connect(&m_timer, &QTimer::timeout, this, &Recovery::write);
}

void Recovery::write() {
    const auto workspace = m_document.workspace();
    m_jobs.start<bool>(
        tr("Write recovery file"),
        [workspace, path = m_path](const base::Progress& progress) -> base::Result<bool> {
            auto status = project::save(*workspace, std::filesystem::path(path.toStdU16String()), progress);
            if (!status) return status.error();
            return true;
        },
        this, [](base::Result<bool>) {}, QStringLiteral("recovery"));
}

QStringList Recovery::leftovers() {
    QStringList files;
    const QDir dir(folder());
    for (const auto& name : dir.entryList({QStringLiteral("*.lathe-workspace")}, QDir::Files, QDir::Time)) {
        bool isNumber = false;
        const auto pid = name.section(QLatin1Char('.'), 0, 0).toLongLong(&isNumber);
        // Signal 0 only asks whether the process lives.
        if (isNumber && pid != QCoreApplication::applicationPid() && ::kill(static_cast<pid_t>(pid), 0) != 0)
            files << dir.filePath(name);
    }
    return files;
}

void Recovery::discard() {
    m_timer.stop();
    QFile::remove(m_path);
}

}  // namespace lathe::app
