#include "engine/profile/measure.h"

#include <algorithm>
#include <chrono>

#include "engine/base/cores.h"
#include "engine/base/parallel.h"
#include "engine/base/pinning.h"
#include "engine/base/thread_limit.h"
#include "engine/profile/bindings.h"
#include "engine/profile/conditions.h"
#include "engine/profile/device_state_reader.h"
#include "engine/profile/flags.h"
#include "engine/profile/node_clocks.h"
#include "engine/profile/sampler.h"

namespace lathe::profile {
namespace {

constexpr size_t kFewestSamples = 5;
constexpr int kClockEvery = 10;          // runs, in sustained mode
constexpr size_t kMostClocked = 10'000;  // each holds a time a node
// Minutes of a tiny model are millions of runs: then every second sample is dropped, and of those to come.
constexpr size_t kMostSustained = 20'000;

using Clock = std::chrono::steady_clock;
double secondsBetween(Clock::time_point start, Clock::time_point end) {
    return std::chrono::duration<double>(end - start).count();
}

// One measurement, from beginning to end on one thread.
class Measurement {
  public:
    Measurement(const ir::GraphPtr& graph, std::span<const tensor::RuntimeValue> inputs,
                const MeasureOptions& options, const base::Progress& progress)
        : m_graph(graph), m_inputs(inputs), m_options(options), m_progress(progress) {}

    base::Result<Profile> measure() {
        const auto chosen = base::chooseCores(m_options.cores, base::readCores(m_options.root));
        if (!chosen) return chosen.error();
        begin(*chosen);
        base::Status status;
        {
            Sampler sampler(m_options.root, m_start, *chosen);
            status = m_options.mode == Mode::cold ? cold(*chosen) : warm(*chosen);
            m_profile.series = sampler.stop();
        }
        if (!status && !(m_options.keepPartial && !m_profile.seconds.empty())) return status.error();
        if (!status) m_profile.flags.push_back(Flag::partial);
        finish();
        return std::move(m_profile);
    }

  private:
    void begin(const std::vector<int>& cores) {
        m_profile.conditions = conditionsHere(*m_graph, m_inputs);
        auto& conditions = m_profile.conditions;
        conditions.mode = m_options.mode;
        conditions.threadsWanted = std::max(0, m_options.session.threads);
        conditions.coresWanted = m_options.cores;
        conditions.coresAsked = cores;
        conditions.emulated = m_options.emulated || isEmulated(m_options.root, m_progress);
        m_profile.before = readWholeDeviceState(m_options.root, m_progress);
        m_session = m_options.session;
        m_session.cores = cores;
        if (m_session.threads <= 0)
            m_session.threads = cores.empty() ? base::coreCount() : static_cast<int>(cores.size());
        m_session.threads = std::min(m_session.threads, base::mostThreads());
        conditions.threads = m_session.threads;
        bindDimensions(*m_graph, m_inputs, m_session);
        forgetPeak();
        m_profile.startResidentBytes = residentBytes();
        m_start = Clock::now();
    }

    // Opens the session, timed. The one before is gone by then, with its memory.
    base::Result<double> open(const base::Progress& progress) {
        m_open = nullptr;
        const auto before = Clock::now();
        auto session = runtime::open(m_graph, m_session, progress);
        if (!session) return session.error();
        const double seconds = secondsBetween(before, Clock::now());
        m_open = std::move(*session);
        m_profile.conditions.device = m_open->deviceName();
        return seconds;
    }

    base::Result<double> run(std::vector<runtime::NodeTime>* times = nullptr) {
        runtime::RunOptions run;
        run.progress = &m_progress;
        run.nodeTimes = times;
        ++m_runs;
        const auto start = Clock::now();
        auto outputs = m_open->run(m_inputs, run);
        const double seconds = secondsBetween(start, Clock::now());
        if (!outputs) return outputs.error();
        return seconds;
    }

    base::Status clockedRun() {
        std::vector<runtime::NodeTime> times;
        times.reserve(m_clocked.runs.empty() ? 1024 : m_clocked.runs.back().size());
        const auto seconds = run(&times);
        if (!seconds) return seconds.error();
        m_clocked.seconds.push_back(*seconds);
        m_clocked.runs.push_back(std::move(times));
        return {};
    }

    void addSample(Clock::time_point start, double seconds, SampleCores cores) {
        m_profile.starts.push_back(secondsBetween(m_start, start));
        m_profile.seconds.push_back(seconds);
        m_profile.cores.push_back(cores);
        if (m_options.onSample) m_options.onSample(m_profile.starts.back(), seconds);
    }

    base::Status coolDown() {
        const auto rest =
            m_options.coolDown.restCelsius ? m_options.coolDown.restCelsius : hottest(m_profile.before);
        if (m_options.coolDown.mostSeconds <= 0 || !rest) return {};
        const auto cooled =
            waitUntilCool(m_options.root, *rest, m_options.coolDown.mostSeconds, m_progress.part(0.1, 0.15));
        if (!cooled) return cooled.error();
        if (!*cooled) return {};
        m_profile.conditions.coolDownSeconds = (*cooled)->seconds;
        m_profile.conditions.cooledDown = (*cooled)->cool;
        return {};
    }

    base::Status warm(const std::vector<int>& cores) {
        m_progress.report(0, "Planning");
        const auto loaded = open(m_progress.part(0, 0.1));
        if (!loaded) return loaded.error();
        m_profile.loadSeconds = *loaded;
        const base::Pinned pinned(cores);
        m_profile.conditions.pinned = pinned.held();
        m_progress.report(0.1, "First run");
        const auto first = run();
        if (!first) return first.error();
        m_profile.firstRunSeconds = *first;
        if (auto status = coolDown(); !status) return status;

        const auto warming = Clock::now();
        for (int i = 0; i < m_options.warmup; ++i) {
            if (secondsBetween(warming, Clock::now()) > m_options.seconds / 4) break;
            m_progress.report(0.15, "Warming up");
            if (const auto seconds = run(); !seconds) return seconds.error();
            ++m_profile.conditions.warmupRuns;
        }
        return runMany();
    }

    base::Status runMany() {
        const bool sustained = m_options.mode == Mode::sustained;
        const int clockEvery = sustained ? kClockEvery : 1;
        int64_t stride = 1;
        m_measuring = Clock::now();
        m_runs = 0;
        for (int64_t i = 0; sustained || i < m_options.runs; ++i) {
            const double passed = secondsBetween(m_measuring, Clock::now());
            if (passed > m_options.seconds && m_profile.seconds.size() >= kFewestSamples) break;
            const double share = sustained ? passed / m_options.seconds : double(i) / m_options.runs;
            m_progress.report(0.2 + 0.8 * std::min(1.0, share), "Measuring");
            SampleCores on{base::currentCore(), -1};
            const auto start = Clock::now();
            const auto seconds = run();
            if (!seconds) return seconds.error();
            on.end = base::currentCore();
            if (i % stride == 0) addSample(start, *seconds, on);
            if (sustained && m_profile.seconds.size() >= kMostSustained) {
                thinOut();
                stride *= 2;
            }
            if (m_options.nodes && i % clockEvery == 0 && m_clocked.runs.size() < kMostClocked)
                if (auto status = clockedRun(); !status) return status;
        }
        return {};
    }

    void thinOut() {
        const auto half = [](auto& values) {
            for (size_t i = 0; 2 * i < values.size(); ++i) values[i] = values[2 * i];
            values.resize((values.size() + 1) / 2);
        };
        half(m_profile.seconds);
        half(m_profile.starts);
        half(m_profile.cores);
    }

    base::Status cold(const std::vector<int>& cores) {
        // Nothing is loaded yet, so that the device is as warm as others left it.
        if (auto status = coolDown(); !status) return status;
        m_measuring = Clock::now();
        for (int i = 0; i < m_options.runs; ++i) {
            if (m_profile.seconds.size() >= kFewestSamples &&
                secondsBetween(m_measuring, Clock::now()) > m_options.seconds)
                break;
            m_progress.report(0.2 + 0.8 * i / m_options.runs, "Measuring cold starts");
            const auto start = Clock::now();
            // The plan is new each time: progress of its own would jump back and forth.
            const auto loaded =
                open(m_progress.part(0.2 + 0.8 * i / m_options.runs, 0.2 + 0.8 * i / m_options.runs));
            if (!loaded) return loaded.error();
            const base::Pinned pinned(cores);
            m_profile.conditions.pinned = pinned.held();
            SampleCores on{base::currentCore(), -1};
            const auto first = run();
            if (!first) return first.error();
            on.end = base::currentCore();
            m_profile.loads.push_back(*loaded);
            addSample(start, *loaded + *first, on);
        }
        return {};
    }

    void finish() {
        auto& p = m_profile;
        const double from = secondsBetween(m_start, m_measuring), to = secondsBetween(m_start, Clock::now());
        p.time = statistics(p.seconds);
        if (m_options.mode == Mode::cold) {
            p.loadSeconds = statistics(p.loads).median;
            std::vector<double> firsts;
            for (size_t i = 0; i < p.loads.size(); ++i) firsts.push_back(p.seconds[i] - p.loads[i]);
            p.firstRunSeconds = statistics(firsts).median;
        } else if (const auto watts = meanWatts(p.series, from, to); watts && m_runs > 0) {
            p.joulesPerInference = *watts * (to - from) / static_cast<double>(m_runs);
        }
        if (m_open) {
            addNodes(p, m_clocked, *m_open, m_inputs);
            const auto memory = m_open->memory();
            p.arenaBytes = memory.arenaBytes;
            p.lowerBoundBytes = memory.lowerBoundBytes;
            p.weightBytes = memory.weightBytes;
            p.packedBytes = memory.packedBytes;
        }
        p.peakResidentBytes = peakResidentBytes();
        // A cancelled measurement that is kept still wants to know how it ended.
        p.after = readWholeDeviceState(m_options.root, {});
        p.conditions.modelHash = modelHash(*m_graph);
        p.flags = judge(p, base::coreCount());
        m_progress.report(1, "Measured");
    }

    const ir::GraphPtr& m_graph;
    std::span<const tensor::RuntimeValue> m_inputs;
    const MeasureOptions& m_options;
    const base::Progress& m_progress;
    runtime::SessionOptions m_session;
    std::unique_ptr<runtime::Session> m_open;
    Clock::time_point m_start, m_measuring;
    int64_t m_runs = 0;  // since measuring began
    ClockedRuns m_clocked;
    Profile m_profile;
};

}  // namespace

base::Result<Profile> measure(const ir::GraphPtr& graph, std::span<const tensor::RuntimeValue> inputs,
                              const MeasureOptions& options, const base::Progress& progress) {
    return Measurement(graph, inputs, options, progress).measure();
}

}  // namespace lathe::profile
