// lathe-cli formats: the model formats that can be read and written, plugins included.
#include "engine/formats/format.h"

#include "app/cli/verb.h"

namespace lathe::cli {
namespace {

int show(Output& output) {
    auto list = nlohmann::json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto* format : formats::all()) {
        std::string extensions;
        for (const auto extension : format->extensions)
            extensions += (extensions.empty() ? "" : " ") + std::string(extension);
        rows.push_back({std::string(format->name), format->read ? "yes" : "no", format->write ? "yes" : "no",
                        extensions, std::string(format->title)});
        list.push_back({{"name", format->name},
                        {"title", format->title},
                        {"reads", format->read != nullptr},
                        {"writes", format->write != nullptr},
                        {"extensions", extensions}});
    }
    output.table({"format", "reads", "writes", "extensions", "title"}, rows);
    output.result(list);
    return kGood;
}

}  // namespace

Verb formatsVerb() {
    return {"formats", "List model formats", "lathe-cli formats --json",
            [](CLI::App&) -> Action { return show; }};
}

}  // namespace lathe::cli
