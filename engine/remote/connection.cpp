#include "engine/remote/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "engine/base/log.h"
#include "engine/remote/keeper.h"
#include "engine/remote/tool_failures.h"

namespace lathe::remote {
namespace {

using Io = base::Process::Io;
using Kind = Failure::Kind;
using std::chrono::milliseconds;

// A command that says nothing for so long lets us ask whether the device still answers, and how long it has
// for that.
constexpr milliseconds kLook{1000};
constexpr milliseconds kAnswer{4000};

// A word nobody prints by accident.
std::string randomWord() {
    std::random_device source;
    return fmt::format("{:08x}{:08x}", source(), source());
}

// The keeper could not make its folder.
Failure folderFailure(const std::string& name, std::string_view words) {
    auto failure = shellFailure(name, words);
    if (failure.kind != Kind::failed) return failure;
    return {Kind::notWritable, failure.sentence, "Choose another folder for this device."};
}

Failure startFailure(const base::Error& error) { return {Kind::toolMissing, error.message, {}}; }

}  // namespace

Failure Connection::ioFailure(Io state, std::string_view doing) const {
    if (state == Io::cancelled) return Failure::cancelled();
    return {Kind::timedOut, fmt::format("{}: no answer in time while {}.", m_name, doing),
            "Check that the device is awake and connect again."};
}

Outcome<std::shared_ptr<Connection>> Connection::open(const DeviceAddress& address, const Tools& tools,
                                                      base::Deadline deadline,
                                                      const base::Progress& progress) {
    auto transport = makeTransport(address, tools);
    if (!transport) return transport.failure();
    std::shared_ptr<Connection> connection(new Connection);
    connection->m_address = address;
    connection->m_transport = std::move(*transport);
    connection->m_name = connection->m_transport->name();
    connection->m_session = "session-" + randomWord();
    if (auto ready = connection->m_transport->prepare(deadline, progress); !ready) return ready.failure();

    const std::string mark = connection->m_mark = "lathe-" + randomWord();
    auto keeper = base::Process::start(connection->m_transport->keeper(
        keeperLine(connection->m_transport->folder(), connection->m_session, mark)));
    if (!keeper) return startFailure(keeper.error());
    connection->m_keeper = std::move(*keeper);
    std::string output, words;
    for (;;) {
        // Nobody reads the keeper's words while the connection lives: it is quiet then.
        const auto state = connection->m_keeper->read(&output, &words, deadline, progress);
        const auto answer = keeperAnswer(output, mark);
        if (answer && answer->failed) {
            // It ends now. Its words come by a stream of their own, which may be the slower one.
            const auto last = base::deadlineIn(kAnswer);
            while (connection->m_keeper->read(&output, &words, last, progress) == Io::ready) {
            }
            return folderFailure(connection->m_name, words);
        }
        if (answer) {
            connection->m_folder = answer->folder;
            return connection;
        }
        if (state == Io::ended) return connection->m_transport->linkFailure(words, progress);
        if (state != Io::ready) {
            // A tool that was told why it waits has said so.
            const auto failure =
                words.empty() ? Failure{} : connection->m_transport->linkFailure(words, progress);
            return failure.kind != Kind::failed && state == Io::timedOut
                       ? failure
                       : connection->ioFailure(state, "connecting");
        }
    }
}

Connection::~Connection() { close(); }

void Connection::close() {
    std::lock_guard lock(m_lostMutex);  // one reader of the keeper at a time
    if (!m_keeper || m_keeper->exit()) return;
    if (!m_lost)
        m_lost = Failure{Kind::disconnected, fmt::format("{}: the connection was closed.", m_name),
                         "Connect again."};
    if (m_folder.empty()) {  // it never came to be, or its answer did not come in time
        m_keeper->closeInput();
        m_keeper->wait(base::deadlineIn(milliseconds(100)), {});
        return;
    }
    m_keeper->closeInput();
    // The tool may linger after the keeper's last word, as ssh does while a program there holds its output
    // open.
    const auto deadline = base::deadlineIn(milliseconds(m_silent ? 100 : 3000));
    std::string output, words;
    auto state = Io::ready;
    while (state == Io::ready && !keeperRemoved(output, m_mark))
        state = m_keeper->read(&output, &words, deadline, {});
    if (keeperRemoved(output, m_mark)) {
        if (m_keeper->wait(base::deadlineIn(milliseconds(300)), {}) != Io::ready) m_keeper->kill();
        return;
    }
    if (state == Io::ended) return;  // the link broke just now: the keeper there noticed it, too
    base::logWarning("{}: the session folder could not be removed now; the next connection removes it.",
                     m_name);
    m_keeper->kill();
}

std::optional<Failure> Connection::lost(milliseconds patience, const base::Progress& progress) {
    const auto state = m_keeper->wait(base::deadlineIn(patience), progress);
    if (state == Io::cancelled) return Failure::cancelled();
    if (state != Io::ready) return {};
    std::lock_guard lock(m_lostMutex);
    if (!m_lost) {
        std::string ignored, words;
        while (m_keeper->read(&ignored, &words, base::deadlineIn(milliseconds(500)), {}) == Io::ready) {
        }
        auto failure = m_transport->linkFailure(words, progress);
        if (failure.kind == Kind::cancelled) return failure;
        // A connection that was there and is not: whatever the tool says, or does not say, it was
        // interrupted.
        if (failure.kind == Kind::failed) failure.kind = Kind::disconnected;
        m_lost = std::move(failure);
    }
    return m_lost;
}

Command Connection::completed(const Command& command) const {
    if (!command.own) return command;
    Command result = command;
    result.arguments.insert(result.arguments.begin(), m_address.runPrefix.begin(), m_address.runPrefix.end());
    result.environment.insert(result.environment.begin(), m_address.environment.begin(),
                              m_address.environment.end());
    return result;
}

Outcome<std::string> Connection::ask(const std::string& line, const base::Progress& progress) {
    auto process = base::Process::start(m_transport->shell(line));
    if (!process) return startFailure(process.error());
    (*process)->closeInput();
    std::string output, words;
    const auto deadline = base::deadlineIn(kAnswer);
    Io state = Io::ready;
    while (state == Io::ready && output.find('\n') == std::string::npos)
        state = (*process)->read(&output, &words, deadline, progress);
    if (output.find('\n') != std::string::npos) return output;
    if (state == Io::cancelled) return Failure::cancelled();
    if (auto failure = lost(milliseconds(state == Io::ended ? 1000 : 0), progress)) return *failure;
    if (state == Io::ended) return output;  // it answered, if only with an error
    m_silent = true;
    return Failure{Kind::timedOut, fmt::format("{}: it stopped answering.", m_name),
                   "Check that the device is awake and connect again."};
}

Outcome<Finished> Connection::run(const Command& command, base::Deadline deadline,
                                  const base::Progress& progress) {
    if (progress.cancelled()) return Failure::cancelled();
    if (auto failure = lost(milliseconds(0))) return *failure;
    const std::string mark = "lathe-" + randomWord() + ":";
    auto process = base::Process::start(m_transport->shell(markedLine(shellLine(completed(command)), mark)));
    if (!process) return startFailure(process.error());
    Finished result;
    std::optional<int> code;
    Io state;
    do {
        const auto look = base::deadlineIn(kLook);
        state = (*process)->read(&result.output, &result.error, std::min(deadline, look), progress);
        if (state == Io::timedOut && look < deadline) {
            if (const auto answer = ask("echo", progress); !answer) return answer.failure();
            state = Io::ready;
        }
        if (state == Io::ready) code = takeMark(result.output, mark);
        if (result.output.size() + result.error.size() > outputLimit)
            return Failure{Kind::failed, fmt::format("{}: the command wrote too much.", m_name), {}};
    } while (state == Io::ready && !code);
    if (state == Io::timedOut || state == Io::cancelled) {
        if (state == Io::timedOut)
            if (auto failure = lost(milliseconds(0))) return *failure;
        return ioFailure(state, "running a command");
    }
    if (!code) {
        if (auto failure = lost(milliseconds(1000), progress)) return *failure;
        auto failure = shellFailure(m_name, result.error);
        if (failure.kind == Kind::failed) failure.kind = Kind::ended;
        return failure;
    }
    // The two streams come by different ways: what was written on standard error before the mark may follow
    // it.
    (*process)->closeInput();
    std::string rest;
    while ((*process)->read(&rest, &result.error, base::deadlineIn(milliseconds(1000)), progress) ==
           Io::ready) {
    }
    result.code = *code;
    return result;
}

Outcome<std::unique_ptr<Channel>> Connection::start(const Command& command) {
    if (auto failure = lost(milliseconds(0))) return *failure;
    auto process = base::Process::start(
        m_transport->shell(startLine(shellLine(completed(command)), m_folder, m_session, ++m_started)));
    if (!process) return startFailure(process.error());
    return std::make_unique<Channel>(shared_from_this(), std::move(*process));
}

Description describe(const DeviceAddress& address, const Tools& tools, base::Deadline deadline,
                     const base::Progress& progress) {
    Description result{address.transport, address.address, address.address, {}};
    const auto connection = Connection::open(address, tools, deadline, progress);
    if (connection)
        result.name = (*connection)->name();
    else
        result.problem = connection.failure();
    return result;
}

}  // namespace lathe::remote
