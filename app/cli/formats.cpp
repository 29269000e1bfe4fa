// lathe-cli formats: the model formats that can be read and written, plugins included, and the loaders of
// data.
#include "engine/formats/format.h"

#include "app/cli/option_lines.h"
#include "app/cli/verb.h"
#include "engine/data/dataset.h"

namespace lathe::cli {
namespace {

int show(Output& output) {
    auto list = nlohmann::json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto* format : formats::all()) {
        std::string extensions;
        for (const auto extension : format->extensions)
            extensions += (extensions.empty() ? "" : " ") + std::string(extension);
        // What reads a folder only looks after its own writing: no verb opens one.
        const bool reads = format->read && !format->folder;
        rows.push_back({std::string(format->name), reads ? "yes" : "no", format->write ? "yes" : "no",
                        extensions, std::string(format->title)});
        list.push_back({{"name", format->name},
                        {"title", format->title},
                        {"reads", reads},
                        {"writes", format->write != nullptr},
                        {"extensions", extensions}});
    }
    output.table({"format", "reads", "writes", "extensions", "title"}, rows);
    output.line("");
    output.line("Loaders of data (--loader), with their options (--data-option)");
    auto loaders = nlohmann::json::array();
    for (const auto& loader : data::loaders()) {
        output.line(fmt::format("  {:28} {}", loader.name, loader.title));
        showOptions(loader.options, output);
        loaders.push_back(
            {{"name", loader.name}, {"title", loader.title}, {"options", optionList(loader.options)}});
    }
    output.result({{"formats", list}, {"loaders", loaders}});
    return kGood;
}

}  // namespace

Verb formatsVerb() {
    return {"formats", "List model formats and loaders of data", "lathe-cli formats --json",
            [](CLI::App&) -> Action { return show; }};
}

}  // namespace lathe::cli
