#include <fmt/format.h>

#include "engine/profile/json_fields.h"
#include "engine/profile/search.h"

namespace lathe::profile {
namespace {

using Json = nlohmann::json;

// Statistics alone, as the samples of a search are not kept.
Json statisticsToJson(const Statistics& s) {
    return {{"median", s.median},
            {"mean", s.mean},
            {"minimum", s.minimum},
            {"maximum", s.maximum},
            {"p90", s.p90},
            {"p99", s.p99},
            {"mad", s.medianAbsoluteDeviation},
            {"variation", s.variation},
            {"count", s.count}};
}

Statistics statisticsFromJson(const Json& json) {
    Statistics s;
    s.median = number(json.at("median"));
    s.mean = number(json.at("mean"));
    s.minimum = number(json.at("minimum"));
    s.maximum = number(json.at("maximum"));
    s.p90 = number(json.at("p90"));
    s.p99 = number(json.at("p99"));
    s.medianAbsoluteDeviation = number(json.at("mad"));
    s.variation = number(json.at("variation"));
    s.count = json.at("count").get<int64_t>();
    return s;
}

}  // namespace

Json toJson(const SearchResult& result) {
    auto list = Json::array();
    for (const auto& candidate : result.candidates) {
        const auto& c = candidate.configuration;
        list.push_back({{"copies", c.copies},
                        {"threads", c.threads},
                        {"where", c.where},
                        {"cores", c.cores},
                        {"latency", statisticsToJson(candidate.latency)},
                        {"throughput", candidate.throughput},
                        {"plannedBytes", candidate.plannedBytes},
                        {"peakBytes", candidate.peakBytes}});
    }
    return {{"candidates", std::move(list)},
            {"bestLatency", result.bestLatency},
            {"bestThroughput", result.bestThroughput}};
}

base::Result<SearchResult> searchResultFromJson(const Json& json) {
    try {
        SearchResult result;
        for (const auto& item : json.at("candidates")) {
            Candidate candidate;
            auto& c = candidate.configuration;
            c.copies = whole(item.at("copies"), 1, kMostThreads);
            c.threads = whole(item.at("threads"), 1, kMostThreads);
            c.where = item.at("where").get<std::string>();
            for (const auto& cores : item.at("cores")) c.cores.push_back(coreNumbers(cores));
            candidate.latency = statisticsFromJson(item.at("latency"));
            candidate.throughput = number(item.at("throughput"));
            candidate.plannedBytes = item.at("plannedBytes").get<uint64_t>();
            candidate.peakBytes = item.at("peakBytes").get<uint64_t>();
            result.candidates.push_back(std::move(candidate));
        }
        result.bestLatency = json.at("bestLatency").get<size_t>();
        result.bestThroughput = json.at("bestThroughput").get<size_t>();
        if (result.bestLatency >= result.candidates.size() ||
            result.bestThroughput >= result.candidates.size())
            throw Unsound("the best one is not among them");
        return result;
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("A search is not sound: {}.", error.what()));
    } catch (const Unsound& error) {
        return base::Error::badInput(fmt::format("A search is not sound: {}.", error.what()));
    }
}

base::Result<SearchOptions> searchOptionsFromJson(const Json& json) {
    try {
        SearchOptions o;
        if (json.contains("seconds")) o.seconds = number(json.at("seconds"));
        if (json.contains("rounds")) o.rounds = whole(json.at("rounds"), 1, 1000);
        o.copies = json.value("copies", o.copies);
        return o;
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("What is to be searched cannot be read: {}.", error.what()));
    } catch (const Unsound& error) {
        return base::Error::badInput(fmt::format("What is to be searched cannot be read: {}.", error.what()));
    }
}

Json toJson(const SearchOptions& o) {
    return {{"seconds", o.seconds}, {"rounds", o.rounds}, {"copies", o.copies}};
}

}  // namespace lathe::profile
