#include "app/cli/option_lines.h"

namespace lathe::cli {

void showOptions(std::span<const base::ParamSpec> options, const Output& output) {
    for (const auto& option : options)
        output.line(fmt::format("      {} = {}  {}", option.name, base::formatParam(option.defaultValue),
                                option.help));
}

nlohmann::json optionList(std::span<const base::ParamSpec> options) {
    auto list = nlohmann::json::array();
    for (const auto& option : options)
        list.push_back({{"name", option.name},
                        {"default", base::formatParam(option.defaultValue)},
                        {"help", option.help}});
    return list;
}

}  // namespace lathe::cli
