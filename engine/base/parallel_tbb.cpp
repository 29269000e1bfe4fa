#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "engine/base/denormals.h"
#include "engine/base/parallel.h"
#include "engine/base/pinning.h"
#include "engine/base/thread_limit.h"

namespace lathe::base {
namespace {

thread_local bool t_insideBody = false;
thread_local std::vector<int> t_cores, t_before;  // where this helping thread is kept, and where it was

// Helping threads serve every arena, and an observer is not told who leaves an arena that is gone: so each
// piece looks whether its thread is where it should be.
void stayOn(const std::vector<int>& cores) {
    if (t_cores == cores) return;
    if (t_cores.empty()) t_before = allowedCores();
    pinThread(cores.empty() ? t_before : cores);
    t_cores = cores;
}

// Else oneTBB takes the number that the first arena asks for as its own bound, and later ones run with less
// than they were given, or with a warning on standard error.
void boundThreads() {
    static const oneapi::tbb::global_control bound(oneapi::tbb::global_control::max_allowed_parallelism,
                                                   static_cast<size_t>(mostThreads()));
}

}  // namespace

struct Workers::Arena {
    oneapi::tbb::task_arena arena;
    std::vector<int> cores;
};

int coreCount() { return static_cast<int>(std::max(1u, std::thread::hardware_concurrency())); }

Workers::Workers(int threads, std::vector<int> cores)
    : m_threads(
          std::min(threads > 0 ? threads : (cores.empty() ? coreCount() : static_cast<int>(cores.size())),
                   mostThreads())) {
    if (m_threads == 1) return;
    boundThreads();
    m_arena = std::make_unique<Arena>(Arena{oneapi::tbb::task_arena(m_threads), std::move(cores)});
}

Workers::~Workers() = default;

void Workers::forRange(int64_t count, int64_t grain, FunctionRef<void(int64_t, int64_t)> body) const {
    if (count <= 0) return;
    const int64_t pieces = std::min<int64_t>(
        (count + std::max<int64_t>(grain, 1) - 1) / std::max<int64_t>(grain, 1), int64_t{m_threads} * 4);
    if (m_threads == 1 || pieces <= 1 || t_insideBody) return body(0, count);
    const bool flushDenormals = FlushDenormals::isOn();
    const auto caller = std::this_thread::get_id();
    m_arena->arena.execute([&] {
        oneapi::tbb::parallel_for(
            int64_t{0}, pieces, int64_t{1},
            [&](int64_t piece) {
                const FlushDenormals mode(flushDenormals);
                if (std::this_thread::get_id() != caller) stayOn(m_arena->cores);
                t_insideBody = true;
                body(count * piece / pieces, count * (piece + 1) / pieces);
                t_insideBody = false;
            },
            oneapi::tbb::simple_partitioner());
    });
}

}  // namespace lathe::base
