#include "app/jobs/mailbox.h"

namespace lathe::app {

Mailbox::~Mailbox() {
    const std::lock_guard lock(m_mutex);
    m_letters.clear();
}

void Mailbox::post(Letter letter) {
    put(std::move(letter));
    QMetaObject::invokeMethod(this, "runOne", Qt::QueuedConnection);
}

void Mailbox::put(Letter letter) {
    const std::lock_guard lock(m_mutex);
    m_letters.push_back(std::move(letter));
}

void Mailbox::runOne() {
    Letter letter;
    {
        const std::lock_guard lock(m_mutex);
        if (m_letters.empty()) return;
        letter = std::move(m_letters.front());
        m_letters.pop_front();
    }
    letter();
}

}  // namespace lathe::app
