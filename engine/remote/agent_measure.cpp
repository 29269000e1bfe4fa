// Measuring on a device: in an agent of its own, so that loading and memory are the model's.
#include <fmt/format.h>

#include <ctime>

#include "engine/profile/conditions.h"
#include "engine/profile/flags.h"
#include "engine/profile/json.h"
#include "engine/profile/options_json.h"
#include "engine/remote/agent_device.h"
#include "engine/remote/protocol/records.h"
#include "engine/remote/protocol/value.h"

namespace lathe::remote {
namespace {

// Samples as they come, for a measurement whose end does not come.
struct Arrived {
    std::vector<double> starts, seconds;

    void take(const Message& message) {
        if (message.type() != "samples") return;
        try {
            const auto begun = message.record.at("starts").get<std::vector<double>>();
            const auto taken = message.record.at("seconds").get<std::vector<double>>();
            if (begun.size() != taken.size()) return;
            starts.insert(starts.end(), begun.begin(), begun.end());
            seconds.insert(seconds.end(), taken.begin(), taken.end());
        } catch (const Json::exception&) {
            // Less is kept; the measurement itself is not touched by it.
        }
    }

    profile::Profile partial(const profile::MeasureOptions& options, const ir::Graph& graph,
                             std::span<const tensor::RuntimeValue> inputs) const {
        profile::Profile profile;
        profile.conditions = profile::conditionsHere(graph, inputs);
        profile.conditions.processor.clear();  // those of this computer are not the device's
        profile.conditions.loadAverage = 0;
        profile.conditions.mode = options.mode;
        profile.conditions.threads = options.session.threads;
        profile.conditions.coresWanted = options.cores;
        profile.conditions.emulated = options.emulated;
        profile.starts = starts;
        profile.seconds = seconds;
        profile.time = profile::statistics(seconds);
        profile.flags = {profile::Flag::partial};
        profile.flags = profile::judge(profile, std::max(1, options.session.threads));
        return profile;
    }
};

}  // namespace

bool AgentDevice::isEmulated() const {
    for (const auto& word : m_address.runPrefix)
        if (word.find("qemu-") != std::string::npos) return true;
    return false;
}

Outcome<Message> AgentDevice::askFresh(Message request, const ir::GraphPtr& graph,
                                       std::span<const tensor::RuntimeValue> inputs,
                                       const runtime::SessionOptions& options, const base::Progress& progress,
                                       base::FunctionRef<void(Message&)> between) {
    const auto path = push(graph, progress.part(0, 0.2));
    if (!path) return path.failure();
    auto link = startAgent(progress.part(0.2, 0.25));
    if (!link) return link.failure();
    request.record["model"] = *path;
    request.record["options"] = toJson(options);
    request.record["inputs"] = Json::array();
    for (const auto& input : inputs) request.record["inputs"].push_back(putValue(input, request));
    const auto part = progress.part(0.25, 1);
    return (*link)->ask(std::move(request), part, [&](Message& message) {
        reportProgress(message, part);
        between(message);
    });
}

base::Result<profile::Profile> AgentDevice::measure(const ir::GraphPtr& graph,
                                                    std::span<const tensor::RuntimeValue> inputs,
                                                    const profile::MeasureOptions& options,
                                                    const base::Progress& progress) {
    auto turn = m_measuring.take(progress, fmt::format("Waiting for another measurement on {}", name()));
    if (!turn) return base::Error::cancelled();
    auto there = options;
    there.emulated = options.emulated || isEmulated();
    Arrived arrived;
    const auto answer =
        askFresh({{{"type", "measure"}, {"measure", toJson(there)}, {"stream", options.keepPartial}}, {}},
                 graph, inputs, options.session, progress, [&](Message& message) { arrived.take(message); });
    base::Result<profile::Profile> measured = base::Error{};
    if (answer)
        measured = profile::fromJson(answer->record.value("profile", Json()));
    else if (options.keepPartial && !arrived.seconds.empty())
        measured = arrived.partial(there, *graph, inputs);
    else
        return answer.failure().toError();
    if (!measured)
        return base::Error{
            fmt::format(
                "{} {}", measured.error().message,
                "The agent may be of another build than this program: build both anew, or install them "
                "from one version.")}
            .inside(name());
    auto& conditions = measured->conditions;
    conditions.deviceName = name();
    conditions.deviceAddress = lane();
    conditions.device = conditions.device.empty() ? name() : fmt::format("{}: {}", name(), conditions.device);
    conditions.modelHash = profile::modelHash(*graph);
    conditions.threadsWanted = std::max(0, options.session.threads);
    return measured;
}

base::Result<profile::SearchResult> AgentDevice::search(const ir::GraphPtr& graph,
                                                        std::span<const tensor::RuntimeValue> inputs,
                                                        const profile::SearchOptions& options,
                                                        const base::Progress& progress) {
    auto turn = m_measuring.take(progress, fmt::format("Waiting for another measurement on {}", name()));
    if (!turn) return base::Error::cancelled();
    const auto answer = askFresh({{{"type", "search"}, {"search", toJson(options)}}, {}}, graph, inputs,
                                 options.session, progress, [](Message&) {});
    if (!answer) return answer.failure().toError();
    auto found = profile::searchResultFromJson(answer->record.value("search", Json()));
    if (!found) return found.error().inside(name());
    return found;
}

base::Result<profile::Machine> AgentDevice::machine(int threads, const std::vector<int>& cores,
                                                    const base::Progress& progress) {
    auto turn = m_measuring.take(progress, fmt::format("Waiting for another measurement on {}", name()));
    if (!turn) return base::Error::cancelled();
    auto link = startAgent(progress);
    if (!link) return link.failure().toError();
    const auto answer =
        (*link)->ask({{{"type", "machine"}, {"threads", threads}, {"cores", cores}}, {}}, progress);
    if (!answer) return answer.failure().toError();
    profile::Machine machine;
    machine.threads = answer->field("threads", 0);
    machine.flops = answer->field("flops", 0.0);
    machine.bytesPerSecond = answer->field("bytesPerSecond", 0.0);
    if (machine.threads < 1 || !(machine.flops > 0) || !(machine.bytesPerSecond > 0))
        return base::Error::badInput(name() + ": the agent sent no speed of its device.");
    return machine;
}

}  // namespace lathe::remote
