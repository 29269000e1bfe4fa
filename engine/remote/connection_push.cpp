// Sending a file: once, whole or not at all.
#include <fmt/format.h>

#include "engine/base/file_map.h"
#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/remote/connection.h"
#include "engine/remote/tool_failures.h"

namespace lathe::remote {
namespace {

using Io = base::Process::Io;
using Kind = Failure::Kind;
using std::chrono::milliseconds;

// How often a copy is looked at on the device.
constexpr milliseconds kLook{1000};
// The longest time for comparing a file on the slowest card.
constexpr milliseconds kCompare{120'000};

Outcome<std::string> hashOf(const base::FileMap& file, const base::Progress& progress) {
    base::Sha256 hash;
    constexpr size_t kPiece = size_t{4} << 20;
    const auto bytes = file.bytes();
    for (size_t at = 0; at < bytes.size(); at += kPiece) {
        if (progress.cancelled()) return Failure::cancelled();
        hash.add(bytes.subspan(at, std::min(kPiece, bytes.size() - at)));
    }
    return hash.finish();
}

// Exit codes of the scripts below.
constexpr int kDifferent = 4, kNotExecutable = 6;

std::string compareScript(const std::string& path, const std::string& hash) {
    return fmt::format(
        "h=$(sha256sum < {0}) || exit 3; [ \"${{h%% *}}\" = {1} ] || {{ rm -f {0}; exit {2}; }}\n",
        shellWord(path), hash, kDifferent);
}

std::string executableScript(const std::string& path, bool executable) {
    return executable ? fmt::format("[ -x {} ] || exit {}\n", shellWord(path), kNotExecutable)
                      : std::string();
}

}  // namespace

Done Connection::copy(const std::filesystem::path& file, const std::string& part, uint64_t size,
                      const base::Progress& progress) {
    auto process = base::Process::start(m_transport->copy(file, part));
    if (!process) return Failure{Kind::toolMissing, process.error().message, {}};
    (*process)->closeInput();
    std::string words;
    auto look = base::deadlineIn(kLook);
    for (;;) {
        const auto state = (*process)->read(&words, &words, look, progress);
        if (state == Io::cancelled) return Failure::cancelled();
        if (state == Io::ended) break;
        if (state != Io::timedOut) continue;
        // The tools say nothing while they copy, and nothing for ever when the device hangs.
        const auto answer = ask("stat -c %s " + shellWord(part), progress);
        if (!answer) return answer.failure();
        if (const auto there = base::parseInteger(base::trimmed(*answer)); there && size > 0)
            progress.report(static_cast<double>(*there) / static_cast<double>(size));
        look = base::deadlineIn(kLook);
    }
    if ((*process)->wait(base::deadlineIn(kLook), progress) == Io::cancelled) return Failure::cancelled();
    const auto exit = (*process)->exit();
    if (exit && exit->success()) return Nothing{};
    const auto failure = m_transport->copyFailure(words);
    if (failure.kind == Kind::diskFull || failure.kind == Kind::notWritable) return failure;
    if (auto broken = lost(milliseconds(1000), progress)) return *broken;
    return failure;
}

void Connection::discard(const std::string& part, Kind reason) {
    if (lost(milliseconds(0)) || reason == Kind::timedOut) return;  // it goes with the session folder
    const auto remove = script("rm -f " + shellWord(part));
    if (reason != Kind::cancelled) {
        (void)run(remove, base::deadlineIn(milliseconds(2000)), {}).ok();
        return;
    }
    // Who cancels does not want to wait.
    auto process = base::Process::start(m_transport->shell(shellLine(remove)));
    if (!process) return;
    (*process)->closeInput();
    std::lock_guard lock(m_presentMutex);
    std::erase_if(m_chores, [](const auto& chore) { return chore->exit().has_value(); });
    m_chores.push_back(std::move(*process));
}

// Files that this connection does not use go, those first that were used longest ago. Whoever has one open
// keeps it. Numbers are kilobytes: some shells count with 32 bits.
bool Connection::makeRoom(uint64_t size, const base::Progress& progress) {
    std::string kept = "|";
    {
        std::lock_guard lock(m_presentMutex);
        for (const auto& path : m_present) kept += path.substr(path.rfind('/') + 1) + "|";
    }
    const auto freed =
        run(script(fmt::format(
                "cd {} || exit 1\nls -tr | {{ freed=0; while read -r name; do\n"
                "  [ $freed -gt {} ] && break\n"
                "  case {} in *\"|$name|\"*) continue ;; esac\n"
                "  size=$(stat -c %s \"$name\") && rm -f \"$name\" && freed=$((freed + size / 1024 + 1))\n"
                "done; echo $freed; }}\n",
                shellWord(m_folder + "/files"), size / 1024, shellWord(kept))),
            base::deadlineIn(milliseconds(5000)), progress);
    return freed && base::parseInteger(base::trimmed(freed->output)).value_or(0) > 0;
}

Outcome<std::string> Connection::push(const std::filesystem::path& file, const std::string& fileName,
                                      bool executable, const base::Progress& progress) {
    auto map = base::FileMap::open(file);
    if (!map) return Failure{Kind::localFile, map.error().message, {}};
    progress.report(0, "Compare " + fileName);
    const auto hash = hashOf(**map, progress);
    if (!hash) return hash.failure();
    const auto size = (*map)->bytes().size();
    const std::string path = m_folder + "/files/" + fileName + "-" + *hash;
    {
        std::lock_guard lock(m_presentMutex);
        if (m_present.contains(path)) {
            if (auto failure = lost(milliseconds(0))) return *failure;
            return path;
        }
    }
    const auto found = run(script(fmt::format("[ -f {0} ] || exit {1}\n", shellWord(path), kDifferent) +
                                  compareScript(path, *hash) + "touch " + shellWord(path) + "\n" +
                                  executableScript(path, executable)),
                           base::deadlineIn(kCompare), progress);
    if (!found) return found.failure();
    int code = found->code;
    std::string words = found->error;
    if (code == kDifferent) {
        progress.report(0, "Send " + fileName);
        // In the session folder: whatever happens now, the part goes with it.
        const auto part = fmt::format("{}/{}-{}.part", sessionFolder(), fileName, ++m_parts);
        auto copied = copy(file, part, size, progress.part(0.05, 0.9));
        if (!copied) discard(part, copied.failure().kind);
        if (!copied && copied.failure().kind == Kind::diskFull && makeRoom(size, progress)) {
            copied = copy(file, part, size, progress.part(0.05, 0.9));
            if (!copied) discard(part, copied.failure().kind);
        }
        if (!copied) return copied.failure();
        ++m_sent;
        const auto moved =
            run(script(compareScript(part, *hash) +
                       fmt::format("chmod {0} {1} && mv -f {1} {2} || exit 5\n", executable ? "700" : "600",
                                   shellWord(part), shellWord(path)) +
                       executableScript(path, executable)),
                base::deadlineIn(kCompare), progress);
        if (!moved) return moved.failure();
        code = moved->code;
        words = moved->error;
    }
    if (code == kDifferent)
        return Failure{Kind::damaged, fmt::format("{}: {} arrived damaged.", m_name, fileName), "Try again."};
    if (code == kNotExecutable)
        return Failure{
            Kind::notExecutable, fmt::format("{}: programs cannot be run from {}.", m_name, m_folder),
            "Choose another folder for this device: this one is mounted without the right to execute."};
    if (code != 0) return shellFailure(m_name, words);
    std::lock_guard lock(m_presentMutex);
    m_present.insert(path);
    return path;
}

}  // namespace lathe::remote
