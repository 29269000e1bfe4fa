#include "engine/remote/command.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"

namespace lathe::remote {

std::string shellWord(std::string_view text) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-_./:=,@%+").find(c) != std::string_view::npos;
    };
    // A plain word stays readable in the device's process list.
    if (!text.empty() && std::all_of(text.begin(), text.end(), plain)) return std::string(text);
    std::string result = "'";
    for (char c : text) c == '\'' ? result += "'\\''" : result += c;
    return result + "'";
}

std::string shellLine(const Command& command) {
    std::string line;
    if (!command.workingFolder.empty()) line = "cd " + shellWord(command.workingFolder) + " && ";
    for (const auto& [name, value] : command.environment)
        line += fmt::format("export {}={}; ", name, shellWord(value));
    line += "exec";
    for (const auto& argument : command.arguments) line += " " + shellWord(argument);
    return line;
}

std::string markedLine(const std::string& line, const std::string& mark) {
    // The command has no input; the guard has it, in a session of its own, where neither the hang-up of a cut
    // link nor a kill of the command's group reaches it. At the end of the input it kills the group that the
    // device's login program made for this shell, or at least the command.
    return fmt::format(
        "export LC_ALL=C; exec 3<&0; s=; command -v setsid >/dev/null && s=setsid; "
        "sh -c {} </dev/null 3<&- & p=$!; "
        "$s sh -c 'trap \"\" HUP; read -r x; kill -KILL -$1 || kill -KILL $2' guard $$ $p <&3 3<&- "
        ">/dev/null 2>&1 & "
        "g=$!; wait $p; c=$?; kill -KILL $g; wait $g 2>/dev/null; printf '\\n%s%d\\n' {} $c",
        shellWord(line), shellWord(mark));
}

std::optional<int> takeMark(std::string& output, std::string_view mark) {
    // The mark is the last thing written: looking through all of a long output at each piece would take long.
    constexpr size_t kTail = 256;
    const auto at = output.find("\n" + std::string(mark), output.size() - std::min(output.size(), kTail));
    if (at == std::string::npos) return {};
    const auto rest = std::string_view(output).substr(at + 1 + mark.size());
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    const auto code = base::parseInteger(rest.substr(0, end));
    if (!code) return {};
    output.resize(at);
    return static_cast<int>(*code);
}

}  // namespace lathe::remote
