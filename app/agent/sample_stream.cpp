#include "app/agent/sample_stream.h"

namespace lathe::agent {
namespace {

constexpr auto kInterval = std::chrono::seconds(1);

}  // namespace

void SampleStream::add(double start, double seconds) {
    m_starts.push_back(start);
    m_seconds.push_back(seconds);
    if (std::chrono::steady_clock::now() - m_last < kInterval) return;
    m_link.write({{{"type", "samples"}, {"id", m_id}, {"starts", m_starts}, {"seconds", m_seconds}}, {}});
    m_starts.clear();
    m_seconds.clear();
    m_last = std::chrono::steady_clock::now();
}

}  // namespace lathe::agent
