#include "app/agent/requests.h"

#include <fmt/format.h>

#include "app/agent/model.h"
#include "app/agent/sample_stream.h"
#include "app/agent/self_test.h"
#include "engine/profile/device_state_reader.h"
#include "engine/profile/json.h"
#include "engine/profile/machine.h"
#include "engine/profile/options_json.h"
#include "engine/profile/search.h"
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

Requests::Requests(Link& link) : m_link(link), m_restCelsius(profile::readTemperature("/")) {}

base::Result<Message> Requests::answer(Message& request, const base::Progress& progress) {
    using Answer = base::Result<Message> (Requests::*)(Message&, const base::Progress&);
    static constexpr std::pair<std::string_view, Answer> kAnswers[] = {
        {"open", &Requests::open},      {"run", &Requests::run},   {"measure", &Requests::measure},
        {"search", &Requests::search},  {"plan", &Requests::plan}, {"check", &Requests::check},
        {"machine", &Requests::machine}};
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

// What loading takes of a request: the options, the inputs and the graph of what will be measured.
base::Result<Requests::Subject> Requests::subjectOf(Message& request, const base::Progress& progress) {
    // A session of its own: loading is a part of what is measured.
    m_session = nullptr;
    auto options = remote::sessionOptionsFromJson(request.record.at("options"));
    if (!options) return options.error();
    auto inputs = inputsOf(request);
    if (!inputs) return inputs.error();
    auto graph = readModel(request.record.at("model").get<std::string>(), progress);
    if (!graph) return graph.error();
    return Subject{std::move(*options), std::move(*inputs), std::move(*graph)};
}

base::Result<Message> Requests::measure(Message& request, const base::Progress& progress) {
    auto measure = profile::measureOptionsFromJson(request.record.at("measure"));
    if (!measure) return measure.error();
    auto subject = subjectOf(request, progress.part(0, 0.05));
    if (!subject) return subject.error();
    measure->session = subject->options;
    if (!measure->coolDown.restCelsius) measure->coolDown.restCelsius = m_restCelsius;
    SampleStream stream(m_link, request.record.at("id"));
    if (request.record.value("stream", false))
        measure->onSample = [&](double start, double seconds) { stream.add(start, seconds); };
    auto profile = profile::measure(subject->graph, subject->inputs, *measure, progress.part(0.05, 1));
    if (!profile) return profile.error();
    return Message{{{"profile", profile::toJson(*profile)}}, {}};
}

base::Result<Message> Requests::search(Message& request, const base::Progress& progress) {
    auto search = profile::searchOptionsFromJson(request.record.at("search"));
    if (!search) return search.error();
    auto subject = subjectOf(request, progress.part(0, 0.05));
    if (!subject) return subject.error();
    search->session = subject->options;
    const auto found = profile::search(subject->graph, subject->inputs, *search, progress.part(0.05, 1));
    if (!found) return found.error();
    return Message{{{"search", profile::toJson(*found)}}, {}};
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
    const auto machine = profile::measureMachine(request.record.at("threads").get<int>(), progress,
                                                 request.record.at("cores").get<std::vector<int>>());
    if (!machine) return machine.error();
    return Message{{{"threads", machine->threads},
                    {"flops", machine->flops},
                    {"bytesPerSecond", machine->bytesPerSecond}},
                   {}};
}

}  // namespace lathe::agent
