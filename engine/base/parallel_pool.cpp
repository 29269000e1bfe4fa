// The facade over plain threads: for the agent, which carries no oneTBB, and for the thread sanitizer, which
// cannot see how oneTBB orders memory.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/base/denormals.h"
#include "engine/base/parallel.h"
#include "engine/base/pause.h"
#include "engine/base/pinning.h"
#include "engine/base/thread_limit.h"

namespace lathe::base {
namespace {

thread_local bool t_insideBody = false;

// A network is a row of short calls: who waits for the next one or for its end looks for it this long before
// it sleeps, as waking a thread takes as long as many an operator. Half of it at full speed, then lets others
// run between two looks.
constexpr auto kLongestSpin = std::chrono::microseconds(50);
constexpr int kPausesAtOnce = 32;

// True when `ready` was while spinning.
template <typename Ready>
bool spinUntil(bool allowed, Ready ready) {
    if (ready()) return true;
    if (!allowed) return false;
    const auto start = std::chrono::steady_clock::now();
    auto waited = start - start;
    do {
        for (int i = 0; i < kPausesAtOnce; ++i) {
            if (ready()) return true;
            pause();
        }
        waited = std::chrono::steady_clock::now() - start;
        if (waited > kLongestSpin / 2) std::this_thread::yield();
    } while (waited < kLongestSpin);
    return ready();
}

// Each thread begins with a part of the pieces that is its own in every call, as its caches hold what it
// wrote in the call before; whoever is done helps with the other parts.
constexpr int64_t kMostParts = 16;

struct alignas(64) Part {  // a line of the cache each
    std::atomic<int64_t> next{0};
    int64_t end = 0;
};

struct Job {
    Job(FunctionRef<void(int64_t, int64_t)> theBody, int64_t theCount, int64_t thePieces, int64_t threads)
        : body(theBody),
          count(theCount),
          pieces(thePieces),
          partCount(std::min({threads, pieces, kMostParts})) {
        for (int64_t i = 0; i < partCount; ++i) {
            auto& part = parts[static_cast<size_t>(i)];
            part.next.store(pieces * i / partCount, std::memory_order_relaxed);
            part.end = pieces * (i + 1) / partCount;
        }
    }

    void runPieces(int64_t thread) {
        const FlushDenormals mode(flushDenormals);
        t_insideBody = true;
        for (int64_t i = 0; i < partCount; ++i) {
            auto& part = parts[static_cast<size_t>((thread + i) % partCount)];
            for (int64_t piece = part.next++; piece < part.end; piece = part.next++)
                body(count * piece / pieces, count * (piece + 1) / pieces);
        }
        t_insideBody = false;
    }

    FunctionRef<void(int64_t, int64_t)> body;
    const int64_t count, pieces, partCount;
    const bool flushDenormals = FlushDenormals::isOn();  // of the caller
    std::array<Part, kMostParts> parts;
    std::atomic<int> helpers{0};  // changed under the pool's mutex
};

}  // namespace

struct Workers::Arena {
    // Spinning threads that wait for a core would keep it from those who work.
    Arena(int helpers, const std::vector<int>& cores)
        : m_spins(helpers < (cores.empty() ? coreCount() : static_cast<int>(cores.size()))) {
        for (int i = 0; i < helpers; ++i)
            m_threads.emplace_back([this, cores, i] {
                if (!cores.empty()) pinThread(cores);
                help(i + 1);
            });
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
            m_open.store(m_jobs.size(), std::memory_order_release);
        }
        m_wake.notify_all();
        job.runPieces(0);
        {
            const std::lock_guard lock(m_mutex);
            close(job);
        }
        // Nobody joins a closed job.
        const auto left = [&] { return job.helpers.load(std::memory_order_acquire) == 0; };
        if (spinUntil(m_spins, left)) return;
        std::unique_lock lock(m_mutex);
        m_left.wait(lock, left);
    }

  private:
    void close(Job& job) {
        std::erase(m_jobs, &job);
        m_open.store(m_jobs.size(), std::memory_order_release);
    }

    void help(int64_t thread) {
        while (true) {
            spinUntil(m_spins, [this] { return m_stop || m_open.load(std::memory_order_acquire) > 0; });
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stop || !m_jobs.empty(); });
            if (m_stop) return;
            Job& job = *m_jobs.front();
            ++job.helpers;
            lock.unlock();
            job.runPieces(thread);
            lock.lock();
            close(job);  // no piece is left
            // The job may be gone once its caller sees this.
            if (--job.helpers == 0) m_left.notify_all();
        }
    }

    const bool m_spins;
    std::mutex m_mutex;
    std::condition_variable m_wake, m_left;
    std::deque<Job*> m_jobs;          // that have pieces left, oldest first
    std::atomic<size_t> m_open{0};    // how many those are; changed under the mutex
    std::atomic<bool> m_stop{false};  // the same
    std::vector<std::thread> m_threads;
};

int coreCount() { return static_cast<int>(std::max(1u, std::thread::hardware_concurrency())); }

Workers::Workers(int threads, std::vector<int> cores)
    : m_threads(
          std::min(threads > 0 ? threads : (cores.empty() ? coreCount() : static_cast<int>(cores.size())),
                   mostThreads())) {
    if (m_threads > 1) m_arena = std::make_unique<Arena>(m_threads - 1, cores);
}

Workers::~Workers() = default;

void Workers::forRange(int64_t count, int64_t grain, FunctionRef<void(int64_t, int64_t)> body) const {
    if (count <= 0) return;
    const int64_t pieces = std::min<int64_t>(
        (count + std::max<int64_t>(grain, 1) - 1) / std::max<int64_t>(grain, 1), int64_t{m_threads} * 4);
    if (m_threads == 1 || pieces <= 1 || t_insideBody) return body(0, count);
    Job job(body, count, pieces, m_threads);
    m_arena->run(job);
}

}  // namespace lathe::base
