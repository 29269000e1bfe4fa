#include "app/cli/whole_number.h"

#include "engine/base/text.h"

namespace lathe::cli {

CLI::Validator wholeNumberFrom(int64_t least) {
    return CLI::Validator(
        [least](const std::string& text) -> std::string {
            const auto number = base::parseInteger(text);
            if (number && *number >= least) return {};
            return fmt::format("{}: give a whole number, {} or more.", text, least);
        },
        "");
}

}  // namespace lathe::cli
