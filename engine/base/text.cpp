#include "engine/base/text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace lathe::base {
namespace {

// Digits behind the point that leave three significant ones for a number below 1000.
int decimals(double number) {
    const double size = std::abs(number);
    return size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    if (text.empty()) return pieces;
    for (;;) {
        const auto at = text.find(separator);
        pieces.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return pieces;
        text.remove_prefix(at + 1);
    }
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::optional<int64_t> parseInteger(std::string_view text) {
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

std::optional<double> parseReal(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

bool matchesPattern(std::string_view text, std::string_view pattern) {
    size_t t = 0, p = 0, star = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++t, ++p;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

std::string formatBytes(uint64_t bytes) {
    constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
    if (bytes < 1000) return fmt::format("{} B", bytes);
    double size = static_cast<double>(bytes);
    size_t unit = 0;
    while (size >= 999.5 && unit + 1 < kUnits.size()) size /= 1000, ++unit;
    return fmt::format("{:.{}f} {}", size, decimals(size), kUnits[unit]);
}

std::string formatCount(double count) {
    constexpr std::array<const char*, 5> kPrefixes = {"", " k", " M", " G", " T"};
    size_t prefix = 0;
    while (std::abs(count) >= 999.95 && prefix + 1 < kPrefixes.size()) count /= 1000, ++prefix;
    if (prefix == 0 && count == std::floor(count)) return fmt::format("{:.0f}", count);
    return fmt::format("{:.{}f}{}", count, std::abs(count) < 9.995 ? 2 : 1, kPrefixes[prefix]);
}

std::string formatSeconds(double seconds) {
    const double size = std::abs(seconds);
    const auto format = [](double v, const char* unit) {
        return fmt::format("{:.{}f} {}", v, decimals(v), unit);
    };
    if (size < 999.5e-9) return format(seconds * 1e9, "ns");
    if (size < 999.5e-6) return format(seconds * 1e6, "µs");
    if (size < 0.9995) return format(seconds * 1e3, "ms");
    return format(seconds, "s");
}

}  // namespace lathe::base
