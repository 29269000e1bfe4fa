#include "app/agent/requests.h"

#include <fmt/format.h>

#include "app/agent/model.h"
#include "app/agent/self_test.h"
#include "engine/profile/json.h"
#include "engine/profile/machine.h"
#include "engine/profile/measure.h"
#include "engine/remote/protocol/records.h"
#include "engine/remote/protocol/value.h"

namespace lathe::agent {
namespace {

using remote::Json;
using remote::Message;

base::Error nothingOpen() { return base::Error::badInput("No model is open on the device. Open one first."); }

base::Result<std::vector<tensor::RuntimeValue>> inputsOf(Message& request) {
    std::vector<tensor::RuntimeValue> inputs;
    const Json list = request.record.at("inputs");
    for (const auto& item : list) {
        auto value = remote::takeValue(item, request);
        if (!value) return value.error();
        inputs.push_back(std::move(*value));
    }
    return inputs;
}

}  // namespace

base::Result<Message> Requests::answer(Message& request, const base::Progress& progress) {
    using Answer = base::Result<Message> (Requests::*)(Message&, const base::Progress&);
    static constexpr std::pair<std::string_view, Answer> kAnswers[] = {
        {"open", &Requests::open}, {"run", &Requests::run},     {"measure", &Requests::measure},
        {"plan", &Requests::plan}, {"check", &Requests::check}, {"machine", &Requests::machine}};
    const auto type = request.type();
    for (const auto& [name, function] : kAnswers)
        if (name == type) return (this->*function)(request, progress);
    return base::Error::badInput(fmt::format("This agent knows no request \"{}\".", type));
}

base::Result<Message> Requests::open(Message& request, const base::Progress& progress) {
    // Memory of the last model is free before the next one takes its own.
    m_session = nullptr;
    m_graph = nullptr;
    auto options = remote::sessionOptionsFromJson(request.record.at("options"));
    if (!options) return options.error();
    auto graph = readModel(request.record.at("model").get<std::string>(), progress.part(0, 0.2));
    if (!graph) return graph.error();
    auto session = runtime::open(*graph, *options, progress.part(0.2, 1));
    if (!session) return session.error();
    m_graph = std::move(*graph);
    m_session = std::move(*session);
    return Message{{{"device", m_session->deviceName()},
                    {"inputs", remote::toJson(m_session->inputs())},
                    {"outputs", remote::toJson(m_session->outputs())},
                    {"memory", remote::toJson(m_session->memory())}},
                   {}};
}

base::Result<Message> Requests::run(Message& request, const base::Progress& progress) {
    if (!m_session) return nothingOpen();
    auto inputs = inputsOf(request);
    if (!inputs) return inputs.error();
    std::vector<ir::ValueId> capture;
    for (const auto& value : request.record.at("capture"))
        capture.push_back(ir::ValueId{value.get<uint32_t>()});
    std::vector<runtime::NodeTime> times;
    const Json id = request.record.at("id");
    runtime::RunOptions options;
    options.progress = &progress;
    options.capture = capture;
    options.nodeTimes = request.record.at("times").get<bool>() ? &times : nullptr;
    options.onCapture = [&](ir::ValueId value, const tensor::Tensor& tensor) {
        Message captured;
        captured.record = {{"type", "captured"}, {"id", id}, {"value", value.index}};
        captured.record["tensor"] = remote::putTensor(tensor, captured);
        m_link.write(captured);
    };
    auto outputs = m_session->run(*inputs, options);
    if (!outputs) return outputs.error();
    Message answer;
    answer.record["outputs"] = Json::array();
    for (const auto& output : *outputs) answer.record["outputs"].push_back(remote::putValue(output, answer));
    answer.record["times"] = remote::toJson(times);
    answer.record["memory"] = remote::toJson(m_session->memory());
    return answer;
}

base::Result<Message> Requests::measure(Message& request, const base::Progress& progress) {
    // A session of its own: loading is a part of what is measured.
    m_session = nullptr;
    auto options = remote::sessionOptionsFromJson(request.record.at("options"));
    if (!options) return options.error();
    auto inputs = inputsOf(request);
    if (!inputs) return inputs.error();
    auto graph = readModel(request.record.at("model").get<std::string>(), progress.part(0, 0.05));
    if (!graph) return graph.error();
    profile::MeasureOptions measure;
    measure.session = *options;
    measure.runs = request.record.at("runs").get<int>();
    measure.warmup = request.record.at("warmup").get<int>();
    measure.seconds = request.record.at("seconds").get<double>();
    measure.nodes = request.record.at("nodes").get<bool>();
    auto profile = profile::measure(*graph, *inputs, measure, progress.part(0.05, 1));
    if (!profile) return profile.error();
    return Message{{{"profile", profile::toJson(*profile)}}, {}};
}

base::Result<Message> Requests::plan(Message&, const base::Progress&) {
    if (!m_session) return nothingOpen();
    auto kernels = Json::object();
    for (uint32_t i = 0; i < m_graph->nodeLimit(); ++i)
        if (m_graph->contains(ir::NodeId{i})) kernels[std::to_string(i)] = m_session->kernelOf(ir::NodeId{i});
    return Message{{{"plan", remote::toJson(m_session->plan())}, {"kernels", std::move(kernels)}}, {}};
}

base::Result<Message> Requests::check(Message&, const base::Progress& progress) {
    auto results = Json::array();
    bool good = true;
    for (const auto& result : selfTest(progress)) {
        good = good && result.good();
        results.push_back({{"name", result.name},
                           {"error", result.error},
                           {"allowed", result.allowed},
                           {"problem", result.problem}});
    }
    if (auto status = progress.check(); !status) return status.error();
    return Message{{{"good", good}, {"results", std::move(results)}}, {}};
}

base::Result<Message> Requests::machine(Message& request, const base::Progress& progress) {
    const auto machine = profile::measureMachine(request.record.at("threads").get<int>(), progress);
    if (!machine) return machine.error();
    return Message{{{"threads", machine->threads},
                    {"flops", machine->flops},
                    {"bytesPerSecond", machine->bytesPerSecond}},
                   {}};
}

}  // namespace lathe::agent
