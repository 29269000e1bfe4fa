// Closures from any thread, run on the thread of the mailbox, first in, first out. They cross under a lock of
// our own: whoever runs one sees all that its sender wrote, and a thread sanitizer sees it too, which Qt's
// own queue in an uninstrumented library would hide from it.
#pragma once

#include <QObject>
#include <deque>
#include <functional>
#include <mutex>

namespace lathe::app {

class Mailbox : public QObject {
    Q_OBJECT
  public:
    using Letter = std::function<void()>;

    explicit Mailbox(QObject* parent = nullptr) : QObject(parent) {}
    ~Mailbox() override;

    // From any thread. Letters still in the box when it dies are destroyed unread.
    void post(Letter letter);
    // Runs one letter on the calling thread; nothing when the box is empty. Any thread.
    Q_INVOKABLE void runOne();
    // Puts a letter in without asking the mailbox's own thread to run it: somebody else calls runOne.
    void put(Letter letter);

  private:
    std::mutex m_mutex;
    std::deque<Letter> m_letters;
};

}  // namespace lathe::app
