// The best way to run a model on this device: how many threads, on which cores, how many copies at once.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "engine/base/cores.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/profile/profile.h"
#include "engine/runtime/session.h"

namespace lathe::profile {

// Copies of the model that run at the same time, each with its own threads and cores.
struct Configuration {
    int copies = 1;
    int threads = 1;                           // of each copy
    std::string where;                         // "big", "little", ...; "" on a computer of one kind of cores
    std::vector<std::vector<int>> cores = {};  // of each copy; empty: the system chooses
};

struct Candidate {
    Configuration configuration;
    Statistics latency;         // of one inference, over all copies
    double throughput = 0;      // inferences a second, of all copies together
    uint64_t plannedBytes = 0;  // weights once, arena and packed weights of every copy
    uint64_t peakBytes = 0;     // what the process grew by at most
};

struct SearchResult {
    std::vector<Candidate> candidates;  // in the order they were tried
    size_t bestLatency = 0;             // of these
    size_t bestThroughput = 0;
};

struct SearchOptions {
    runtime::SessionOptions session = {};  // threads and cores are what is searched for
    double seconds = 1;                    // of running, for each candidate
    int rounds = 3;      // in which each candidate has its turn, so that all see the same device
    bool copies = true;  // try several copies at once
    std::filesystem::path root = "/";  // of the kernel's files
};

// What is tried on a device with these cores. One copy: 1 to n threads on each kind of cores, and all cores;
// from eight threads on only some of the numbers. Several copies: as many as there is room for.
std::vector<Configuration> configurations(const std::vector<base::Core>& cores, bool copies);

// "2 threads on big", "4 copies x 1 thread".
std::string describe(const Configuration& configuration);

// Copies read the same mapped weights, but each packs its own: memory is that of all copies.
base::Result<SearchResult> search(const ir::GraphPtr& graph, std::span<const tensor::RuntimeValue> inputs,
                                  const SearchOptions& options, const base::Progress& progress);

nlohmann::json toJson(const SearchResult& result);
base::Result<SearchResult> searchResultFromJson(const nlohmann::json& json);
// Without the session's options, which travel beside them. A missing field has its default.
nlohmann::json toJson(const SearchOptions& options);
base::Result<SearchOptions> searchOptionsFromJson(const nlohmann::json& json);

}  // namespace lathe::profile
