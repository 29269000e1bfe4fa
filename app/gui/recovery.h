// After a kill at any moment at most two seconds of work are lost: a moment after a change what is new goes
// into a recovery file, which is offered at the next start. Writing has a thread of its own, so it neither
// holds the window nor waits for long jobs.
#pragma once

#include <QObject>
#include <QTimer>

#include "app/document/document.h"
#include "app/gui/recovery_slot.h"
#include "app/jobs/task_threads.h"

namespace lathe::app {

class Recovery : public QObject {
    Q_OBJECT
  public:
    // The setting of a recovery file that says where its workspace was saved.
    static constexpr const char* kPathSetting = "recovery/path";

    Recovery(Document& document, QObject* parent);
    ~Recovery() override;  // waits for a write; the file stays unless discard() was called

    // After a change or a save: what is not saved is written a moment later; nothing is left when all is.
    void update();
    // Work was given up on purpose: there is nothing to recover any more.
    void discard();
    // The document came from this file of a program that is gone: goes on with it.
    void adopt(std::shared_ptr<RecoverySlot> slot);
    // Where this window's work would be recovered from; the file need not exist.
    QString path() const { return m_slot ? m_slot->path() : QString(); }

  private:
    void write();

    Document& m_document;
    std::shared_ptr<RecoverySlot> m_slot;
    QTimer m_timer;
    base::Progress m_progress;  // of the write in progress
    bool m_writing = false;
    bool m_warned = false;
    TaskThreads m_thread{1};
};

}  // namespace lathe::app
