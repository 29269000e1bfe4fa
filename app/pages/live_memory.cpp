#include "app/pages/live_memory.h"

#include <algorithm>
#include <optional>
#include <span>

#include "engine/ir/topology.h"
#include "engine/tensor/shape.h"

namespace lathe::app {
namespace {

std::optional<uint64_t> bytesOf(const ir::ValueType& type) {
    if (!type.isTensor() || !type.shape) return {};
    tensor::Shape shape;
    for (const auto& dim : *type.shape) {
        const auto size = dim.constant();
        if (!size) return {};
        shape.push_back(*size);
    }
    return tensor::checkedByteSize(type.element, shape);
}

}  // namespace

base::Result<LiveMemory> liveMemory(const ir::Graph& graph, const base::Progress& progress) {
    constexpr size_t kNever = SIZE_MAX;
    struct Life {
        size_t first = kNever, last = 0;
    };
    std::vector<Life> lives(graph.valueLimit());
    std::vector<bool> fixed(graph.valueLimit(), false);
    const auto& order = graph.order();
    const auto touch = [&](ir::ValueId value, size_t step) {
        if (!value || graph.value(value).constant() || fixed[value.index]) return;
        auto& life = lives[value.index];
        life.first = std::min(life.first, step);
        life.last = std::max(life.last, step);
    };
    std::vector<size_t> stepOf(graph.nodeLimit(), kNever);
    for (const auto value : graph.inputs()) touch(value, 0);
    for (size_t step = 0; step < order.size(); ++step) {
        const auto node = graph.node(order[step]);
        // What follows from constants alone is computed once, when a plan is made.
        const bool folded =
            !node.inputs().empty() && std::ranges::all_of(node.inputs(), [&](ir::ValueId value) {
                return !value || graph.value(value).constant() || fixed[value.index];
            });
        for (const auto value : node.inputs()) touch(value, step);
        for (const auto value : node.outputs()) {
            if (value && folded) fixed[value.index] = true;
            touch(value, step);
        }
        stepOf[order[step].index] = step;
    }
    for (const auto value : graph.outputs())
        if (!order.empty()) touch(value, order.size() - 1);
    // Branches and loop bodies read values of the main graph too, at the step of the node that has them.
    for (uint32_t v = 0; v < lives.size(); ++v)
        for (const auto& use :
             lives[v].first == kNever ? std::span<const ir::Use>() : graph.topology().uses(ir::ValueId{v})) {
            auto node = use.node;
            while (node && graph.subgraph(graph.node(node).subgraph()).owner)
                node = graph.subgraph(graph.node(node).subgraph()).owner;
            if (node && stepOf[node.index] != kNever) touch(ir::ValueId{v}, stepOf[node.index]);
        }
    if (progress.cancelled()) return base::Error::cancelled();
    // What begins and ends at each step; the sum so far is what is alive.
    std::vector<uint64_t> begins(order.size() + 1, 0), ends(order.size() + 1, 0);
    LiveMemory memory;
    for (uint32_t v = 0; v < lives.size(); ++v) {
        if (lives[v].first == kNever || order.empty()) continue;
        const auto bytes = bytesOf(graph.value(ir::ValueId{v}).type());
        if (!bytes) {
            ++memory.unknown;
            continue;
        }
        begins[lives[v].first] += *bytes;
        ends[lives[v].last + 1] += *bytes;
    }
    uint64_t alive = 0;
    for (size_t step = 0; step < order.size(); ++step) {
        alive += begins[step];
        alive -= ends[step];
        memory.steps.push_back({order[step], alive});
        if (alive > memory.steps[memory.peak].bytes) memory.peak = step;
    }
    return memory;
}

}  // namespace lathe::app
