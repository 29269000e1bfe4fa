#include "engine/base/param_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lathe::base {

Result<Params> paramsFromJson(const nlohmann::json& json) {
    if (!json.is_object()) return Error::badInput("Options must be a JSON object of names and values.");
    Params params;
    for (const auto& entry : json.items()) {
        const auto& name = entry.key();
        const auto& item = entry.value();
        const auto all = [&](auto test) {
            return item.is_array() && std::all_of(item.begin(), item.end(), test);
        };
        if (item.is_boolean())
            params.set(name, item.get<bool>());
        else if (item.is_number_integer())
            params.set(name, item.get<int64_t>());
        else if (item.is_number())
            params.set(name, item.get<double>());
        else if (item.is_string())
            params.set(name, item.get<std::string>());
        else if (all([](const auto& j) { return j.is_string(); }))
            params.set(name, item.get<std::vector<std::string>>());
        else if (all([](const auto& j) { return j.is_number_integer(); }))
            params.set(name, item.get<std::vector<int64_t>>());
        else if (all([](const auto& j) { return j.is_number(); }))
            params.set(name, item.get<std::vector<double>>());
        else
            return Error::badInput(
                fmt::format("Option {}: {} is neither a value nor a list of values.", name, item.dump()));
    }
    return params;
}

}  // namespace lathe::base
