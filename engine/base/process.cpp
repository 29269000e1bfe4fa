#include "engine/base/process.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <thread>

namespace lathe::base {
namespace {

using std::chrono::milliseconds;
// The longest time without a look at the Progress.
constexpr milliseconds kSlice{50};

// Milliseconds for poll(): until the deadline, but one slice at most; rounded up, so that nothing spins.
int sliceUntil(Deadline deadline) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp(left, milliseconds(0), kSlice).count());
}

bool past(Deadline deadline) { return std::chrono::steady_clock::now() >= deadline; }

void closeDescriptor(int& descriptor) {
    if (descriptor >= 0) ::close(descriptor);
    descriptor = -1;
}

// Appends what is there without waiting; false at the end of the stream.
bool drain(int descriptor, std::string& into) {
    std::array<char, 65536> buffer;
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count > 0) into.append(buffer.data(), static_cast<size_t>(count));
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

// Writes to a pipe whose reader may be gone. The SIGPIPE goes to the writing thread, which holds it back and
// takes it away again, unless one was waiting there already.
ssize_t writeWithoutSignal(int descriptor, std::string_view bytes) {
    sigset_t pipe, before, pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    const bool waiting = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    const int code = errno;
    if (count < 0 && code == EPIPE && !waiting) {
        const timespec now{};
        while (sigtimedwait(&pipe, nullptr, &now) < 0 && errno == EINTR) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = code;
    return count;
}

}  // namespace

Process::Io Process::read(std::string* output, std::string* error, Deadline deadline,
                          const Progress& progress) {
    for (;;) {
        std::array<pollfd, 2> waits = {pollfd{output ? m_output : -1, POLLIN, 0},
                                       pollfd{error ? m_error : -1, POLLIN, 0}};
        if (waits[0].fd < 0 && waits[1].fd < 0) return Io::ended;
        if (progress.cancelled()) return Io::cancelled;
        // Asked before looking: what an ended process wrote is in the pipe by then.
        const bool over = exit().has_value();
        const int count = ::poll(waits.data(), waits.size(), sliceUntil(deadline));
        if (count > 0) {
            const size_t before = (output ? output->size() : 0) + (error ? error->size() : 0);
            if (waits[0].revents != 0 && !drain(m_output, *output)) closeDescriptor(m_output);
            if (waits[1].revents != 0 && !drain(m_error, *error)) closeDescriptor(m_error);
            if ((output ? output->size() : 0) + (error ? error->size() : 0) > before) return Io::ready;
        } else if (over && count == 0) {
            return Io::ended;
        } else if (past(deadline)) {
            return Io::timedOut;
        }
    }
}

Process::Io Process::write(std::string_view bytes, Deadline deadline, const Progress& progress) {
    while (!bytes.empty()) {
        if (progress.cancelled()) return Io::cancelled;
        std::lock_guard lock(m_inputMutex);
        if (m_input < 0) return Io::ended;
        pollfd ready{m_input, POLLOUT, 0};
        if (::poll(&ready, 1, sliceUntil(deadline)) <= 0) {
            if (past(deadline)) return Io::timedOut;
            continue;
        }
        const ssize_t count = writeWithoutSignal(m_input, bytes);
        if (count >= 0) {
            bytes.remove_prefix(static_cast<size_t>(count));
        } else if (errno != EAGAIN && errno != EINTR) {
            closeDescriptor(m_input);
            return Io::ended;
        }
    }
    return Io::ready;
}

void Process::closeInput() {
    std::lock_guard lock(m_inputMutex);
    closeDescriptor(m_input);
}

Process::Io Process::wait(Deadline deadline, const Progress& progress) {
    milliseconds pause(1);
    while (!exit()) {
        if (progress.cancelled()) return Io::cancelled;
        if (past(deadline)) return Io::timedOut;
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, milliseconds(16));
    }
    return Io::ready;
}

std::optional<Process::Exit> Process::exit() {
    reap(false);
    std::lock_guard lock(m_exitMutex);
    return m_exit;
}

void Process::kill() {
    std::lock_guard lock(m_exitMutex);
    // An unreaped process keeps its number and that of its group, so that this cannot hit a stranger.
    if (!m_exit && m_id > 0) ::kill(-m_id, SIGKILL);
}

void Process::reap(bool block) {
    std::lock_guard lock(m_exitMutex);
    if (m_exit || m_id <= 0) return;
    int status = 0;
    pid_t got = 0;
    do got = ::waitpid(m_id, &status, block ? 0 : WNOHANG);
    while (got < 0 && errno == EINTR);
    if (got == 0) return;
    // Somebody else's wait for any child may have taken the status; the process has ended all the same.
    if (got < 0)
        m_exit = Exit{-1, 0};
    else
        m_exit = WIFSIGNALED(status) ? Exit{128 + WTERMSIG(status), WTERMSIG(status)}
                                     : Exit{WEXITSTATUS(status), 0};
}

Process::~Process() {
    kill();
    reap(true);
    closeDescriptor(m_input);
    closeDescriptor(m_output);
    closeDescriptor(m_error);
}

Result<ProcessOutput> runProcess(const ProcessOptions& options, std::string_view input, Deadline deadline,
                                 const Progress& progress) {
    auto started = Process::start(options);
    if (!started) return started.error();
    Process& process = **started;
    ProcessOutput result;
    // A writer that waits for a reader that waits for the writer: the input goes in from a thread of its own.
    std::thread writer;
    if (!input.empty()) {
        writer = std::thread([&] {
            process.write(input, deadline, progress);
            process.closeInput();
        });
    } else {
        process.closeInput();
    }
    do result.state = process.read(&result.output, &result.error, deadline, progress);
    while (result.state == Process::Io::ready);
    if (result.state == Process::Io::ended) result.state = process.wait(deadline, progress);
    if (result.state != Process::Io::ready) process.kill();
    process.closeInput();
    if (writer.joinable()) writer.join();
    if (result.state == Process::Io::ready) result.state = Process::Io::ended;
    process.wait(deadlineIn(milliseconds(1000)), {});
    result.exit = process.exit().value_or(Process::Exit{-1, SIGKILL});
    return result;
}

}  // namespace lathe::base
