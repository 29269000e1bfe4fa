#include "engine/remote/tool_failures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "engine/base/text.h"

namespace lathe::remote {
namespace {

using Kind = Failure::Kind;

constexpr Words kShell[] = {
    {"No space left", Kind::diskFull, "its disk is full.", "Free space on it or choose another folder."},
    {"Disk quota exceeded", Kind::diskFull, "the disk quota is used up.",
     "Free space on it or choose another folder."},
    {"Read-only file system", Kind::notWritable, "the folder cannot be written.",
     "Choose another folder for this device."},
    {"Exec format error", Kind::wrongProgram, "the program is for another processor.",
     "Check the processor of the device, or set a run prefix."},
    {"not executable", Kind::wrongProgram, "the program is for another processor.",
     "Check the processor of the device, or set a run prefix."},
    {"cannot execute", Kind::wrongProgram, "the program is for another processor.",
     "Check the processor of the device, or set a run prefix."},
    {"Permission denied", Kind::notWritable, "the folder cannot be used.",
     "Choose another folder for this device."},
    {"not found", Kind::wrongProgram, "a program is missing.", "Check the run prefix of the device."},
};

bool containsWord(std::string_view text, std::string_view part) {
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

}  // namespace

std::string_view lastLine(std::string_view words) {
    std::string_view last;
    for (const auto line : base::split(words, '\n'))
        if (!base::trimmed(line).empty()) last = base::trimmed(line);
    return last;
}

Failure failureOf(std::span<const Words> table, std::string_view device, std::string_view words) {
    for (const auto& entry : table)
        if (containsWord(words, entry.part))
            return {entry.kind, fmt::format("{}: {}", device, entry.sentence), std::string(entry.remedy)};
    const auto line = lastLine(words);
    if (line.empty()) return {Kind::failed, fmt::format("{}: failed without a word.", device), {}};
    return {Kind::failed, fmt::format("{}: {}", device, line), {}};
}

Failure shellFailure(std::string_view device, std::string_view words) {
    return failureOf(kShell, device, words);
}

}  // namespace lathe::remote
