#include "engine/profile/sampler.h"

#include <algorithm>

#include "engine/base/cores.h"
#include "engine/base/pinning.h"

namespace lathe::profile {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kInterval = std::chrono::milliseconds(250);
constexpr int kShare = 20;                // a reading takes at most one in so many parts of the time
constexpr size_t kMostReadings = 20'000;  // more than an hour
constexpr size_t kFewestWatts = 4;
// The kernel counts processor time in hundredths of a second: shorter differences are mostly rounding.
constexpr double kShortestLoad = 0.1;

double secondsBetween(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double>(to - from).count();
}

}  // namespace

Sampler::Sampler(std::filesystem::path root, Clock::time_point start, std::vector<int> measured)
    : m_root(std::move(root)),
      m_start(start),
      m_thread([this, cores = std::move(measured)] { work(cores); }) {}

Sampler::~Sampler() {
    if (m_thread.joinable()) (void)stop();
}

Series Sampler::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    m_thread.join();
    return std::move(m_series);
}

void Sampler::work(const std::vector<int>& measured) {
    std::vector<int> others;
    for (const auto& core : base::readCores())
        if (std::find(measured.begin(), measured.end(), core.number) == measured.end())
            others.push_back(core.number);
    // Where all are measured, and where the system refuses, it runs anywhere.
    if (!measured.empty() && !others.empty()) base::pinThread(others);
    std::unique_lock lock(m_mutex);
    for (bool last = false; !last;) {
        last = m_stop;
        lock.unlock();
        const auto before = Clock::now();
        read();
        const auto pause = std::max<Clock::duration>(kInterval, kShare * (Clock::now() - before));
        lock.lock();
        if (!last) m_wake.wait_for(lock, pause, [this] { return m_stop; });
    }
}

void Sampler::put(Quantity quantity, const std::string& of, std::optional<double> value) {
    auto& tracks = m_series.tracks;
    auto track = std::find_if(tracks.begin(), tracks.end(),
                              [&](const Track& t) { return t.quantity == quantity && t.of == of; });
    if (track == tracks.end()) {
        if (!value) return;
        track = tracks.insert(track, Track{quantity, of, {}});
    }
    // Two zones of one name: the first one counts.
    if (track->values.size() >= m_series.seconds.size()) return;
    track->values.resize(m_series.seconds.size() - 1);
    track->values.push_back(value);
}

void Sampler::read() {
    if (m_series.seconds.size() >= kMostReadings) return;
    const auto state = readDeviceState(m_root);
    const auto time = readProcessorTime(m_root);
    const double now = secondsBetween(m_start, Clock::now());
    m_series.seconds.push_back(now);
    for (const auto& cluster : state.clusters) {
        put(Quantity::frequency, cluster.role, cluster.hertz);
        put(Quantity::frequencyLimit, cluster.role, cluster.hertzAllowed);
    }
    for (const auto& zone : state.zones) put(Quantity::temperature, zone.name, zone.celsius);
    if (state.battery) {
        if (state.battery->percent)
            put(Quantity::batteryLevel, {}, static_cast<double>(*state.battery->percent));
        put(Quantity::temperature, "battery", state.battery->celsius);
        put(Quantity::power, {}, state.battery->watts);
    }
    if (state.onlineCores) put(Quantity::onlineCores, {}, static_cast<double>(*state.onlineCores));
    if (time && m_lastTime && now - m_lastSeconds >= kShortestLoad) {
        const double others = (time->everybody - m_lastTime->everybody) - (time->own - m_lastTime->own);
        put(Quantity::otherLoad, {}, std::max(0.0, others / (now - m_lastSeconds)));
    }
    if (!m_lastTime || now - m_lastSeconds >= kShortestLoad) {
        m_lastTime = time;
        m_lastSeconds = now;
    }
    // A track that this reading did not tell.
    for (auto& track : m_series.tracks) track.values.resize(m_series.seconds.size());
}

std::optional<double> meanWatts(const Series& series, double from, double to) {
    double sum = 0;
    size_t count = 0;
    for (const auto& track : series.tracks)
        for (size_t i = 0; track.quantity == Quantity::power && i < track.values.size(); ++i)
            if (track.values[i] && series.seconds[i] >= from && series.seconds[i] <= to) {
                sum += *track.values[i];
                ++count;
            }
    if (count < kFewestWatts) return {};
    return sum / static_cast<double>(count);
}

}  // namespace lathe::profile
