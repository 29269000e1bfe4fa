#include "engine/remote/protocol/records.h"

#include <fmt/format.h>

#include <map>

#include "engine/runtime/json.h"

namespace lathe::remote {
namespace {

constexpr std::string_view kErrorKinds[] = {"failed", "cancelled", "badInput", "usage"};

// What `read` makes of the JSON, or an error with the name of the record.
template <typename Read>
auto readAs(std::string_view what, Read read) -> base::Result<decltype(read())> {
    try {
        return read();
    } catch (const Json::exception& error) {
        return base::Error::badInput(
            fmt::format("The {} of the other side cannot be read: {}", what, error.what()));
    }
}

tensor::Shape shapeOf(const Json& json) {
    const auto list = json.get<std::vector<int64_t>>();
    return {list.begin(), list.end()};
}

}  // namespace

Json toJson(const runtime::SessionOptions& o) {
    return {{"threads", o.threads},
            {"bindings", o.bindings},
            {"fuse", o.fuse},
            {"plainOnly", o.plainOnly},
            {"cores", o.cores}};
}

base::Result<runtime::SessionOptions> sessionOptionsFromJson(const Json& json) {
    return readAs("session options", [&] {
        runtime::SessionOptions o;
        o.threads = json.at("threads").get<int>();
        for (const auto& [name, size] : json.at("bindings").items()) o.bindings[name] = size.get<int64_t>();
        o.fuse = json.at("fuse").get<bool>();
        o.plainOnly = json.at("plainOnly").get<bool>();
        o.cores = json.value("cores", std::vector<int>{});
        return o;
    });
}

Json toJson(const std::vector<runtime::Port>& ports) {
    auto list = Json::array();
    for (const auto& port : ports)
        list.push_back({{"value", port.value.index},
                        {"name", port.name},
                        {"type", ir::toString(port.type)},
                        {"optional", port.optional}});
    return list;
}

base::Result<std::vector<runtime::Port>> portsFromJson(const Json& json) {
    return readAs("list of inputs or outputs", [&] {
        std::vector<runtime::Port> ports;
        for (const auto& item : json)
            ports.push_back({ir::ValueId{item.at("value").get<uint32_t>()},
                             item.at("name").get<std::string>(),
                             ir::parseType(item.at("type").get<std::string>()).value_or(ir::ValueType{}),
                             item.at("optional").get<bool>()});
        return ports;
    });
}

Json toJson(const runtime::MemoryUse& use) {
    return {{"arenaBytes", use.arenaBytes},
            {"lowerBoundBytes", use.lowerBoundBytes},
            {"weightBytes", use.weightBytes},
            {"packedBytes", use.packedBytes}};
}

base::Result<runtime::MemoryUse> memoryUseFromJson(const Json& json) {
    return readAs("memory use", [&] {
        return runtime::MemoryUse{
            json.at("arenaBytes").get<uint64_t>(), json.at("lowerBoundBytes").get<uint64_t>(),
            json.at("weightBytes").get<uint64_t>(), json.at("packedBytes").get<uint64_t>()};
    });
}

Json toJson(const std::vector<runtime::NodeTime>& times) {
    auto list = Json::array();
    for (const auto& time : times) list.push_back({time.node.index, time.start, time.end});
    return list;
}

base::Result<std::vector<runtime::NodeTime>> nodeTimesFromJson(const Json& json) {
    return readAs("times of nodes", [&] {
        std::vector<runtime::NodeTime> times;
        for (const auto& item : json)
            times.push_back({ir::NodeId{item.at(0).get<uint32_t>()}, item.at(1).get<int64_t>(),
                             item.at(2).get<int64_t>()});
        return times;
    });
}

Json toJson(const std::vector<runtime::PlanEntry>& plan) {
    auto list = Json::array();
    for (const auto& entry : plan) list.push_back(runtime::toJson(entry));
    return list;
}

base::Result<RemotePlan> planFromJson(const Json& json) {
    return readAs("plan", [&] {
        RemotePlan plan;
        std::map<std::string, std::string_view, std::less<>> known;
        const auto kept = [&](const Json& text) {
            const auto content = text.get<std::string>();
            const auto it = known.find(content);
            if (it != known.end()) return it->second;
            plan.texts.push_back(std::make_shared<std::string>(content));
            return known[content] = *plan.texts.back();
        };
        for (const auto& item : json) {
            runtime::PlanEntry entry;
            entry.kernel = kept(item.at("kernel"));
            entry.reason = kept(item.at("reason"));
            entry.op = item.at("op").get<std::string>();
            for (const auto& node : item.at("nodes")) entry.nodes.push_back(ir::NodeId{node.get<uint32_t>()});
            for (const auto& o : item.at("outputs"))
                entry.outputs.push_back({tensor::dataTypeFromName(o.at("type").get<std::string>())
                                             .value_or(tensor::DataType::undefined),
                                         shapeOf(o.at("shape")), kept(o.at("layout")), kept(o.at("memory")),
                                         o.at("offset").get<uint64_t>(), o.at("bytes").get<uint64_t>()});
            entry.inPlace = item.at("inPlace").get<bool>();
            entry.packedBytes = item.at("packedBytes").get<uint64_t>();
            entry.scratchBytes = item.at("scratchBytes").get<uint64_t>();
            entry.depth = item.at("depth").get<int>();
            plan.entries.push_back(std::move(entry));
        }
        return plan;
    });
}

Json toJson(const base::Error& error) {
    return {{"type", "failed"},
            {"message", error.message},
            {"kind", kErrorKinds[static_cast<size_t>(error.kind)]}};
}

}  // namespace lathe::remote
