// Small text helpers the standard library of C++20 lacks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lathe::base {

// The pieces between separators; an empty text has no pieces. The views live as long as `text`.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trimmed(std::string_view text);
// Whole-text numbers without locale; nothing when any character is left over.
std::optional<int64_t> parseInteger(std::string_view text);
std::optional<double> parseReal(std::string_view text);
// Shell-like pattern with * and ?; matches the whole text.
bool matchesPattern(std::string_view text, std::string_view pattern);
// "3.4 MB", "512 B": decimal units, three significant digits.
std::string formatBytes(uint64_t bytes);
// "125.5 M": decimal prefixes for counts, four significant digits at most.
std::string formatCount(double count);
// "41.8 µs", "3.2 ms", "1.5 s".
std::string formatSeconds(double seconds);

}  // namespace lathe::base
