#include "engine/base/kernel_files.h"

#include <array>
#include <cstdio>
#include <memory>

#include "engine/base/text.h"

namespace lathe::base {

// <fstream> would bring the locales of the C++ library along, half a megabyte of a static agent.
std::string kernelFile(const std::filesystem::path& path) {
    std::string text;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "re"), std::fclose);
    std::array<char, 4096> piece;
    for (size_t count = 1; file && count > 0;) {
        count = std::fread(piece.data(), 1, piece.size(), file.get());
        text.append(piece.data(), count);
    }
    return text;
}

std::optional<std::string> kernelText(const std::filesystem::path& path) {
    const auto whole = kernelFile(path);
    auto text = std::string(trimmed(std::string_view(whole).substr(0, whole.find('\n'))));
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::optional<int64_t> kernelInteger(const std::filesystem::path& path) {
    const auto text = kernelText(path);
    return text ? parseInteger(*text) : std::nullopt;
}

}  // namespace lathe::base
