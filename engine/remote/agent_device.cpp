#include "engine/remote/agent_device.h"

#include <fmt/format.h>

#include <random>

#include "engine/formats/lathe/lathe.h"
#include "engine/remote/agent_files.h"
#include "engine/remote/protocol/records.h"
#include "engine/remote/remote_session.h"

namespace lathe::remote {
namespace {

namespace fs = std::filesystem;
using Kind = Failure::Kind;
using namespace std::chrono_literals;

// For reaching a device, and for a person who is asked for a password on the way.
constexpr auto kConnect = 15s, kConnectAsked = 180s;
constexpr auto kFacts = 10s;

// A file of this computer that goes with the object.
class TemporaryFile {
  public:
    explicit TemporaryFile(std::string_view ending) {
        std::random_device random;
        std::error_code error;
        m_path =
            fs::temp_directory_path(error) / fmt::format("lathe-{:08x}{:08x}{}", random(), random(), ending);
    }
    ~TemporaryFile() {
        std::error_code ignored;
        fs::remove(m_path, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    const fs::path& path() const { return m_path; }

  private:
    fs::path m_path;
};

}  // namespace

AgentDevice::AgentDevice(DeviceAddress address, Tools tools, std::string name)
    : m_address(std::move(address)), m_tools(std::move(tools)), m_name(std::move(name)) {}

std::shared_ptr<AgentDevice> AgentDevice::make(DeviceAddress address, Tools tools, std::string name) {
    return std::shared_ptr<AgentDevice>(
        new AgentDevice(std::move(address), std::move(tools), std::move(name)));
}

AgentDevice::~AgentDevice() = default;

std::string AgentDevice::name() const {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_name.empty()) return m_name;
    }
    const auto transport = makeTransport(m_address, m_tools);
    return transport ? (*transport)->name() : m_address.address;
}

void AgentDevice::setName(std::string name) {
    const std::lock_guard lock(m_mutex);
    m_name = std::move(name);
}

Outcome<std::shared_ptr<Connection>> AgentDevice::connect(const base::Progress& progress) {
    auto turn = m_connecting.take(progress, "Waiting for the connection");
    if (!turn) return Failure::cancelled();
    std::shared_ptr<Connection> old;
    {
        const std::lock_guard lock(m_mutex);
        old = m_connection;
    }
    if (old && !old->lost(0ms)) return old;
    old = nullptr;
    disconnect();
    progress.report(0, "Connecting to " + name());
    auto connection = Connection::open(
        m_address, m_tools, base::deadlineIn(m_tools.askpass ? kConnectAsked : kConnect), progress);
    if (!connection) return connection.failure();
    const std::lock_guard lock(m_mutex);
    return m_connection = std::move(*connection);
}

std::optional<Failure> AgentDevice::lost() const {
    std::shared_ptr<Connection> connection;
    {
        const std::lock_guard lock(m_mutex);
        connection = m_connection;
    }
    return connection ? connection->lost(0ms) : std::nullopt;
}

void AgentDevice::disconnect() {
    std::shared_ptr<Connection> old;
    {
        const std::lock_guard lock(m_mutex);
        std::swap(old, m_connection);
        m_agent.clear();
        m_pushed.clear();
    }
    if (old) old->close();
}

Outcome<DeviceFacts> AgentDevice::facts(const base::Progress& progress) {
    const auto connection = connect(progress);
    if (!connection) return connection.failure();
    return readFacts(**connection, base::deadlineIn(kFacts), progress);
}

Outcome<std::string> AgentDevice::pushAgent(const std::shared_ptr<Connection>& connection,
                                            const base::Progress& progress) {
    {
        const std::lock_guard lock(m_mutex);
        if (connection == m_connection && !m_agent.empty()) return m_agent;
    }
    const auto architecture = agentArchitecture(*connection, progress);
    if (!architecture) return architecture.failure();
    auto file = agentFile(m_tools, *architecture);
    if (!file) {
        auto failure = file.failure();
        failure.sentence = connection->name() + ": " + failure.sentence;
        return failure;
    }
    auto path = connection->push(*file, "lathe-agent", true, progress);
    if (!path) return path.failure();
    const std::lock_guard lock(m_mutex);
    if (connection == m_connection) m_agent = *path;
    return path;
}

Outcome<std::unique_ptr<AgentLink>> AgentDevice::startAgent(const base::Progress& progress) {
    const auto connection = connect(progress);
    if (!connection) return connection.failure();
    auto turn = m_pushing.take(progress, "Waiting for another file to be sent");
    if (!turn) return Failure::cancelled();
    const auto path = pushAgent(*connection, progress);
    if (!path) return path.failure();
    turn.end();
    progress.report(0, "Starting the agent");
    Command command;
    command.arguments = {*path, "serve"};
    command.own = true;
    auto channel = (*connection)->start(command);
    if (!channel) return channel.failure();
    return AgentLink::open(std::move(*channel), name(), progress);
}

Outcome<std::string> AgentDevice::push(const ir::GraphPtr& graph, const base::Progress& progress) {
    const auto connection = connect(progress);
    if (!connection) return connection.failure();
    auto turn = m_pushing.take(progress, "Waiting for another file to be sent");
    if (!turn) return Failure::cancelled();
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [known, path] : m_pushed)
            if (known.lock() == graph) return path;
    }
    progress.report(0, "Writing the model");
    const TemporaryFile file(".lathe");
    if (auto status = formats::flat::writeFile(*graph, file.path(), {}, progress.part(0, 0.2)); !status) {
        if (status.error().kind == base::Error::Kind::cancelled) return Failure::cancelled();
        return Failure{Kind::localFile, status.error().message, {}};
    }
    auto path = (*connection)->push(file.path(), "model.lathe", false, progress.part(0.2, 1));
    if (!path) return path.failure();
    const std::lock_guard lock(m_mutex);
    if (*connection == m_connection) {
        std::erase_if(m_pushed, [](const auto& entry) { return entry.first.expired(); });
        m_pushed.emplace_back(graph, *path);
    }
    return path;
}

Outcome<DeviceCheck> AgentDevice::check(const base::Progress& progress) {
    auto link = startAgent(progress.part(0, 0.5));
    if (!link) return link.failure();
    const auto part = progress.part(0.5, 1);
    const auto answer = (*link)->ask({{{"type", "check"}}, {}}, part,
                                     [&](Message& message) { reportProgress(message, part); });
    if (!answer) return answer.failure();
    DeviceCheck check;
    try {
        check.good = answer->record.at("good").get<bool>();
        for (const auto& item : answer->record.at("results")) {
            CheckedKernel kernel;
            kernel.name = item.at("name").get<std::string>();
            kernel.error = item.at("error").get<double>();
            kernel.allowed = item.at("allowed").get<double>();
            kernel.problem = item.at("problem").get<std::string>();
            kernel.good = kernel.problem.empty() && kernel.error <= kernel.allowed;
            check.kernels.push_back(std::move(kernel));
        }
    } catch (const Json::exception& error) {
        return Failure{
            Kind::failed, fmt::format("{}: the self-test cannot be read: {}", name(), error.what()), {}};
    }
    return check;
}

base::Result<std::unique_ptr<runtime::Session>> AgentDevice::open(const ir::GraphPtr& graph,
                                                                  const runtime::SessionOptions& options,
                                                                  const base::Progress& progress) {
    const auto path = push(graph, progress.part(0, 0.5));
    if (!path) return path.failure().toError();
    auto link = startAgent(progress.part(0.5, 0.6));
    if (!link) return link.failure().toError();
    auto session = openRemoteSession(std::move(*link), *path, graph, options, progress.part(0.6, 1));
    if (!session) return session.failure().toError();
    return std::move(*session);
}

}  // namespace lathe::remote
