#include "engine/base/kernel_files.h"

#include <fstream>

#include "engine/base/text.h"

namespace lathe::base {

std::optional<std::string> kernelText(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line)) return {};
    auto text = std::string(trimmed(line));
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::optional<int64_t> kernelInteger(const std::filesystem::path& path) {
    const auto text = kernelText(path);
    return text ? parseInteger(*text) : std::nullopt;
}

}  // namespace lathe::base
