// Which cores a thread may run on, and which it runs on. Linux only; elsewhere nothing is pinned.
#pragma once

#include <span>
#include <vector>

namespace lathe::base {

// Of the calling thread. Empty when the system does not tell.
std::vector<int> allowedCores();
// Lets the calling thread run on these cores only. False when the system refuses, and nothing changes then.
bool pinThread(std::span<const int> cores);
// The core the calling thread is on now, -1 when the system does not tell.
int currentCore();

// Keeps the calling thread on some cores while it lives; no cores: leaves it alone. Threads started meanwhile
// inherit the cores.
class Pinned {
  public:
    explicit Pinned(std::span<const int> cores);
    ~Pinned();
    Pinned(const Pinned&) = delete;
    Pinned& operator=(const Pinned&) = delete;

    bool held() const { return m_held; }

  private:
    std::vector<int> m_before;
    bool m_held = false;
};

}  // namespace lathe::base
