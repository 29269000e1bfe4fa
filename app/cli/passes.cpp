// lathe-cli passes: the passes, presets and compressors there are, with their options.
#include "app/cli/option_lines.h"
#include "app/cli/verb.h"
#include "engine/compress/compressor.h"
#include "engine/passes/pass.h"

namespace lathe::cli {
namespace {

int show(Output& output) {
    nlohmann::json json = {{"passes", nlohmann::json::array()},
                           {"presets", nlohmann::json::array()},
                           {"compressors", nlohmann::json::array()}};
    output.line("Passes");
    for (const auto& pass : passes::all()) {
        output.line(fmt::format("  {:28} {}", pass.name, pass.summary));
        showOptions(pass.options, output);
        json["passes"].push_back(
            {{"name", pass.name}, {"summary", pass.summary}, {"options", optionList(pass.options)}});
    }
    output.line("Presets");
    for (const auto& preset : passes::presets()) {
        output.line(fmt::format("  {:28} {}", preset.name, preset.summary));
        json["presets"].push_back({{"name", preset.name}, {"summary", preset.summary}});
    }
    output.line("Compressors");
    for (const auto& compressor : compress::all()) {
        output.line(fmt::format("  {:28} {}", compressor.name, compressor.summary));
        showOptions(compressor.options, output);
        json["compressors"].push_back({{"name", compressor.name},
                                       {"summary", compressor.summary},
                                       {"options", optionList(compressor.options)}});
    }
    output.result(json);
    return kGood;
}

}  // namespace

Verb passesVerb() {
    return {"passes", "List passes, presets and compressors", "lathe-cli passes",
            [](CLI::App&) -> Action { return show; }};
}

}  // namespace lathe::cli
