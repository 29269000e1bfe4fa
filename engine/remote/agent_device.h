// A device reached by a transport, where an agent runs the models.
#pragma once

#include <map>
#include <mutex>

#include "engine/remote/agent_link.h"
#include "engine/remote/connection.h"
#include "engine/remote/device.h"
#include "engine/remote/device_facts.h"
#include "engine/remote/turn.h"

namespace lathe::remote {

// One small graph of the agent's self-test.
struct CheckedKernel {
    std::string name;
    double error = 0;  // largest difference from the plain evaluation, relative to the largest value
    double allowed = 0;
    std::string problem;  // why it could not run
    bool good = false;
};
struct DeviceCheck {
    std::vector<CheckedKernel> kernels;
    bool good = false;  // all are
};

class AgentDevice : public Device, public std::enable_shared_from_this<AgentDevice> {
  public:
    static std::shared_ptr<AgentDevice> make(DeviceAddress address, Tools tools, std::string name = {});
    ~AgentDevice() override;

    std::string name() const override;
    // The connection stays as it is.
    void setName(std::string name);
    std::string lane() const override {
        return m_address.address.empty() ? m_address.transport
                                         : m_address.transport + ":" + m_address.address;
    }
    const DeviceAddress& address() const { return m_address; }
    base::Result<std::unique_ptr<runtime::Session>> open(const ir::GraphPtr& graph,
                                                         const runtime::SessionOptions& options,
                                                         const base::Progress& progress) override;
    base::Result<profile::Profile> measure(const ir::GraphPtr& graph,
                                           std::span<const tensor::RuntimeValue> inputs,
                                           const profile::MeasureOptions& options,
                                           const base::Progress& progress) override;

    base::Result<profile::Machine> machine(int threads, const std::vector<int>& cores,
                                           const base::Progress& progress) override;
    base::Result<profile::SearchResult> search(const ir::GraphPtr& graph,
                                               std::span<const tensor::RuntimeValue> inputs,
                                               const profile::SearchOptions& options,
                                               const base::Progress& progress) override;

    // The connection in use, a new one when there is none or the last one broke.
    Outcome<std::shared_ptr<Connection>> connect(const base::Progress& progress);
    // Why the last connection broke; nothing while it holds, or when there was none.
    std::optional<Failure> lost() const;
    // Ends the connection; sessions that are open fail from then on.
    void disconnect();
    Outcome<DeviceFacts> facts(const base::Progress& progress);
    // Has the device compute what it is for and compares.
    Outcome<DeviceCheck> check(const base::Progress& progress);
    // An agent of its own on the device, spoken to.
    Outcome<std::unique_ptr<AgentLink>> startAgent(const base::Progress& progress);
    // The model as a flat file on the device, sent once for a connection, and once for ever when the device
    // still has it. Returns its path there.
    Outcome<std::string> push(const ir::GraphPtr& graph, const base::Progress& progress);

  private:
    AgentDevice(DeviceAddress address, Tools tools, std::string name);
    bool isEmulated() const;
    // Asks a fresh agent for something about a model.
    Outcome<Message> askFresh(Message request, const ir::GraphPtr& graph,
                              std::span<const tensor::RuntimeValue> inputs,
                              const runtime::SessionOptions& options, const base::Progress& progress,
                              base::FunctionRef<void(Message&)> between);
    Outcome<std::string> pushAgent(const std::shared_ptr<Connection>& connection,
                                   const base::Progress& progress);

    const DeviceAddress m_address;
    const Tools m_tools;
    Turns m_measuring;  // one measurement at a time
    Turns m_pushing;    // one file at a time: a second one would be sent twice or wait anyway
    Turns m_connecting;
    mutable std::mutex m_mutex;
    std::string m_name;  // guarded by m_mutex, as what follows
    std::shared_ptr<Connection> m_connection;
    std::string m_agent;  // its path on the device, of this connection
    std::vector<std::pair<std::weak_ptr<const ir::Graph>, std::string>> m_pushed;
};

}  // namespace lathe::remote
