#include "engine/remote/remote_session.h"

#include <fmt/format.h>

#include <mutex>

#include "engine/remote/protocol/records.h"
#include "engine/remote/protocol/value.h"

namespace lathe::remote {
namespace {

// A field of an answer, or an error with the name of the device.
template <typename Read>
auto readField(const Message& answer, const char* field, const std::string& device, Read read)
    -> decltype(read(answer.record)) {
    const auto it = answer.record.find(field);
    if (it == answer.record.end())
        return base::Error::badInput(fmt::format("{}: the agent's answer has no \"{}\".", device, field));
    return read(*it);
}

class RemoteSession : public runtime::Session {
  public:
    RemoteSession(std::unique_ptr<AgentLink> link, ir::GraphPtr graph)
        : m_link(std::move(link)), m_graph(std::move(graph)) {}

    base::Status take(const Message& opened) {
        const auto& device = m_link->deviceName();
        auto inputs = readField(opened, "inputs", device, portsFromJson);
        if (!inputs) return inputs.error();
        auto outputs = readField(opened, "outputs", device, portsFromJson);
        if (!outputs) return outputs.error();
        auto memory = readField(opened, "memory", device, memoryUseFromJson);
        if (!memory) return memory.error();
        m_inputs = std::move(*inputs);
        m_outputs = std::move(*outputs);
        m_memory = *memory;
        m_device = fmt::format("{}: {}", device, opened.field("device", std::string()));
        return {};
    }

    const std::vector<runtime::Port>& inputs() const override { return m_inputs; }
    const std::vector<runtime::Port>& outputs() const override { return m_outputs; }
    runtime::MemoryUse memory() const override { return m_memory; }
    std::string deviceName() const override { return m_device; }
    const ir::GraphPtr& graph() const override { return m_graph; }

    base::Result<std::vector<tensor::RuntimeValue>> run(std::span<const tensor::RuntimeValue> inputs,
                                                        const runtime::RunOptions& options) override {
        Message request;
        request.record = {{"type", "run"}, {"times", options.nodeTimes != nullptr}};
        request.record["inputs"] = Json::array();
        for (const auto& input : inputs) request.record["inputs"].push_back(putValue(input, request));
        request.record["capture"] = Json::array();
        if (options.onCapture)
            for (const auto value : options.capture) request.record["capture"].push_back(value.index);
        m_planned = false;
        base::Status captured;
        auto answer = m_link->ask(std::move(request), options.progress ? *options.progress : base::Progress(),
                                  [&](Message& message) {
                                      if (auto status = capture(message, options); !status) captured = status;
                                  });
        if (!answer) return answer.failure().toError();
        if (!captured) return captured.error();
        return take(*answer, options);
    }

    std::vector<runtime::PlanEntry> plan() const override { return planned().plan.entries; }
    std::string kernelOf(ir::NodeId node) const override {
        const auto& kernels = planned().kernels;
        const auto it = kernels.find(std::to_string(node.index));
        return it != kernels.end() && it->is_string() ? it->get<std::string>() : std::string();
    }

  private:
    struct Planned {
        RemotePlan plan;
        Json kernels = Json::object();
    };

    base::Status capture(Message& message, const runtime::RunOptions& options) const {
        if (message.type() != "captured") return {};
        const auto id = message.record.find("value");
        if (id == message.record.end() || !id->is_number_unsigned())
            return base::Error::badInput(m_device + ": a captured value has no number.");
        const Json described = message.record.value("tensor", Json());
        auto value = takeValue(described, message);
        if (!value) return value.error();
        if (const auto* tensor = value->tensor())
            options.onCapture(ir::ValueId{id->get<uint32_t>()}, *tensor);
        return {};
    }

    base::Result<std::vector<tensor::RuntimeValue>> take(Message& answer,
                                                         const runtime::RunOptions& options) {
        const auto& device = m_link->deviceName();
        auto memory = readField(answer, "memory", device, memoryUseFromJson);
        if (!memory) return memory.error();
        m_memory = *memory;
        if (options.nodeTimes) {
            auto times = readField(answer, "times", device, nodeTimesFromJson);
            if (!times) return times.error();
            *options.nodeTimes = std::move(*times);
        }
        std::vector<tensor::RuntimeValue> outputs;
        const Json list = answer.record.value("outputs", Json::array());
        for (const auto& item : list) {
            auto value = takeValue(item, answer);
            if (!value) return value.error();
            outputs.push_back(std::move(*value));
        }
        if (outputs.size() != m_outputs.size())
            return base::Error::badInput(fmt::format("{}: the agent sent {} outputs of {}.", device,
                                                     outputs.size(), m_outputs.size()));
        return outputs;
    }

    // Asked for when somebody wants it, once a run. A link that broke has no plan to tell.
    const Planned& planned() const {
        if (m_planned) return m_plan;
        m_planned = true;
        m_plan = {};
        const auto answer = m_link->ask({{{"type", "plan"}}, {}}, {});
        if (!answer) return m_plan;
        if (auto plan = readField(*answer, "plan", m_device, planFromJson)) m_plan.plan = std::move(*plan);
        m_plan.kernels = answer->record.value("kernels", Json::object());
        return m_plan;
    }

    std::unique_ptr<AgentLink> m_link;
    ir::GraphPtr m_graph;
    std::vector<runtime::Port> m_inputs, m_outputs;
    runtime::MemoryUse m_memory;
    std::string m_device;
    mutable bool m_planned = false;
    mutable Planned m_plan;
};

}  // namespace

Outcome<std::unique_ptr<runtime::Session>> openRemoteSession(std::unique_ptr<AgentLink> link,
                                                             const std::string& path,
                                                             const ir::GraphPtr& graph,
                                                             const runtime::SessionOptions& options,
                                                             const base::Progress& progress) {
    auto opened = link->ask({{{"type", "open"}, {"model", path}, {"options", toJson(options)}}, {}}, progress,
                            [&](Message& message) { reportProgress(message, progress); });
    if (!opened) return opened.failure();
    auto session = std::make_unique<RemoteSession>(std::move(link), graph);
    if (auto status = session->take(*opened); !status)
        return Failure{Failure::Kind::failed, status.error().message, {}};
    return std::unique_ptr<runtime::Session>(std::move(session));
}

}  // namespace lathe::remote
