// A recovery file and the lock that says whose it is: the lock dies with its program, so a file whose lock
// can be taken was left by one that is gone. Programs that run at the same time have a slot each.
#pragma once

#include <QString>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/project/save_memory.h"
#include "engine/project/workspace.h"

namespace lathe::app {

// Any thread.
class RecoverySlot {
  public:
    // A new one, without a file yet. Null when the folder cannot be written.
    static std::shared_ptr<RecoverySlot> create();
    // Those of programs that are gone, newest first; they belong to this program while they live here.
    static std::vector<std::shared_ptr<RecoverySlot>> leftovers();
    ~RecoverySlot();  // lets go of the file, which stays
    RecoverySlot(const RecoverySlot&) = delete;
    RecoverySlot& operator=(const RecoverySlot&) = delete;

    const QString& path() const { return m_path; }
    base::Status write(const project::Workspace& workspace, project::SaveMemory& memory,
                       const base::Progress& progress);
    // Removes the file, also one that a write in another thread is about to leave.
    void discard();

  private:
    RecoverySlot(QString path, int lock) : m_path(std::move(path)), m_lock(lock) {}
    static std::shared_ptr<RecoverySlot> claim(const QString& path);
    void removeFiles();

    QString m_path;
    int m_lock;
    std::mutex m_mutex;
    int m_discarded = 0;  // guarded by m_mutex
};

}  // namespace lathe::app
