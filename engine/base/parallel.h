// The one door to threads for kernels and loaders: oneTBB behind it on the desktop, a plain pool in the
// agent.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/base/function_ref.h"

namespace lathe::base {

// A bounded share of the machine's threads. Any thread may call; calls from inside a body run inline (never
// nested).
class Workers {
  public:
    // threads <= 0 means one per core, of those given where some are. The helping threads stay on `cores`,
    // where the system lets them; the calling thread is its owner's to pin (base/pinning.h).
    explicit Workers(int threads = 0, std::vector<int> cores = {});
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    int threads() const { return m_threads; }

    // Calls body(begin, end) on pieces that cover [0, count); pieces hold at least `grain` items but for the
    // last. The split depends on count, grain and threads only, and the call returns when all pieces are
    // done. With one thread or one piece the body runs on the caller. The body must not throw. It runs in the
    // caller's mode for denormal numbers.
    void forRange(int64_t count, int64_t grain, FunctionRef<void(int64_t, int64_t)> body) const;

  private:
    struct Arena;
    int m_threads;
    std::unique_ptr<Arena> m_arena;
};

int coreCount();

}  // namespace lathe::base
