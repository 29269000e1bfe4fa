#include "engine/base/pinning.h"

#include <sched.h>

namespace lathe::base {

std::vector<int> allowedCores() {
    cpu_set_t set;
    CPU_ZERO(&set);
    std::vector<int> cores;
    if (::sched_getaffinity(0, sizeof set, &set) != 0) return cores;
    for (int core = 0; core < CPU_SETSIZE; ++core)
        if (CPU_ISSET(static_cast<size_t>(core), &set)) cores.push_back(core);
    return cores;
}

bool pinThread(std::span<const int> cores) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const int core : cores)
        if (core >= 0 && core < CPU_SETSIZE) CPU_SET(static_cast<size_t>(core), &set);
    return ::sched_setaffinity(0, sizeof set, &set) == 0;
}

int currentCore() { return ::sched_getcpu(); }

Pinned::Pinned(std::span<const int> cores) {
    if (cores.empty()) return;
    m_before = allowedCores();
    m_held = !m_before.empty() && pinThread(cores);
}

Pinned::~Pinned() {
    if (m_held) pinThread(m_before);
}

}  // namespace lathe::base
