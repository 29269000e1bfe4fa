#include "engine/remote/keeper.h"

#include <fmt/format.h>

#include "engine/remote/command.h"

namespace lathe::remote {

std::string keeperLine(const std::string& folder, const std::string& session, const std::string& mark) {
    // The session's name comes first, so that it is in what the system shows of this shell's command line:
    // that is how a later keeper tells this one from a stranger with a reused process number. A cut link
    // sends HUP before the end of the input; the shell must survive it to clean up.
    return fmt::format(
        "session={1}; root={0}; mark={2}; export LC_ALL=C; trap '' HUP INT TERM PIPE; umask 077\n"
        "fail() {{ printf '\\n%s failed\\n' \"$mark\"; exit 1; }}\n"
        "mkdir -p \"$root/files\" && cd \"$root\" || fail\n"
        "for old in session-*; do\n"
        "  [ -d \"$old\" ] || continue\n"
        "  owner=; [ -r \"$old/owner\" ] && read -r owner < \"$old/owner\"\n"
        "  if [ -n \"$owner\" ] && [ -r /proc/self/cmdline ]; then\n"
        "    grep -q \"$old\" \"/proc/$owner/cmdline\" 2>/dev/null && continue\n"
        "  else\n"
        "    [ -n \"$(find \"$old\" -maxdepth 0 -mtime +0 2>/dev/null)\" ] || continue\n"
        "  fi\n"
        "  rm -rf \"$old\"\n"
        "done\n"
        "find files -type f -mtime +30 -exec rm -f {{}} \\; 2>/dev/null\n"
        "mkdir \"$session\" || fail\n"
        "echo $$ | cat > \"$session/owner\" || {{ rm -rf \"$session\"; fail; }}\n"
        "printf '\\n%s %s\\n' \"$mark\" \"$(pwd)\"\n"
        "read -r end\n"
        "running() {{\n"
        "  found=\n"
        "  for file in \"$session\"/running-*; do\n"
        "    [ -r \"$file\" ] && read -r number < \"$file\" &&\n"
        "      grep -q \"LATHE_SESSION=$session\" \"/proc/$number/environ\" 2>/dev/null &&\n"
        "      found=\"$found $number\"\n"
        "  done\n"
        "  [ -n \"$found\" ]\n"
        "}}\n"
        "running && sleep 1 && running && kill -KILL $found\n"
        "rm -rf \"$session\"\n"
        "printf '\\n%s removed\\n' \"$mark\"\n",
        folder, session, mark);
}

std::optional<KeeperAnswer> keeperAnswer(std::string_view output, std::string_view mark) {
    const auto at = output.find("\n" + std::string(mark) + " ");
    if (at == std::string_view::npos) return {};
    const auto rest = output.substr(at + mark.size() + 2);
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    const auto answer = rest.substr(0, end);
    if (answer == "failed") return KeeperAnswer{true, {}};
    return KeeperAnswer{false, std::string(answer)};
}

std::string startLine(const std::string& line, const std::string& folder, const std::string& session,
                      int number) {
    return fmt::format("export LATHE_SESSION={0}; echo $$ 2>/dev/null > {1}; {2}", session,
                       shellWord(fmt::format("{}/{}/running-{}", folder, session, number)), line);
}

bool keeperRemoved(std::string_view output, std::string_view mark) {
    return output.find("\n" + std::string(mark) + " removed\n") != std::string_view::npos;
}

}  // namespace lathe::remote
