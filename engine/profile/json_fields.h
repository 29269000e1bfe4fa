// Parts of a profile as JSON, shared by the files that read and write one. Reading throws nlohmann's
// exceptions and Unsound; who calls turns both into an Error.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "engine/profile/profile.h"

namespace lathe::profile {

class Unsound : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Neither negative nor beyond what a measurement can give.
double number(const nlohmann::json& json);
std::vector<double> times(const nlohmann::json& json);

// A whole number in a range: what is no number, or has a fraction, or lies outside, is not sound.
int whole(const nlohmann::json& json, int least, int most);
constexpr int kMostThreads = 1 << 20;
std::vector<int> coreNumbers(const nlohmann::json& json);

// A field that is left out when it is absent.
template <typename T>
void put(nlohmann::json& json, const char* key, const std::optional<T>& value) {
    if (value) json[key] = *value;
}
template <typename T>
void get(const nlohmann::json& json, const char* key, std::optional<T>& value) {
    if (const auto it = json.find(key); it != json.end() && !it->is_null()) value = it->template get<T>();
}

nlohmann::json deviceStateToJson(const DeviceState& state);
DeviceState deviceStateFromJson(const nlohmann::json& json);
nlohmann::json seriesToJson(const Series& series);
Series seriesFromJson(const nlohmann::json& json);

}  // namespace lathe::profile
