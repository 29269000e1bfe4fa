// Watches how the device is doing while something is measured: a thread of its own that reads the kernel's
// files about four times a second, on cores that are not measured where there are others. A reading that
// takes long (some phones have a hundred thermal zones) makes the next one wait longer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/profile/device_state_reader.h"
#include "engine/profile/profile.h"

namespace lathe::profile {

// Used by one thread.
class Sampler {
  public:
    // Times count from `start`. `measured` may be empty: then nothing is known to be kept free of the
    // sampler.
    Sampler(std::filesystem::path root, std::chrono::steady_clock::time_point start,
            std::vector<int> measured);
    ~Sampler();
    Sampler(const Sampler&) = delete;
    Sampler& operator=(const Sampler&) = delete;

    // Ends the readings, the last of them taken now.
    Series stop();

  private:
    void work(const std::vector<int>& measured);
    void read();
    void put(Quantity quantity, const std::string& of, std::optional<double> value);

    const std::filesystem::path m_root;
    const std::chrono::steady_clock::time_point m_start;
    // The thread's until it is joined.
    Series m_series;
    std::optional<ProcessorTime> m_lastTime;
    double m_lastSeconds = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;  // guarded by m_mutex
    std::thread m_thread;
};

// Mean watts of the readings between two times, absent when fewer than four tell any.
std::optional<double> meanWatts(const Series& series, double from, double to);

}  // namespace lathe::profile
