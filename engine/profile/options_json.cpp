#include "engine/profile/options_json.h"

#include <fmt/format.h>

#include "engine/profile/flags.h"
#include "engine/profile/json_fields.h"

namespace lathe::profile {

using Json = nlohmann::json;

Json toJson(const MeasureOptions& o) {
    Json json = {{"mode", name(o.mode)},
                 {"runs", o.runs},
                 {"warmup", o.warmup},
                 {"seconds", o.seconds},
                 {"nodes", o.nodes},
                 {"cores", o.cores},
                 {"coolDownSeconds", o.coolDown.mostSeconds},
                 {"keepPartial", o.keepPartial},
                 {"emulated", o.emulated}};
    put(json, "restCelsius", o.coolDown.restCelsius);
    return json;
}

base::Result<MeasureOptions> measureOptionsFromJson(const Json& json) {
    try {
        MeasureOptions o;
        const auto mode = modeNamed(json.value("mode", std::string(name(o.mode))));
        if (!mode)
            return base::Error::badInput(fmt::format("There is no mode {}. There are burst, cold, sustained.",
                                                     json.at("mode").get<std::string>()));
        o.mode = *mode;
        if (json.contains("runs")) o.runs = whole(json.at("runs"), 1, 1 << 30);
        if (json.contains("warmup")) o.warmup = whole(json.at("warmup"), 0, 1 << 30);
        if (json.contains("seconds")) o.seconds = number(json.at("seconds"));
        o.nodes = json.value("nodes", o.nodes);
        o.cores = json.value("cores", o.cores);
        if (json.contains("coolDownSeconds")) o.coolDown.mostSeconds = number(json.at("coolDownSeconds"));
        get(json, "restCelsius", o.coolDown.restCelsius);
        o.keepPartial = json.value("keepPartial", o.keepPartial);
        o.emulated = json.value("emulated", o.emulated);
        return o;
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("What is to be measured cannot be read: {}.", error.what()));
    } catch (const Unsound& error) {
        return base::Error::badInput(fmt::format("What is to be measured cannot be read: {}.", error.what()));
    }
}

}  // namespace lathe::profile
