// A program that runs on a device, with its three streams: what a protocol is spoken over.
//
// Threads as base::Process: one thread may read while another writes; the rest from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/process.h"
#include "engine/remote/failure.h"

namespace lathe::remote {

class Connection;

class Channel {
  public:
    using Io = base::Process::Io;

    Channel(std::shared_ptr<Connection> connection, std::unique_ptr<base::Process> process);
    // Closes without waiting for the program.
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    // Appends bytes of standard output and of standard error; see base::Process::read(). `ended` says nothing
    // about success: adb ends in the same way when the cable was pulled. Only the protocol's last record
    // proves it.
    Io read(std::string* output, std::string* error, base::Deadline deadline, const base::Progress& progress);
    Io write(std::string_view bytes, base::Deadline deadline, const base::Progress& progress);
    // The program on the device reads its end.
    void closeInput();
    // Closes the input and gives the program until the deadline to end, dropping what it still writes. A
    // program that does not end is left to the device's side: the link to it is cut.
    void close(base::Deadline deadline, const base::Progress& progress);

    // After `ended` without proof of success: why. Waits up to a second to see whether the link broke.
    // `words` is what the program wrote on standard error.
    Failure whyEnded(std::string_view words, const base::Progress& progress = {});

  private:
    std::shared_ptr<Connection> m_connection;
    std::unique_ptr<base::Process> m_process;
};

}  // namespace lathe::remote
