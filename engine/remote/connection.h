// An open connection to a device: a folder of its own there, commands, programs, files. The same for every
// transport.
//
// A shell on the device, the keeper, lives as long as the connection. It made the session folder and removes
// it when its input ends, and that happens on every way out: close(), a crash of this program, a pulled
// cable. Its end is also how a broken link is noticed, whatever the exit codes of the tools say.
//
// Threads: any thread may call; calls run side by side. Each takes a Progress and answers a cancel within 200
// ms.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/process.h"
#include "engine/base/progress.h"
#include "engine/remote/channel.h"
#include "engine/remote/command.h"
#include "engine/remote/failure.h"
#include "engine/remote/transport.h"

namespace lathe::remote {

// What a command on the device wrote and its exit code, which is the command's own.
struct Finished {
    int code = 0;
    std::string output;
    std::string error;
};

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    // Connects and makes the session folder; folders of sessions that ended without removing theirs go. With
    // an askpass the deadline must leave time to type.
    static Outcome<std::shared_ptr<Connection>> open(const DeviceAddress& address, const Tools& tools,
                                                     base::Deadline deadline, const base::Progress& progress);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // How the device is called in sentences.
    const std::string& name() const { return m_name; }
    const DeviceAddress& address() const { return m_address; }
    // The folder of this connection on the device; gone after close().
    std::string sessionFolder() const { return m_folder + "/" + m_session; }

    // Runs a command to its end, without input. It is killed on the device after the deadline, a cancel or a
    // broken link. More output than `outputLimit` is a failure.
    Outcome<Finished> run(const Command& command, base::Deadline deadline, const base::Progress& progress);
    static constexpr size_t outputLimit = size_t{16} << 20;

    // Starts a program that is spoken to. It should end when its input does; at the end of the
    // connection it is killed.
    Outcome<std::unique_ptr<Channel>> start(const Command& command);

    // Brings a file onto the device once and returns its path there, which carries the SHA-256 of its bytes.
    // What is already there is compared once a connection and not sent again. The file appears under its name
    // only when it is whole. When the device is full, files sent earlier make room.
    Outcome<std::string> push(const std::filesystem::path& file, const std::string& fileName, bool executable,
                              const base::Progress& progress);
    // How many files push() really sent.
    int sentFiles() const { return m_sent; }

    // Why the link broke; nothing while it holds, after waiting up to `patience` for its end to show.
    std::optional<Failure> lost(std::chrono::milliseconds patience, const base::Progress& progress = {});
    // Ends the connection and waits until the session folder is removed, three seconds at most.
    void close();

  private:
    Connection() = default;
    Command completed(const Command& command) const;
    // Runs a line that answers at once, to see whether the device still does.
    Outcome<std::string> ask(const std::string& line, const base::Progress& progress);
    Failure ioFailure(base::Process::Io state, std::string_view doing) const;
    // Removes files sent earlier that nobody here uses, about `size` bytes. False when there were none.
    bool makeRoom(uint64_t size, const base::Progress& progress);
    // Removes a part that was not completed.
    void discard(const std::string& part, Failure::Kind reason);
    Done copy(const std::filesystem::path& file, const std::string& part, uint64_t size,
              const base::Progress& progress);

    DeviceAddress m_address;
    TransportPtr m_transport;
    std::string m_name;
    std::string m_session;
    std::string m_folder;
    std::string m_mark;  // before each word of the keeper
    std::unique_ptr<base::Process> m_keeper;
    std::mutex m_lostMutex;
    std::optional<Failure> m_lost;  // guarded by m_lostMutex
    std::mutex m_presentMutex;
    std::vector<std::unique_ptr<base::Process>> m_chores;  // guarded by m_presentMutex; nobody waits for them
    std::set<std::string> m_present;  // guarded by m_presentMutex; remote paths compared by this connection
    std::atomic<bool> m_silent = false;  // it did not answer; nobody waits for it once more
    std::atomic<int> m_sent = 0;
    std::atomic<int> m_parts = 0;
    std::atomic<int> m_started = 0;
};

// A device as the page of devices shows it.
struct Description {
    std::string transport;
    std::string address;
    std::string name;
    std::optional<Failure> problem;  // nothing: ready to use
};

// Tries to connect.
Description describe(const DeviceAddress& address, const Tools& tools, base::Deadline deadline,
                     const base::Progress& progress);

}  // namespace lathe::remote
