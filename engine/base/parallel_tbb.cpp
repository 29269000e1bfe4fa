#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <thread>

#include "engine/base/denormals.h"
#include "engine/base/parallel.h"

namespace lathe::base {
namespace {

thread_local bool t_insideBody = false;

}  // namespace

struct Workers::Arena {
    oneapi::tbb::task_arena arena;
};

int coreCount() { return static_cast<int>(std::max(1u, std::thread::hardware_concurrency())); }

Workers::Workers(int threads) : m_threads(threads > 0 ? threads : coreCount()) {
    if (m_threads > 1) m_arena = std::make_unique<Arena>(Arena{oneapi::tbb::task_arena(m_threads)});
}

Workers::~Workers() = default;

void Workers::forRange(int64_t count, int64_t grain, FunctionRef<void(int64_t, int64_t)> body) const {
    if (count <= 0) return;
    const int64_t pieces = std::min<int64_t>(
        (count + std::max<int64_t>(grain, 1) - 1) / std::max<int64_t>(grain, 1), int64_t{m_threads} * 4);
    if (m_threads == 1 || pieces <= 1 || t_insideBody) return body(0, count);
    const bool flushDenormals = FlushDenormals::isOn();
    m_arena->arena.execute([&] {
        oneapi::tbb::parallel_for(
            int64_t{0}, pieces, int64_t{1},
            [&](int64_t piece) {
                const FlushDenormals mode(flushDenormals);
                t_insideBody = true;
                body(count * piece / pieces, count * (piece + 1) / pieces);
                t_insideBody = false;
            },
            oneapi::tbb::simple_partitioner());
    });
}

}  // namespace lathe::base
