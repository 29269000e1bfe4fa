#include "engine/remote/protocol/hello.h"

#include <fmt/format.h>

#include <charconv>

namespace lathe::remote {
namespace {

constexpr std::string_view kAgent = "lathe-agent", kHost = "lathe-host";

// The value of `key=` among words.
std::string_view valueOf(std::string_view words, std::string_view key) {
    while (!words.empty()) {
        const auto word = words.substr(0, words.find(' '));
        words.remove_prefix(std::min(words.size(), word.size() + 1));
        if (word.size() > key.size() && word.substr(0, key.size()) == key && word[key.size()] == '=')
            return word.substr(key.size() + 1);
    }
    return {};
}

std::optional<Hello> read(std::string_view line, std::string_view who) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.substr(0, who.size()) != who || line.size() <= who.size() || line[who.size()] != ' ') return {};
    const auto number = valueOf(line, "protocol");
    Hello hello;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), hello.protocol);
    if (error != std::errc() || end != number.data() + number.size()) return {};
    hello.build = valueOf(line, "build");
    return hello;
}

}  // namespace

std::string agentHello(std::string_view build) {
    return fmt::format("{} protocol={} build={}\n", kAgent, kProtocol, build);
}
std::string hostHello() { return fmt::format("{} protocol={}\n", kHost, kProtocol); }

std::optional<Hello> readAgentHello(std::string_view line) { return read(line, kAgent); }
std::optional<Hello> readHostHello(std::string_view line) { return read(line, kHost); }

}  // namespace lathe::remote
