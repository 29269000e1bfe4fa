// A board or server, through the user's own ssh: config, keys, agent and jump hosts work as in a terminal.
//
// The keeper is the master of a shared connection, every other call goes through it and never connects by
// itself. So one login serves all, the keeper's words tell why a link broke, and nothing outlives the keeper.
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "engine/base/text.h"
#include "engine/remote/ssh_client.h"
#include "engine/remote/tool_failures.h"

namespace lathe::remote {
namespace {

using Kind = Failure::Kind;

// Folders of programs that were killed.
void removeStaleFolders(const std::filesystem::path& parent, const std::string& prefix) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(parent, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(prefix)) continue;
        const auto owner = base::parseInteger(std::string_view(name)
                                                  .substr(prefix.size())
                                                  .substr(0, name.find('-', prefix.size()) - prefix.size()));
        struct stat info {};
        if (!owner || ::stat(entry.path().c_str(), &info) != 0 || info.st_uid != ::getuid()) continue;
        if (::kill(static_cast<pid_t>(*owner), 0) != 0 && errno == ESRCH)
            std::filesystem::remove_all(entry.path(), ignored);
    }
}

// A private folder for the socket of the shared connection. Its path must be short: a socket's name has about
// a hundred bytes, and ssh adds seventeen.
class SocketFolder {
  public:
    Done create() {
        const char* runtime = std::getenv("XDG_RUNTIME_DIR");
        std::error_code ignored;
        std::filesystem::path parent = "/tmp";
        if (runtime && std::strlen(runtime) < 40 && ::access(runtime, W_OK) == 0) parent = runtime;
        const std::string prefix = "lathe-ssh-";
        removeStaleFolders(parent, prefix);
        std::string pattern = (parent / fmt::format("{}{}-XXXXXX", prefix, ::getpid())).string();
        if (!::mkdtemp(pattern.data()))
            return Failure{Kind::localFile,
                           fmt::format("{}: cannot be made: {}.", pattern, std::strerror(errno)),
                           "Free space in that folder."};
        m_path = pattern;
        return Nothing{};
    }
    SocketFolder() = default;
    ~SocketFolder() {
        std::error_code ignored;
        if (!m_path.empty()) std::filesystem::remove_all(m_path, ignored);
    }
    SocketFolder(const SocketFolder&) = delete;
    SocketFolder& operator=(const SocketFolder&) = delete;
    std::string socket() const { return (m_path / "s").string(); }

  private:
    std::filesystem::path m_path;
};

class SshTransport final : public Transport {
  public:
    SshTransport(const DeviceAddress& address, const Tools& tools)
        : m_address(address.address), m_folder(address.folder), m_tools(tools) {}

    std::string name() const override { return m_address; }

    std::string folder() const override {
        return m_folder.empty() ? "\"$HOME/.cache/lathe\"" : shellWord(m_folder);
    }

    Done prepare(base::Deadline deadline, const base::Progress& progress) override {
        auto client = findSsh(m_tools);
        if (!client) return client.failure();
        m_client = std::move(*client);
        auto host = resolveSshHost(m_client, m_address, deadline, progress);
        if (!host) return host.failure();
        m_host = std::move(*host);
        return m_socketFolder.create();
    }

    base::ProcessOptions keeper(const std::string& line) const override {
        auto options = base::ProcessOptions{.arguments = m_client.start, .environment = m_client.environment};
        auto& arguments = options.arguments;
        arguments.insert(arguments.end(), {"-M", "-S", m_socketFolder.socket(), "-T"});
        const auto set = [&](std::string option) {
            arguments.insert(arguments.end(), {"-o", std::move(option)});
        };
        set("ControlPersist=no");
        // A dead link shows after four seconds, in the middle of a session as well as at its start.
        set("ConnectTimeout=4");
        set("ConnectionAttempts=1");
        set("ServerAliveInterval=1");
        set("ServerAliveCountMax=3");
        // The reasons are read from its words.
        set("LogLevel=INFO");
        // Of the user's configuration only what would disturb a shell line.
        set("RemoteCommand=none");
        set("ClearAllForwardings=yes");
        set("PermitLocalCommand=no");
        if (m_host.asksForHostKeys) set("StrictHostKeyChecking=yes");
        if (!m_tools.knownHosts.empty()) {
            std::string files;
            for (const auto& file : m_host.knownHosts) files += fmt::format("\"{}\" ", file);
            set(fmt::format("UserKnownHostsFile={}\"{}\"", files, m_tools.knownHosts.string()));
        }
        if (m_tools.askpass) {
            set("BatchMode=no");
            set("NumberOfPasswordPrompts=1");
            options.environment.emplace_back("SSH_ASKPASS", m_tools.askpass->program.string());
            options.environment.emplace_back("SSH_ASKPASS_REQUIRE", "force");
            options.environment.insert(options.environment.end(), m_tools.askpass->environment.begin(),
                                       m_tools.askpass->environment.end());
        } else {
            set("BatchMode=yes");
        }
        arguments.insert(arguments.end(), {"--", m_address, remoteLine(line)});
        return options;
    }

    base::ProcessOptions shell(const std::string& line) const override {
        auto options = base::ProcessOptions{.arguments = m_client.start, .environment = m_client.environment};
        // Without the master there must be no second login, and thus no second prompt: the way there is
        // blocked.
        options.arguments.insert(
            options.arguments.end(),
            {"-S", m_socketFolder.socket(), "-T", "-o", "ControlMaster=no", "-o", "ProxyCommand=false", "-o",
             "BatchMode=yes", "-o", "LogLevel=ERROR", "-o", "RemoteCommand=none", "-o",
             "ClearAllForwardings=yes", "--", m_address, remoteLine(line)});
        return options;
    }

    // Not scp: that needs an sftp server, which small boards lack.
    base::ProcessOptions copy(const std::filesystem::path& file,
                              const std::string& remotePath) const override {
        auto options = shell("export LC_ALL=C; exec cat > " + shellWord(remotePath));
        options.input = file;
        return options;
    }

    Failure linkFailure(std::string_view words, const base::Progress&) override {
        auto failure = sshFailure(m_address, words);
        if (failure.kind == Kind::failed && lastLine(words).empty())
            failure = {Kind::disconnected, fmt::format("{}: the connection broke.", m_address),
                       "Check the network and connect again."};
        return failure;
    }

    Failure copyFailure(std::string_view words) const override { return shellFailure(m_address, words); }

  private:
    // The user's shell there may be any: it only starts the one whose language we write.
    static std::string remoteLine(const std::string& line) { return "exec sh -c " + shellWord(line); }

    std::string m_address;
    std::string m_folder;
    Tools m_tools;
    SshClient m_client;
    SshHost m_host;
    SocketFolder m_socketFolder;
};

}  // namespace

TransportPtr sshTransport(const DeviceAddress& address, const Tools& tools) {
    return std::make_unique<SshTransport>(address, tools);
}

}  // namespace lathe::remote
