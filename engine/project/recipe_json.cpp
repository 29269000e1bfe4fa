// Recipes as JSON, version first:
//   {"lathe_recipe": 1, "steps": [{"kind": "pass", "name": "...", "options": {...}, "dataset": "..."}]}
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "engine/base/param_json.h"
#include "engine/project/json.h"

namespace lathe::project {
namespace {

using Json = nlohmann::json;
constexpr int kVersion = 1;
constexpr const char* kVersionKey = "lathe_recipe";
constexpr std::array<std::string_view, 5> kKinds = {"open", "pass", "preset", "compress", "edit"};

// Without the library's own number of the error in front.
std::string reason(const Json::exception& error) {
    const std::string text = error.what();
    const auto end = text.find("] ");
    return end == std::string::npos ? text : text.substr(end + 2);
}

}  // namespace

Json stepToJson(const RecipeStep& step) {
    Json json = {{"kind", kKinds[static_cast<size_t>(step.kind)]}, {"name", step.name}};
    if (!step.options.values().empty()) json["options"] = base::toJson(step.options);
    if (!step.dataset.empty()) json["dataset"] = step.dataset;
    return json;
}

base::Result<RecipeStep> stepFromJson(const Json& json) {
    try {
        RecipeStep step;
        const auto kind = json.at("kind").get<std::string>();
        const auto it = std::find(kKinds.begin(), kKinds.end(), kind);
        if (it == kKinds.end())
            return base::Error::badInput(fmt::format(
                "The kind \"{}\" of a step is not one of open, pass, preset, compress, edit.", kind));
        step.kind = static_cast<RecipeStep::Kind>(it - kKinds.begin());
        step.name = json.at("name").get<std::string>();
        if (json.contains("options")) {
            auto options = base::paramsFromJson(json.at("options"));
            if (!options) return options.error().inside(step.name);
            step.options = std::move(*options);
        }
        step.dataset = json.value("dataset", std::string());
        return step;
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("A step of the recipe is not sound: {}.", reason(error)));
    }
}

std::string toJson(const Recipe& recipe) {
    auto steps = Json::array();
    for (const auto& step : recipe) steps.push_back(stepToJson(step));
    // Names may hold any bytes a file system allows; what is no UTF-8 is replaced instead of thrown at.
    return Json{{kVersionKey, kVersion}, {"steps", std::move(steps)}}.dump(2, ' ', false,
                                                                           Json::error_handler_t::replace) +
           "\n";
}

base::Result<Recipe> recipeFromJson(std::string_view text) {
    try {
        const auto json = Json::parse(text);
        if (!json.is_object() || !json.contains(kVersionKey))
            return base::Error::badInput(
                fmt::format("This is not a recipe: the field {} is missing.", kVersionKey));
        const auto version = json.at(kVersionKey).get<int64_t>();
        if (version < 1 || version > kVersion)
            return base::Error::badInput(
                fmt::format("The recipe has version {}, this program reads up to {}. Use a newer program.",
                            version, kVersion));
        Recipe recipe;
        for (const auto& item : json.at("steps")) {
            auto step = stepFromJson(item);
            if (!step) return step.error().inside(fmt::format("step {}", recipe.size() + 1));
            recipe.push_back(std::move(*step));
        }
        return recipe;
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("The recipe is not sound JSON: {}.", reason(error)));
    }
}

}  // namespace lathe::project
