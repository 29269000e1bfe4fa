// lathe-cli info: what is in a model file.
#include <map>

#include "app/cli/model_file.h"
#include "engine/base/text.h"
#include "engine/formats/format.h"
#include "engine/ops/coverage.h"
#include "engine/ops/infer.h"
#include "engine/ops/op.h"

namespace lathe::cli {
namespace {

struct Flags {
    std::string model;
    bool shapes = false;
    bool nodes = false;
};

nlohmann::json ports(const ir::Graph& graph, std::span<const ir::ValueId> values) {
    auto list = nlohmann::json::array();
    for (const auto id : values)
        list.push_back({{"name", graph.value(id).name()}, {"type", ir::toString(graph.value(id).type())}});
    return list;
}

int show(const Flags& flags, Output& output) {
    const auto graph = readModel(flags.model);
    if (!graph) return output.fail(graph.error());
    const auto& g = **graph;
    const auto& info = g.info();
    std::map<std::string, int64_t> counts;
    int64_t parameters = 0;
    uint64_t parameterBytes = 0;
    for (uint32_t n = 0; n < g.nodeLimit(); ++n)
        if (g.contains(ir::NodeId{n}))
            ++counts[(g.node({n}).domain().empty() ? "" : std::string(g.node({n}).domain()) + ".") +
                     std::string(g.node({n}).op())];
    for (uint32_t v = 0; v < g.valueLimit(); ++v)
        if (g.contains(ir::ValueId{v}) && g.valueData({v}).constant) {
            parameters += g.valueData({v}).constant->elementCount();
            parameterBytes += g.valueData({v}).constant->bytes().size();
        }
    const auto cost = ops::graphCost(g);
    std::vector<ir::SubgraphId> neverRun;
    if (auto again = ops::inferred(*graph, {.neverRun = &neverRun}); !again) neverRun.clear();
    const auto known = ops::coverage(g, neverRun);

    nlohmann::json json = {{"file", flags.model},
                           {"producer", info.producerName},
                           {"irVersion", info.irVersion},
                           {"opsets", info.fileOpsets},
                           {"nodesInFile", info.sourceNodeCount},
                           {"nodes", g.nodeCount()},
                           {"parameters", parameters},
                           {"parameterBytes", parameterBytes},
                           {"macs", cost.macs > 0 ? nlohmann::json(cost.macs) : nlohmann::json()},
                           {"inputs", ports(g, g.inputs())},
                           {"outputs", ports(g, g.outputs())},
                           {"ops", counts},
                           {"values",
                            {{"total", known.values},
                             {"withRankAndType", known.ranked},
                             {"withShape", known.complete},
                             {"inBodiesThatNeverRun", known.neverRun}}}};
    std::string opsets;
    for (const auto& [domain, version] : info.fileOpsets)
        opsets +=
            fmt::format("{}{} {}", opsets.empty() ? "" : ", ", domain.empty() ? "ai.onnx" : domain, version);
    output.line(fmt::format("{}", flags.model));
    output.line(fmt::format("  producer    {} {}", info.producerName, info.producerVersion));
    output.line(fmt::format("  opset       {} (IR version {})", opsets, info.irVersion));
    const int64_t inFile = info.sourceNodeCount, nodes = g.nodeCount();
    output.line(fmt::format(
        "  nodes       {}{}", nodes,
        inFile == nodes ? "" : fmt::format(" (the file has {}; constants are not counted here)", inFile)));
    output.line(fmt::format("  parameters  {} ({})", base::formatCount(static_cast<double>(parameters)),
                            base::formatBytes(parameterBytes)));
    output.line(fmt::format("  MACs        {}",
                            cost.macs > 0 ? base::formatCount(cost.macs) : "depends on the input shapes"));
    for (const auto id : g.inputs())
        output.line(
            fmt::format("  input       {}: {}", g.value(id).name(), ir::toString(g.value(id).type())));
    for (const auto id : g.outputs())
        output.line(
            fmt::format("  output      {}: {}", g.value(id).name(), ir::toString(g.value(id).type())));
    std::string ops;
    for (const auto& [op, count] : counts) ops += fmt::format("{}{} {}", ops.empty() ? "" : ", ", op, count);
    output.line(fmt::format("  ops         {}", ops));
    if (flags.shapes) {
        const auto share = [&](int64_t part) {
            return known.values ? 100.0 * static_cast<double>(part) / static_cast<double>(known.values)
                                : 100.0;
        };
        output.line(fmt::format(
            "  shapes      {} values: {:.1f} % with rank and type, {:.1f} % with known or symbolic shape{}",
            known.values, share(known.ranked), share(known.complete),
            known.neverRun == 0 ? "" : fmt::format("; {} more in bodies that never run", known.neverRun)));
    }
    if (flags.shapes || flags.nodes) {
        std::vector<std::vector<std::string>> rows;
        auto list = nlohmann::json::array();
        for (uint32_t s = 0; s < g.subgraphLimit(); ++s) {
            if (!g.contains(ir::SubgraphId{s})) continue;
            for (const auto id : g.order({s})) {
                const auto node = g.node(id);
                std::string types;
                for (const auto value : node.outputs())
                    if (value) types += (types.empty() ? "" : ", ") + ir::toString(g.value(value).type());
                rows.push_back(
                    {fmt::format("{}", id.index), std::string(node.op()), std::string(node.name()), types});
                list.push_back({{"id", id.index},
                                {"op", node.op()},
                                {"domain", node.domain()},
                                {"name", node.name()},
                                {"outputs", types}});
            }
        }
        json["nodeList"] = std::move(list);
        output.line("");
        output.table({"id", "op", "name", "outputs"}, rows);
    }
    output.result(json);
    return kGood;
}

}  // namespace

Verb infoVerb() {
    return {"info", "Show what is in a model file", "lathe-cli info model.onnx --shapes",
            [](CLI::App& command) -> Action {
                auto flags = std::make_shared<Flags>();
                command.add_option("MODEL", flags->model, "Model file")->required();
                command.add_flag("--shapes", flags->shapes,
                                 "List nodes with their output shapes and the shape coverage");
                command.add_flag("--nodes", flags->nodes, "List nodes");
                return [flags](Output& output) { return show(*flags, output); };
            }};
}

}  // namespace lathe::cli
