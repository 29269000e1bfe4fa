#include "engine/evaluate/json.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace lathe::evaluate {
namespace {

using Json = nlohmann::json;

Json number(double value) {
    if (std::isfinite(value)) return value;
    return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}
double numberFrom(const Json& json) {
    if (!json.is_string()) return json.get<double>();
    const auto& text = json.get_ref<const std::string&>();
    return text == "inf" ? INFINITY : text == "-inf" ? -INFINITY : NAN;
}

TensorError errorFrom(const Json& json) {
    TensorError error;
    error.valueA.index = json.at("valueA").get<uint32_t>();
    error.valueB.index = json.at("valueB").get<uint32_t>();
    error.nodeA.index = json.at("nodeA").get<uint32_t>();
    error.nodeB.index = json.at("nodeB").get<uint32_t>();
    error.name = json.at("name").get<std::string>();
    error.meanSquaredError = numberFrom(json.at("meanSquaredError"));
    error.sqnr = numberFrom(json.at("sqnr"));
    error.cosine = numberFrom(json.at("cosine"));
    error.largest = numberFrom(json.at("largest"));
    error.largestRelative = numberFrom(json.at("largestRelative"));
    error.count = json.at("count").get<int64_t>();
    error.notFinite = json.value("notFinite", int64_t{0});
    // Workspaces from before notFinite say NaN of such tensors.
    if (std::isnan(error.sqnr)) error.sqnr = -INFINITY;
    return error;
}

Json listOf(const std::vector<TensorError>& errors) {
    auto list = Json::array();
    for (const auto& error : errors) list.push_back(toJson(error));
    return list;
}

}  // namespace

Json toJson(const TensorError& error) {
    return {{"valueA", error.valueA.index},
            {"valueB", error.valueB.index},
            {"nodeA", error.nodeA.index},
            {"nodeB", error.nodeB.index},
            {"name", error.name},
            {"meanSquaredError", number(error.meanSquaredError)},
            {"sqnr", number(error.sqnr)},
            {"cosine", number(error.cosine)},
            {"largest", number(error.largest)},
            {"largestRelative", number(error.largestRelative)},
            {"count", error.count},
            {"notFinite", error.notFinite}};
}

Json toJson(const PairedCounts& counts) {
    return {{"bothRight", counts.bothRight},   {"onlyFirst", counts.onlyFirst},
            {"onlySecond", counts.onlySecond}, {"bothWrong", counts.bothWrong},
            {"sameAnswer", counts.sameAnswer}, {"total", counts.total},
            {"pValue", number(counts.pValue)}};
}

Json toJson(const Evaluation& evaluation) {
    auto metrics = Json::array();
    for (const auto& m : evaluation.metrics)
        metrics.push_back({{"name", m.name},
                           {"title", m.title},
                           {"value", number(m.value)},
                           {"standardError", number(m.standardError)},
                           {"unit", m.unit}});
    Json json = {{"dataset", evaluation.dataset},     {"samples", evaluation.samples},
                 {"metrics", std::move(metrics)},     {"classNames", evaluation.classNames},
                 {"confusion", evaluation.confusion}, {"answers", evaluation.answers},
                 {"correct", evaluation.correct},     {"seconds", number(evaluation.seconds)}};
    if (!evaluation.datasetIdentity.empty()) json["datasetIdentity"] = evaluation.datasetIdentity;
    if (!evaluation.device.empty()) json["device"] = evaluation.device;
    return json;
}

Json toJson(const Comparison& comparison) {
    Json json = {{"dataset", comparison.dataset},
                 {"samples", comparison.samples},
                 {"paired", toJson(comparison.paired)},
                 {"tensors", listOf(comparison.tensors)},
                 {"outputs", listOf(comparison.outputs)}};
    if (!comparison.deviceA.empty()) json["deviceA"] = comparison.deviceA;
    if (!comparison.deviceB.empty()) json["deviceB"] = comparison.deviceB;
    return json;
}

base::Result<Evaluation> evaluationFromJson(const Json& json) {
    try {
        Evaluation evaluation;
        evaluation.dataset = json.at("dataset").get<std::string>();
        evaluation.datasetIdentity = json.value("datasetIdentity", std::string());
        evaluation.samples = json.at("samples").get<int64_t>();
        for (const auto& m : json.at("metrics"))
            evaluation.metrics.push_back({m.at("name").get<std::string>(), m.at("title").get<std::string>(),
                                          numberFrom(m.at("value")), numberFrom(m.at("standardError")),
                                          m.at("unit").get<std::string>()});
        evaluation.classNames = json.at("classNames").get<std::vector<std::string>>();
        evaluation.confusion = json.at("confusion").get<std::vector<int64_t>>();
        evaluation.answers = json.at("answers").get<std::vector<int32_t>>();
        evaluation.correct = json.at("correct").get<std::vector<uint8_t>>();
        evaluation.seconds = numberFrom(json.at("seconds"));
        evaluation.device = json.value("device", std::string());
        const auto classes = evaluation.classNames.size();
        if (!evaluation.confusion.empty() && evaluation.confusion.size() != classes * classes)
            return base::Error::badInput("Evaluation: the confusion matrix does not fit the classes.");
        return evaluation;
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("Evaluation: {}.", error.what()));
    }
}

base::Result<Comparison> comparisonFromJson(const Json& json) {
    try {
        Comparison comparison;
        comparison.dataset = json.at("dataset").get<std::string>();
        comparison.samples = json.at("samples").get<int64_t>();
        comparison.deviceA = json.value("deviceA", std::string());
        comparison.deviceB = json.value("deviceB", std::string());
        const auto& paired = json.at("paired");
        comparison.paired = {paired.at("bothRight").get<int64_t>(),  paired.at("onlyFirst").get<int64_t>(),
                             paired.at("onlySecond").get<int64_t>(), paired.at("bothWrong").get<int64_t>(),
                             paired.at("sameAnswer").get<int64_t>(), paired.at("total").get<int64_t>(),
                             numberFrom(paired.at("pValue"))};
        for (const auto& e : json.at("tensors")) comparison.tensors.push_back(errorFrom(e));
        for (const auto& e : json.at("outputs")) comparison.outputs.push_back(errorFrom(e));
        return comparison;
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("Comparison: {}.", error.what()));
    }
}

}  // namespace lathe::evaluate
