#include "app/gui/recovery_slot.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUuid>
#include <filesystem>

namespace lathe::app {
namespace {

const QString kFile = QStringLiteral(".lathe-workspace");
const QString kLock = QStringLiteral(".lock");

QString folder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/recovery");
}

QString lockOf(const QString& path) { return path.chopped(kFile.size()) + kLock; }

std::filesystem::path toPath(const QString& path) { return {path.toStdU16String()}; }

}  // namespace

std::shared_ptr<RecoverySlot> RecoverySlot::claim(const QString& path) {
    const auto name = QFile::encodeName(lockOf(path));
    const int lock = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return nullptr;
    struct stat held {};
    struct stat named {};
    // Between opening and locking, its owner may have removed it and somebody made another.
    const bool mine = ::flock(lock, LOCK_EX | LOCK_NB) == 0 && ::fstat(lock, &held) == 0 &&
                      ::stat(name.constData(), &named) == 0 && held.st_ino == named.st_ino;
    if (mine) return std::shared_ptr<RecoverySlot>(new RecoverySlot(path, lock));
    ::close(lock);
    return nullptr;
}

std::shared_ptr<RecoverySlot> RecoverySlot::create() {
    QDir().mkpath(folder());
    return claim(folder() + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces) + kFile);
}

std::vector<std::shared_ptr<RecoverySlot>> RecoverySlot::leftovers() {
    std::vector<std::shared_ptr<RecoverySlot>> found;
    const QDir dir(folder());
    for (const auto& name : dir.entryList({QLatin1Char('*') + kFile}, QDir::Files, QDir::Time))
        if (auto slot = claim(dir.filePath(name))) found.push_back(std::move(slot));
    // Locks of programs that died before they had anything to recover.
    for (const auto& name : dir.entryList({QLatin1Char('*') + kLock}, QDir::Files)) {
        const auto path = dir.filePath(name.chopped(kLock.size()) + kFile);
        if (QFile::exists(path)) continue;
        if (const auto slot = claim(path)) slot->removeFiles();
    }
    return found;
}

RecoverySlot::~RecoverySlot() {
    if (!QFile::exists(m_path)) removeFiles();
    ::close(m_lock);
}

base::Status RecoverySlot::write(const project::Workspace& workspace, project::SaveMemory& memory,
                                 const base::Progress& progress) {
    int before = 0;
    {
        const std::lock_guard lock(m_mutex);
        before = m_discarded;
    }
    auto status = project::save(workspace, toPath(m_path), progress, &memory);
    const std::lock_guard lock(m_mutex);
    if (m_discarded != before) QFile::remove(m_path);
    return status;
}

void RecoverySlot::discard() {
    const std::lock_guard lock(m_mutex);
    ++m_discarded;
    QFile::remove(m_path);
    QFile::remove(m_path + QStringLiteral("-journal"));
}

void RecoverySlot::removeFiles() {
    const QFileInfo file(m_path);
    for (const auto& part : file.dir().entryList({QStringLiteral(".%1.*.part").arg(file.fileName())},
                                                 QDir::Files | QDir::Hidden))
        QFile::remove(file.dir().filePath(part));
    QFile::remove(m_path + QStringLiteral("-journal"));
    QFile::remove(lockOf(m_path));
}

}  // namespace lathe::app
