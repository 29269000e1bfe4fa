#include "engine/profile/machine.h"

#include <algorithm>
#include <chrono>
#include <new>

#include "engine/base/memory_block.h"
#include "engine/base/parallel.h"
#include "engine/base/pinning.h"
#include "engine/kernels/cpu/micro.h"

namespace lathe::profile {
namespace {

constexpr int kRounds = 8;
constexpr int64_t kSteps = 100000;
constexpr int64_t kElements = int64_t{8} << 20;  // of each array: 32 MiB

template <typename Work>
double bestSeconds(const base::Progress& progress, Work work) {
    double best = 1e9;
    for (int round = 0; round < kRounds && !progress.cancelled(); ++round) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best =
            std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

double measureFlops(const base::Workers& workers, const base::Progress& progress) {
    const int64_t threads = workers.threads();
    const auto& micro = kernels::micro();
    std::vector<float> results(static_cast<size_t>(threads * 64));
    std::vector<int64_t> done(static_cast<size_t>(threads));
    const double seconds = bestSeconds(progress, [&] {
        workers.forRange(threads, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i)
                done[static_cast<size_t>(i)] = micro.multiplyAdds(kSteps, results.data() + i * 64);
        });
    });
    double operations = 0;
    for (const auto count : done) operations += static_cast<double>(count);
    return operations / seconds;
}

double measureBandwidth(const base::Workers& workers, const base::Progress& progress) {
    const size_t bytes = static_cast<size_t>(kElements) * sizeof(float);
    const base::MemoryBlock a(bytes), b(bytes), c(bytes);
    auto* x = reinterpret_cast<float*>(a.data());
    auto* y = reinterpret_cast<float*>(b.data());
    auto* z = reinterpret_cast<float*>(c.data());
    // Memory that was never written need not exist.
    std::fill_n(y, kElements, 1.0f);
    std::fill_n(z, kElements, 2.0f);
    const double seconds = bestSeconds(progress, [&] {
        workers.forRange(kElements, kElements / workers.threads(), [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) x[i] = y[i] + 3.0f * z[i];
        });
    });
    return 3.0 * static_cast<double>(bytes) / seconds;
}

}  // namespace

base::Result<Machine> measureMachine(int threads, const base::Progress& progress,
                                     const std::vector<int>& cores) {
    const base::Workers workers(threads, cores);
    const base::Pinned pinned(cores);
    Machine machine;
    machine.threads = workers.threads();
    try {
        machine.flops = measureFlops(workers, progress);
        machine.bytesPerSecond = measureBandwidth(workers, progress);
    } catch (const std::bad_alloc&) {
        return base::Error{
            "This computer has not enough free memory to measure its memory. Close other programs."};
    }
    if (auto status = progress.check(); !status) return status.error();
    return machine;
}

}  // namespace lathe::profile
