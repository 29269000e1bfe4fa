// Devices for tests: a simulated phone, a private adb server, a private sshd. All on the loopback, with ports
// of their own, and ended with the object; a test program that dies ends them too. skipReason() is empty when
// the rig works.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/process.h"
#include "engine/remote/transport.h"
#include "tests/support/test_paths.h"

namespace lathe::test {

// A python program that is spoken to line by line.
class Rig {
  public:
    Rig(const std::string& program, std::vector<std::string> arguments);
    ~Rig();
    const std::string& skipReason() const { return m_skip; }
    int port() const { return m_port; }
    // The rig's answer, "ok" for most commands.
    std::string tell(const std::string& command);

  private:
    std::string line();
    std::unique_ptr<base::Process> m_process;
    std::string m_output;
    std::string m_problems;  // what it wrote on standard error: nothing when all is well
    std::string m_skip;
    int m_port = 0;
};

// A phone of eight cores in three clusters.
class SimulatedPhone {
  public:
    explicit SimulatedPhone(std::vector<std::string> options = {});
    std::string serial() const { return "127.0.0.1:" + std::to_string(m_rig.port()); }
    const std::string& skipReason() const { return m_rig.skipReason(); }
    std::string tell(const std::string& command) { return m_rig.tell(command); }
    remote::DeviceAddress address() const { return {.transport = "adb", .address = serial()}; }

  private:
    TemporaryDir m_folder;
    Rig m_rig;
};

// An adb server on a port of its own that does not look for phones by itself, with keys of its own.
class AdbServer {
  public:
    AdbServer();
    ~AdbServer();
    const std::string& skipReason() const { return m_skip; }
    const remote::Tools& tools() const { return m_tools; }
    // Runs adb; the text of both streams.
    std::string call(std::vector<std::string> arguments) const;

  private:
    TemporaryDir m_home;
    remote::Tools m_tools;
    std::string m_skip;
};

class Board {
  public:
    Board();
    const std::string& skipReason() const { return m_rig.skipReason(); }
    std::string tell(const std::string& command) { return m_rig.tell(command); }
    std::filesystem::path folder() const { return m_folder.path() / "board"; }
    const remote::Tools& tools() const { return m_tools; }
    // A host of the rig's client configuration.
    static remote::DeviceAddress host(std::string name) {
        return {.transport = "ssh", .address = std::move(name)};
    }

  private:
    TemporaryDir m_folder;
    Rig m_rig;
    remote::Tools m_tools;
};

// Waits up to `limit` for something to become true.
bool eventually(const std::function<bool()>& condition,
                std::chrono::milliseconds limit = std::chrono::milliseconds(3000));

}  // namespace lathe::test
