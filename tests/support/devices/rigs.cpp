#include "tests/support/devices/rigs.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "engine/base/find_program.h"

namespace lathe::test {
namespace {

using namespace std::chrono_literals;

int freePort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

std::vector<std::string> phoneArguments(const std::filesystem::path& folder,
                                        std::vector<std::string> options) {
    options.insert(options.end(), {"--root", (folder / "phone").string(), "--shim", LATHE_PHONE_SHIM});
    return options;
}

}  // namespace

Rig::Rig(const std::string& program, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"python3", "-B", (sourceDir() / "tests/support/devices" / program).string()});
    auto process = base::Process::start({.arguments = arguments});
    if (!process) {
        m_skip = process.error().message;
        return;
    }
    m_process = std::move(*process);
    const auto info = nlohmann::json::parse(line(), nullptr, false);
    if (info.is_discarded())
        m_skip = program + " did not start";
    else if (info.contains("skip"))
        m_skip = info["skip"];
    else
        m_port = info["port"];
}

Rig::~Rig() {
    if (!m_process) return;
    m_process->closeInput();
    const auto deadline = base::deadlineIn(3s);
    while (m_process->read(&m_output, &m_problems, deadline, {}) == base::Process::Io::ready) {
    }
    m_process->wait(deadline, {});
    EXPECT_EQ(m_problems, "");
}

std::string Rig::line() {
    const auto deadline = base::deadlineIn(20s);
    for (;;) {
        if (const auto end = m_output.find('\n'); end != std::string::npos) {
            const auto result = m_output.substr(0, end);
            m_output.erase(0, end + 1);
            return result;
        }
        if (m_process->read(&m_output, &m_problems, deadline, {}) != base::Process::Io::ready)
            return "no answer " + m_problems;
    }
}

std::string Rig::tell(const std::string& command) {
    m_process->write(command + "\n", base::deadlineIn(5s), {});
    return line();
}

SimulatedPhone::SimulatedPhone(std::vector<std::string> options)
    : m_rig("phone.py", phoneArguments(m_folder.path(), std::move(options))) {}

AdbServer::AdbServer() {
    m_tools.environment = {{"ANDROID_ADB_SERVER_PORT", std::to_string(freePort())},
                           {"HOME", m_home.path().string()},
                           {"TMPDIR", m_home.path().string()},
                           {"ADB_LOCAL_TRANSPORT_MAX_PORT", "5554"}};
    if (!base::findProgram("adb")) m_skip = "needs adb (package adb)";
}

AdbServer::~AdbServer() {
    if (m_skip.empty()) call({"kill-server"});
}

std::string AdbServer::call(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "adb");
    const auto answer = base::runProcess({.arguments = arguments, .environment = m_tools.environment}, {},
                                         base::deadlineIn(20s), {});
    return answer ? answer->output + answer->error : answer.error().message;
}

Board::Board() : m_rig("board.py", {"--folder", folder().string()}) {
    m_tools.sshConfig = folder() / "client_config";
    m_tools.knownHosts = folder() / "lathe_hosts";
}

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
    const auto deadline = base::deadlineIn(limit);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(20ms);
    }
    return true;
}

}  // namespace lathe::test
