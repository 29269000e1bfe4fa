// A few threads of one owner on the GUI thread: tasks go out to them, answers come back to the GUI thread.
#pragma once

#include <QThreadPool>

#include "app/jobs/mailbox.h"

namespace lathe::app {

class TaskThreads {
  public:
    // At most `threads` tasks run at once; the others wait in their order.
    explicit TaskThreads(int threads) { m_pool.setMaxThreadCount(threads); }
    // Waits for every task, so cancel them first. Answers that were not taken yet are dropped.
    ~TaskThreads() { m_pool.waitForDone(); }
    TaskThreads(const TaskThreads&) = delete;
    TaskThreads& operator=(const TaskThreads&) = delete;

    // GUI thread.
    void run(Mailbox::Letter task) {
        m_tasks.put(std::move(task));
        m_pool.start([this] { m_tasks.runOne(); });
    }
    // From a task; runs on the GUI thread while the owner lives.
    void answer(Mailbox::Letter letter) { m_answers.post(std::move(letter)); }

  private:
    Mailbox m_tasks, m_answers;
    QThreadPool m_pool;
};

}  // namespace lathe::app
