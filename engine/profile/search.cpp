#include "engine/profile/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <thread>

#include "engine/base/guarded.h"
#include "engine/base/pinning.h"
#include "engine/profile/bindings.h"
#include "engine/profile/conditions.h"

namespace lathe::profile {
namespace {

using Clock = std::chrono::steady_clock;
double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

constexpr int kWarmup = 2;
constexpr size_t kFewestRuns = 3;  // of each copy and round, however long one takes

struct Copy {
    std::unique_ptr<runtime::Session> session;
    std::vector<double> seconds;
    base::Status status;
};

// The copies of one configuration, opened, run for a while and closed.
class Turn {
  public:
    Turn(const ir::GraphPtr& graph, std::span<const tensor::RuntimeValue> inputs,
         const SearchOptions& options, const Configuration& configuration, const base::Progress& progress)
        : m_graph(graph),
          m_inputs(inputs),
          m_options(options),
          m_configuration(configuration),
          m_progress(progress) {}

    base::Status run(Candidate& candidate, std::vector<double>& latencies, double& inferences,
                     double& elapsed) {
        forgetPeak();
        const uint64_t before = residentBytes();
        if (auto status = open(); !status) return status;
        const auto start = runCopies();
        // Copies that have ended before others leave them the device to themselves for a moment at most: each
        // ends with the run in which time is up.
        elapsed += secondsSince(start);
        const uint64_t peak = peakResidentBytes();
        candidate.peakBytes = std::max(candidate.peakBytes, std::max(peak, before) - before);
        candidate.plannedBytes = m_copies.front().session->memory().weightBytes;
        for (auto& copy : m_copies) {
            if (!copy.status) return copy.status;
            const auto memory = copy.session->memory();
            candidate.plannedBytes += memory.arenaBytes + memory.packedBytes;
            inferences += static_cast<double>(copy.seconds.size());
            latencies.insert(latencies.end(), copy.seconds.begin(), copy.seconds.end());
        }
        return {};
    }

  private:
    base::Status open() {
        for (int i = 0; i < m_configuration.copies; ++i) {
            auto options = m_options.session;
            options.threads = m_configuration.threads;
            options.cores = coresOf(i);
            bindDimensions(*m_graph, m_inputs, options);
            auto session = runtime::open(m_graph, options, m_progress.part(0, 0));
            if (!session) return session.error();
            m_copies.push_back({std::move(*session), {}, {}});
        }
        return {};
    }

    std::vector<int> coresOf(int copy) const {
        return m_configuration.cores.empty() ? std::vector<int>()
                                             : m_configuration.cores[static_cast<size_t>(copy)];
    }

    // All warm up, then start together. Gives the time of that.
    Clock::time_point runCopies() {
        Clock::time_point start;
        std::barrier ready(m_configuration.copies, [&]() noexcept { start = Clock::now(); });
        std::vector<std::thread> threads;
        threads.reserve(m_copies.size());
        for (int i = 0; i < m_configuration.copies; ++i)
            threads.emplace_back([&, i] {
                auto& copy = m_copies[static_cast<size_t>(i)];
                const auto cores = coresOf(i);
                const base::Pinned pinned(cores);
                for (int run = 0; run < kWarmup && copy.status; ++run) copy.status = runOnce(copy, nullptr);
                ready.arrive_and_wait();
                const double most = m_options.seconds / m_options.rounds;
                while (copy.status && (copy.seconds.size() < kFewestRuns || secondsSince(start) < most))
                    copy.status = runOnce(copy, &copy.seconds);
            });
        for (auto& thread : threads) thread.join();
        return start;
    }

    base::Status runOnce(Copy& copy, std::vector<double>* seconds) {
        runtime::RunOptions run;
        run.progress = &m_progress;
        const auto start = Clock::now();
        const auto outputs = base::guarded(m_name, [&] { return copy.session->run(m_inputs, run); });
        if (!outputs) return outputs.error();
        if (seconds) seconds->push_back(secondsSince(start));
        return {};
    }

    const ir::GraphPtr& m_graph;
    std::span<const tensor::RuntimeValue> m_inputs;
    const SearchOptions& m_options;
    const Configuration& m_configuration;
    const std::string m_name = describe(m_configuration);  // not made while time is taken
    const base::Progress& m_progress;
    std::vector<Copy> m_copies;
};

// Online, and open to this process: a container or taskset may leave it a part of them.
std::vector<base::Core> usableCores(const std::filesystem::path& root) {
    const auto online = base::readCores(root);
    const auto allowed = base::allowedCores();
    auto usable = online;
    std::erase_if(usable, [&](const base::Core& core) {
        return std::find(allowed.begin(), allowed.end(), core.number) == allowed.end();
    });
    return usable.empty() ? online : usable;
}

}  // namespace

base::Result<SearchResult> search(const ir::GraphPtr& graph, std::span<const tensor::RuntimeValue> inputs,
                                  const SearchOptions& options, const base::Progress& progress) {
    SearchResult result;
    for (auto& configuration : configurations(usableCores(options.root), options.copies))
        result.candidates.push_back({std::move(configuration), {}, 0, 0, 0});
    auto& candidates = result.candidates;
    std::vector<std::vector<double>> latencies(candidates.size());
    std::vector<double> inferences(candidates.size(), 0), elapsed(candidates.size(), 0);
    const auto turns = static_cast<double>(candidates.size()) * options.rounds;
    for (int round = 0; round < options.rounds; ++round)
        for (size_t i = 0; i < candidates.size(); ++i) {
            const auto& configuration = candidates[i].configuration;
            progress.report(
                (static_cast<double>(round) * static_cast<double>(candidates.size()) +
                 static_cast<double>(i)) /
                    turns,
                fmt::format("Round {} of {}: {}", round + 1, options.rounds, describe(configuration)));
            Turn turn(graph, inputs, options, configuration, progress);
            auto status = turn.run(candidates[i], latencies[i], inferences[i], elapsed[i]);
            if (status) status = progress.check();
            if (!status) return status.error();
        }
    for (size_t i = 0; i < candidates.size(); ++i) {
        candidates[i].latency = statistics(latencies[i]);
        candidates[i].throughput = elapsed[i] > 0 ? inferences[i] / elapsed[i] : 0;
        if (candidates[i].latency.median < candidates[result.bestLatency].latency.median)
            result.bestLatency = i;
        if (candidates[i].throughput > candidates[result.bestThroughput].throughput)
            result.bestThroughput = i;
    }
    progress.report(1, "Searched");
    return result;
}

}  // namespace lathe::profile
