// Samples of a measurement on their way to the host, so that it has them when the link breaks in the middle.
#pragma once

#include <chrono>

#include "app/agent/link.h"

namespace lathe::agent {

// One thread's. Writes at most once a second, between two runs:
//   {"type": "samples", "id": n, "starts": [...], "seconds": [...]}
class SampleStream {
  public:
    SampleStream(Link& link, remote::Json id) : m_link(link), m_id(std::move(id)) {}
    void add(double start, double seconds);

  private:
    Link& m_link;
    remote::Json m_id;
    std::vector<double> m_starts, m_seconds;
    std::chrono::steady_clock::time_point m_last = std::chrono::steady_clock::now();
};

}  // namespace lathe::agent
