#include "engine/bundle/needs.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/kernels/families.h"
#include "engine/ops/entries.h"
#include "engine/ops/infer.h"
#include "engine/passes/pass.h"
#include "engine/runtime/draft.h"

namespace lathe::bundle {
namespace {

using OpName = std::pair<std::string, std::string>;  // domain ("" is ai.onnx), name
using OpNames = std::set<OpName>;

void addOps(const ir::Graph& graph, OpNames& names) {
    for (uint32_t i = 0; i < graph.nodeLimit(); ++i) {
        if (!graph.contains(ir::NodeId{i})) continue;
        const auto node = graph.node(ir::NodeId{i});
        const auto domain = node.domain() == "ai.onnx" ? std::string_view() : node.domain();
        names.emplace(domain, node.op());
    }
}

// The operators that planning writes the model in, as far as it can be told without shapes.
void addTidied(const ir::GraphPtr& graph, OpNames& names, const base::Progress& progress) {
    const auto typed = ops::inferred(runtime::withoutOrigins(graph), {});
    if (!typed) return;
    if (const auto tidied = runtime::tidied(*typed, progress)) addOps(**tidied, names);
}

// The same with every open dimension 1, and the nodes that fusions make. A model that cannot be planned so is
// one of those that need their real shapes.
void addPlanned(const ir::GraphPtr& graph, OpNames& names, const base::Progress& progress) {
    runtime::SessionOptions options;
    for (const auto input : graph->inputs())
        if (const auto& shape = graph->value(input).type().shape)
            for (const auto& dimension : *shape)
                if (!dimension.symbolName().empty()) options.bindings.emplace(dimension.symbolName(), 1);
    const auto session = runtime::open(graph, options, progress);
    if (!session) return;
    for (const auto& entry : (*session)->plan()) {
        const auto dot = entry.op.rfind('.');
        names.emplace(dot == std::string::npos ? "" : entry.op.substr(0, dot),
                      dot == std::string::npos ? entry.op : entry.op.substr(dot + 1));
    }
}

bool isHalf(tensor::DataType type) {
    return type == tensor::DataType::float16 || type == tensor::DataType::bfloat16;
}

bool usesHalves(const ir::Graph& graph) {
    for (uint32_t i = 0; i < graph.valueLimit(); ++i) {
        const ir::ValueId id{i};
        if (!graph.contains(id)) continue;
        const auto* constant = graph.value(id).constant();
        if (isHalf(constant ? constant->type() : graph.value(id).type().element)) return true;
    }
    return false;
}

bool hasQuantized(const std::vector<kernels::Kernel>& family) {
    return std::any_of(family.begin(), family.end(),
                       [](const auto& k) { return k.op.starts_with("QLinear"); });
}

void addKernels(const OpNames& names, bool halves, Needs& needs) {
    // Families for codes take ordinary operators as well, between those that quantize.
    const bool quantized = std::any_of(names.begin(), names.end(), [](const OpName& name) {
        return name.second.find("QLinear") != std::string::npos ||
               name.second.find("uantize") != std::string::npos || name.second.ends_with("Integer");
    });

    const auto wanted = [&](const kernels::Kernel& kernel) {
        return std::any_of(names.begin(), names.end(),
                           [&](const OpName& name) { return name.second == kernel.op; });
    };
    bool blocked = false;
    for (const auto& family : kernels::cpuFamilies()) {
        const auto list = family.kernels();
        if (std::none_of(list.begin(), list.end(), wanted) || (hasQuantized(list) && !quantized)) continue;
        needs.kernels.emplace(family.name);
        blocked = blocked || std::any_of(list.begin(), list.end(), [](const auto& k) { return k.blocked; });
    }
    // What planning puts between other nodes wherever layouts or types meet.
    for (const auto& family : kernels::cpuFamilies())
        for (const auto& kernel : family.kernels())
            if (kernel.domain == "lathe" &&
                ((blocked && kernel.op == "Reorder") || (halves && kernel.op == "Cast")))
                needs.kernels.emplace(family.name);
}

// "fuse_layer_norm" is fuseLayerNorm in the list.
std::string listed(std::string_view name) {
    std::string result;
    for (size_t i = 0; i < name.size(); ++i)
        if (name[i] == '_' && i + 1 < name.size())
            result += static_cast<char>(name[++i] - 'a' + 'A');
        else
            result += name[i];
    return result;
}

}  // namespace

Needs needsOf(const ir::GraphPtr& graph, const base::Progress& progress) {
    OpNames names;
    addOps(*graph, names);
    const bool halves = usesHalves(*graph) || names.contains(OpName{"", "Cast"});
    addTidied(graph, names, progress.part(0, 0.2));
    addPlanned(graph, names, progress.part(0.2, 1));
    Needs needs;
    for (const auto& entry : ops::entries()) {
        const auto op = entry.op();
        if (names.contains(OpName{op.domain, op.name})) needs.ops.emplace(entry.name);
    }
    for (const auto name : runtime::tidyingPasses()) needs.passes.insert(listed(name));
    addKernels(names, halves, needs);
    return needs;
}

}  // namespace lathe::bundle
