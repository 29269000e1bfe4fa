// How a device is reached. A transport says which local program carries a shell line or a file there, and
// reads that program's words when something broke; Connection does the rest in the same way for all of them,
// and nothing above Connection knows which one it is.
//
// Threads: a transport belongs to one Connection; the const calls may come from any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/process.h"
#include "engine/remote/command.h"
#include "engine/remote/failure.h"

namespace lathe::remote {

// A device as a person added it or as it was discovered; saved with the settings.
struct DeviceAddress {
    std::string transport = {};  // "local", "ssh", "adb"
    std::string address = {};    // "", "user@host" or a name of the ssh config, a serial number
    std::string folder = {};     // where Lathe keeps files on it; empty: the transport's own choice
    std::vector<std::string> runPrefix = {};  // before our programs, for example an emulator
    base::Environment environment = {};       // for our programs
    std::string architecture = {};            // of our programs there, "aarch64"; empty: as the device says
};

// What the user's ssh asks for a password, a passphrase or a code: a program that prints the answer to its
// first argument, the question. It is started by ssh, so it needs a way back to the window: the environment.
struct Askpass {
    std::filesystem::path program;
    base::Environment environment = {};
};

// The programs of this computer that the transports drive.
struct Tools {
    std::filesystem::path adb = {};         // empty: found in PATH or in the Android SDK
    std::filesystem::path ssh = {};         // empty: found in PATH; its companions lie beside it
    std::filesystem::path sshConfig = {};   // empty: the user's
    std::filesystem::path knownHosts = {};  // the host keys confirmed in Lathe; empty: only the user's own
    std::optional<Askpass> askpass = {};    // nothing: keys and agent only
    base::Environment environment = {};     // for these programs
    std::filesystem::path agents = {};      // the folder of the agents; empty: beside the running program
};

class Transport {
  public:
    virtual ~Transport() = default;

    // How the device is called in sentences.
    virtual std::string name() const = 0;
    // The folder for Lathe's files, as a word for the device's shell (which may expand variables in it).
    virtual std::string folder() const = 0;
    // Finds the local program and looks, as far as that is possible without a connection, whether the device
    // is there.
    virtual Done prepare(base::Deadline deadline, const base::Progress& progress) = 0;
    // The local program that runs the line in the device's shell and joins the three streams.
    virtual base::ProcessOptions shell(const std::string& line) const = 0;
    // The same for the first line, which runs as long as the connection.
    virtual base::ProcessOptions keeper(const std::string& line) const { return shell(line); }
    // The local program that copies a file; the remote folder exists.
    virtual base::ProcessOptions copy(const std::filesystem::path& file,
                                      const std::string& remotePath) const = 0;
    // Why the link broke or could not be made; `words` is what the keeper wrote on standard error.
    virtual Failure linkFailure(std::string_view words, const base::Progress& progress) = 0;
    // Why a copy failed while the link held.
    virtual Failure copyFailure(std::string_view words) const = 0;
};

using TransportPtr = std::unique_ptr<Transport>;

// The transport of an address; the failure names the transports there are.
Outcome<TransportPtr> makeTransport(const DeviceAddress& address, const Tools& tools);
std::vector<std::string_view> transportNames();

}  // namespace lathe::remote
