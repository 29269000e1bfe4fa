#include "app/jobs/jobs.h"

#include <algorithm>

#include "widgets/style/engine_text.h"

namespace lathe::app {
namespace {

constexpr size_t kKeptFinished = 50;

// Since a thread took the job.
double secondsSince(qint64 begunAt) {
    return begunAt ? static_cast<double>(QDateTime::currentMSecsSinceEpoch() - begunAt) / 1000.0 : 0;
}

}  // namespace

Jobs::Jobs(QObject* parent) : QObject(parent) {
    m_timer.setInterval(50);
    connect(&m_timer, &QTimer::timeout, this, &Jobs::poll);
}

Jobs::~Jobs() { cancelAll(); }

JobId Jobs::add(const QString& title, const QString& tag, base::Progress progress, Begin begunAt) {
    if (!tag.isEmpty()) drop(tag);
    const JobId id = m_next++;
    m_running.push_back({id, tag, std::move(progress), std::move(begunAt)});
    if (tag.isEmpty()) m_states.push_back({id, title, {}, 0, JobState::Phase::waiting, {}, 0});
    m_timer.start();
    emit changed();
    return id;
}

bool Jobs::finish(JobId id, bool ok, const base::Error* error) {
    const auto entry = std::find_if(m_running.begin(), m_running.end(),
                                    [&](const Entry& e) { return std::abs(e.id) == id; });
    if (entry == m_running.end()) return false;
    const bool wanted = entry->id > 0, shown = entry->showsItself;
    const double seconds = secondsSince(*entry->begunAt);
    m_running.erase(entry);
    QString failedTitle, failedMessage;
    for (auto& state : m_states) {
        if (state.id != id) continue;
        const bool cancelled = error && error->kind == base::Error::Kind::cancelled;
        state.phase = ok          ? JobState::Phase::done
                      : cancelled ? JobState::Phase::cancelled
                                  : JobState::Phase::failed;
        state.fraction = ok ? 1 : state.fraction;
        state.seconds = seconds;
        if (error && !cancelled) {
            state.message = QString::fromStdString(error->message);
            failedTitle = state.title;
            failedMessage = state.message;
        }
    }
    while (m_states.size() > kKeptFinished && m_states.front().phase >= JobState::Phase::done)
        m_states.erase(m_states.begin());
    if (m_running.empty()) m_timer.stop();
    emit changed();
    if (!failedMessage.isEmpty()) emit failed(failedTitle, failedMessage, shown);
    return wanted;
}

void Jobs::showsItself(JobId id) {
    for (auto& entry : m_running)
        if (entry.id == id) entry.showsItself = true;
}

void Jobs::outlivesWorkspace(JobId id) {
    for (auto& entry : m_running)
        if (entry.id == id) entry.outlivesWorkspace = true;
}

void Jobs::tell(const base::Progress& job, QPointer<QObject> receiver, std::function<void()> news) {
    m_threads.answer([job, receiver = std::move(receiver), news = std::move(news)] {
        if (receiver && !job.cancelled()) news();
    });
}

void Jobs::endWorkspace() {
    for (auto& entry : m_running) {
        if (entry.outlivesWorkspace) continue;
        entry.progress.cancel();
        entry.ended = true;
    }
}

bool Jobs::hasEnded(JobId id) const {
    return std::any_of(m_running.begin(), m_running.end(),
                       [id](const Entry& entry) { return entry.id == id && entry.ended; });
}

void Jobs::drop(const QString& tag) {
    for (auto& entry : m_running) {
        if (entry.tag != tag || entry.id < 0) continue;
        entry.progress.cancel();
        entry.id = -entry.id;
    }
}

void Jobs::cancel(JobId id) {
    for (auto& entry : m_running)
        if (entry.id == id) entry.progress.cancel();
}

void Jobs::cancelAll() {
    for (auto& entry : m_running) entry.progress.cancel();
}

bool Jobs::busy() const {
    return std::any_of(m_running.begin(), m_running.end(), [](const Entry& e) { return e.tag.isEmpty(); });
}

void Jobs::clearFinished() {
    std::erase_if(m_states, [](const JobState& s) { return s.phase >= JobState::Phase::done; });
    emit changed();
}

void Jobs::poll() {
    bool any = false;
    for (const auto& entry : m_running)
        for (auto& state : m_states) {
            if (state.id != entry.id) continue;
            const qint64 begunAt = *entry.begunAt;
            if (!begunAt) continue;
            const auto now = entry.progress.snapshot();
            state.fraction = now.fraction;
            state.stage = style::engineText(now.stage);
            state.phase = JobState::Phase::running;
            state.seconds = secondsSince(begunAt);
            any = true;
        }
    if (any) emit changed();
}

}  // namespace lathe::app
