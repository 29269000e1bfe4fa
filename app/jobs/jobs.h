// Long work off the GUI thread: start, progress, cancel, deliver. Lives on the GUI thread.
#pragma once

#include <QDateTime>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "app/jobs/task_threads.h"
#include "engine/base/guarded.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace lathe::app {

using JobId = int;

// What the jobs dock shows of one job.
struct JobState {
    enum class Phase { waiting, running, done, failed, cancelled };
    JobId id = 0;
    QString title;
    QString stage;
    double fraction = 0;
    Phase phase = Phase::waiting;
    QString message;  // of a failed one
    double seconds = 0;
};

class Jobs : public QObject {
    Q_OBJECT
  public:
    explicit Jobs(QObject* parent = nullptr);
    ~Jobs() override;  // cancels everything and waits

    // Runs `work` on a worker thread and `deliver` on the GUI thread, if `receiver` still lives then. A
    // failed or cancelled job is delivered too, so that the receiver can go back to rest. Jobs with the same
    // non-empty tag replace each other: the older one is cancelled and never delivered, and such quiet jobs
    // are not listed.
    template <typename T>
    JobId start(const QString& title, std::function<base::Result<T>(const base::Progress&)> work,
                QObject* receiver, std::function<void(base::Result<T>)> deliver, const QString& tag = {});

    // Whoever started the job shows its failure where it belongs: no message box. Right after start().
    void showsItself(JobId id);
    // The job is no work on the open workspace: it goes on when that one is closed. Right after start().
    void outlivesWorkspace(JobId id);
    // From a job, on its thread: runs `news` on the GUI thread, in order and before the delivery, unless the
    // receiver is gone or the job cancelled by then.
    void tell(const base::Progress& job, QPointer<QObject> receiver, std::function<void()> news);
    // Another workspace comes, whose ids mean other things: cancels the jobs of this one and delivers all of
    // them as cancelled, those too that have finished their work.
    void endWorkspace();
    // Cancels the job with this tag, which is not delivered then: its receiver wants nothing any more.
    void drop(const QString& tag);
    void cancel(JobId id);
    void cancelAll();
    bool busy() const;
    const std::vector<JobState>& states() const { return m_states; }
    void clearFinished();

  signals:
    void changed();  // any state, at most 20 times a second
    // `shown`: whoever started the job shows it.
    void failed(const QString& title, const QString& message, bool shown);

  private:
    // When a thread took the job, in ms since the epoch; 0 while it waits for one.
    using Begin = std::shared_ptr<std::atomic<qint64>>;
    struct Entry {
        JobId id;
        QString tag;
        base::Progress progress;
        Begin begunAt;
        bool showsItself = false;
        bool outlivesWorkspace = false;
        bool ended = false;  // with its workspace
    };
    JobId add(const QString& title, const QString& tag, base::Progress progress, Begin begunAt);
    bool hasEnded(JobId id) const;
    // True when the result should be delivered (the job was not replaced).
    bool finish(JobId id, bool ok, const base::Error* error);
    void poll();

    QTimer m_timer;
    std::vector<Entry> m_running;
    std::vector<JobState> m_states;
    JobId m_next = 1;
    // Two long jobs, as one may only wait for a device or a person, and two quick ones; kernels have threads
    // of their own.
    TaskThreads m_threads{4};
};

template <typename T>
JobId Jobs::start(const QString& title, std::function<base::Result<T>(const base::Progress&)> work,
                  QObject* receiver, std::function<void(base::Result<T>)> deliver, const QString& tag) {
    base::Progress progress;
    const auto begunAt = std::make_shared<std::atomic<qint64>>(0);
    const JobId id = add(title, tag, progress, begunAt);
    QPointer<QObject> living(receiver);
    m_threads.run([this, id, progress, begunAt, living, what = title.toStdString(), work = std::move(work),
                   deliver = std::move(deliver)] {
        *begunAt = QDateTime::currentMSecsSinceEpoch();
        auto result = progress.cancelled() ? base::Result<T>(base::Error::cancelled())
                                           : base::guarded(what, [&] { return work(progress); });
        auto shared = std::make_shared<base::Result<T>>(std::move(result));
        m_threads.answer([this, id, living, shared, deliver] {
            if (hasEnded(id)) *shared = base::Error::cancelled();
            const bool wanted = finish(id, shared->ok(), shared->ok() ? nullptr : &shared->error());
            if (wanted && living) deliver(std::move(*shared));
        });
    });
    return id;
}

}  // namespace lathe::app
