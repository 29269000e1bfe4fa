// A child process joined by three pipes: started without a shell, never left behind as a zombie, killed
// together with the processes it started. POSIX only.
//
// Threads: one thread may read while another writes; every other call may come from any thread at any time.
// Each waiting call looks at its Progress at least every 50 ms. Signals of the caller are not touched: a
// broken pipe is an answer of write(), not a SIGPIPE.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace lathe::base {

using Deadline = std::chrono::steady_clock::time_point;
inline Deadline deadlineIn(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

using Environment = std::vector<std::pair<std::string, std::string>>;

struct ProcessOptions {
    std::vector<std::string> arguments = {};  // the first one is the program: a path, or a name found in PATH
    Environment environment = {};             // added to the caller's; an existing name gets the new value
    std::filesystem::path workingFolder = {};  // empty: the caller's
    std::filesystem::path input = {};          // a file to read as standard input instead of the pipe
};

class Process {
  public:
    enum class Io {
        ready,      // bytes came, all bytes were written, or the process ended: what was waited for
        ended,      // no more bytes will come, or nobody reads any more
        timedOut,   // the deadline passed; nothing is lost, the call may be repeated
        cancelled,  // somebody cancelled the Progress
    };
    // How it ended: by itself with a code, or by a signal.
    struct Exit {
        int code = 0;
        int signal = 0;
        bool success() const { return code == 0 && signal == 0; }
    };

    // The error names the program and says why it could not be started.
    static Result<std::unique_ptr<Process>> start(const ProcessOptions& options);
    // Kills the process and what it started when it still runs, and reaps it.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t id() const { return m_id; }

    // Appends what has come on standard output and standard error, after waiting for at least one byte of
    // either. A null text leaves that stream in its pipe. `ended` when the asked streams are closed, also
    // when a daemon that outlived the process still holds them open.
    Io read(std::string* output, std::string* error, Deadline deadline, const Progress& progress);
    // Writes all bytes. After timedOut or cancelled an unknown part of them was written.
    Io write(std::string_view bytes, Deadline deadline, const Progress& progress);
    // Standard input stays open until this call; the child then reads its end.
    void closeInput();

    // Waits for the end of the process, not for the end of its output.
    Io wait(Deadline deadline, const Progress& progress);
    // Nothing while it runs.
    std::optional<Exit> exit();
    // Ends the process and its group at once; it is reaped by the next wait(), exit() or the destructor.
    void kill();

  private:
    Process() = default;
    void reap(bool block);

    pid_t m_id = -1;
    int m_output = -1;  // used by the reading thread only
    int m_error = -1;
    std::mutex m_inputMutex;
    int m_input = -1;  // guarded by m_inputMutex
    std::mutex m_exitMutex;
    std::optional<Exit> m_exit;  // guarded by m_exitMutex; set once the process is reaped
};

// What a short-lived program said and how it ended.
struct ProcessOutput {
    std::string output;
    std::string error;
    Process::Exit exit;
    Process::Io state = Process::Io::ended;  // timedOut or cancelled: it was killed
};

// Starts a program, gives it `input` as standard input, and waits for its end.
Result<ProcessOutput> runProcess(const ProcessOptions& options, std::string_view input, Deadline deadline,
                                 const Progress& progress);

}  // namespace lathe::base
