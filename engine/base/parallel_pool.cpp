// The facade over plain threads: for the agent, which carries no oneTBB, and for the thread sanitizer, which
// cannot see how oneTBB orders memory.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/base/denormals.h"
#include "engine/base/parallel.h"

namespace lathe::base {
namespace {

thread_local bool t_insideBody = false;

struct Job {
    FunctionRef<void(int64_t, int64_t)> body;
    int64_t count, pieces;
    bool flushDenormals = FlushDenormals::isOn();  // of the caller
    std::atomic<int64_t> next{0};
    int helpers = 0;  // guarded by the pool's mutex

    void runPieces() {
        const FlushDenormals mode(flushDenormals);
        t_insideBody = true;
        for (int64_t piece = next++; piece < pieces; piece = next++)
            body(count * piece / pieces, count * (piece + 1) / pieces);
        t_insideBody = false;
    }
};

}  // namespace

struct Workers::Arena {
    explicit Arena(int helpers) {
        for (int i = 0; i < helpers; ++i) m_threads.emplace_back([this] { help(); });
    }
    ~Arena() {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_wake.notify_all();
        for (auto& thread : m_threads) thread.join();
    }
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    void run(Job& job) {
        {
            const std::lock_guard lock(m_mutex);
            m_jobs.push_back(&job);
        }
        m_wake.notify_all();
        job.runPieces();
        std::unique_lock lock(m_mutex);
        std::erase(m_jobs, &job);
        m_left.wait(lock, [&] { return job.helpers == 0; });
    }

  private:
    void help() {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_wake.wait(lock, [this] { return m_stop || !m_jobs.empty(); });
            if (m_stop) return;
            Job& job = *m_jobs.front();
            ++job.helpers;
            lock.unlock();
            job.runPieces();
            lock.lock();
            std::erase(m_jobs, &job);  // no piece is left
            if (--job.helpers == 0) m_left.notify_all();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_wake, m_left;
    std::deque<Job*> m_jobs;  // that have pieces left, oldest first
    bool m_stop = false;
    std::vector<std::thread> m_threads;
};

int coreCount() { return static_cast<int>(std::max(1u, std::thread::hardware_concurrency())); }

Workers::Workers(int threads) : m_threads(threads > 0 ? threads : coreCount()) {
    if (m_threads > 1) m_arena = std::make_unique<Arena>(m_threads - 1);
}

Workers::~Workers() = default;

void Workers::forRange(int64_t count, int64_t grain, FunctionRef<void(int64_t, int64_t)> body) const {
    if (count <= 0) return;
    const int64_t pieces = std::min<int64_t>(
        (count + std::max<int64_t>(grain, 1) - 1) / std::max<int64_t>(grain, 1), int64_t{m_threads} * 4);
    if (m_threads == 1 || pieces <= 1 || t_insideBody) return body(0, count);
    Job job{body, count, pieces};
    m_arena->run(job);
}

}  // namespace lathe::base
