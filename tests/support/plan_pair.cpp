#include "tests/support/plan_pair.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/ir/text.h"
#include "engine/ops/interpreter.h"
#include "engine/runtime/executor.h"
#include "tests/support/compare.h"
#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

using runtime::Plan;
using Values = std::vector<tensor::RuntimeValue>;

std::unique_ptr<Plan> planned(const ir::GraphPtr& graph, const Values& inputs,
                              const runtime::PlanOptions& options) {
    std::vector<runtime::GivenInput> given;
    for (size_t i = 0; i < inputs.size(); ++i) {
        const auto* tensor = inputs[i].tensor();
        given.push_back({graph->inputs()[i], tensor != nullptr,
                         tensor ? tensor->type() : tensor::DataType::undefined,
                         tensor ? tensor->shape() : tensor::Shape(), nullptr});
    }
    auto plan = runtime::makePlan(graph, given, {}, options, {});
    EXPECT_TRUE(plan) << plan.error().message;
    return plan ? std::move(*plan) : nullptr;
}

Values runTwice(const Plan& plan, const Values& inputs) {
    const base::Workers workers(2);
    runtime::Executor executor(plan, workers, std::make_shared<tensor::Tensor>());
    Values last;
    for (int run = 0; run < 2; ++run) {
        auto results = executor.run(inputs, {});
        EXPECT_TRUE(results) << results.error().message;
        if (results) last = std::move(*results);
    }
    return last;
}

bool movesParts(std::string_view op) {
    return op == "Concat" || op == "lathe.QLinearConcat" || op == "Slice" || op == "Split" || op == "Gather";
}

void describe(const Plan& plan, PlanPair& pair) {
    for (const auto& entry : runtime::entriesOf(plan)) {
        pair.text += fmt::format("{} {}", entry.kernel, entry.op);
        for (const auto& place : entry.outputs)
            pair.text += fmt::format(" {}+{}", place.memory, place.offset);
        pair.text += "\n";
        if (entry.kernel == "view" && movesParts(entry.op)) ++pair.views;
    }
}

// Buffers of the arena that are alive at one step.
void expectApart(const Plan& plan) {
    for (size_t i = 0; i < plan.buffers.size(); ++i)
        for (size_t j = 0; j < i; ++j) {
            const auto &a = plan.buffers[i], &b = plan.buffers[j];
            const auto arena = runtime::Buffer::Kind::arena;
            if (a.kind != arena || b.kind != arena || a.first > b.last || b.first > a.last) continue;
            EXPECT_TRUE(a.offset + a.bytes <= b.offset || b.offset + b.bytes <= a.offset) << i << " " << j;
        }
    for (const auto& value : plan.values) {
        if (value.buffer == runtime::kNone || value.offset == 0) continue;
        EXPECT_LE(value.offset + value.bytes(), plan.buffers[value.buffer].bytes);
    }
}

}  // namespace

PlanPair comparePlans(const ir::GraphPtr& graph, const Values& inputs, bool fuse) {
    PlanPair pair;
    std::vector<std::vector<std::byte>> before;
    for (const auto& input : inputs)
        before.emplace_back(input.tensor()->bytes().begin(), input.tensor()->bytes().end());
    const auto expected = ops::interpret(*graph, inputs);
    EXPECT_TRUE(expected) << expected.error().message;
    const auto sharing = planned(graph, inputs, {.fuse = fuse});
    const auto copying = planned(graph, inputs, {.fuse = fuse, .shareParts = false});
    if (!expected || !sharing || !copying) return pair;
    describe(*sharing, pair);
    pair.arena = sharing->memory.arenaBytes;
    pair.copyingArena = copying->memory.arenaBytes;
    EXPECT_LE(sharing->memory.lowerBoundBytes, pair.arena);
    EXPECT_LE(pair.arena, pair.copyingArena + pair.copyingArena / 20) << pair.text;
    expectApart(*sharing);
    const auto shared = runTwice(*sharing, inputs), copied = runTwice(*copying, inputs);
    EXPECT_EQ(shared.size(), copied.size());
    for (size_t i = 0; i < shared.size() && i < copied.size(); ++i)
        EXPECT_TRUE(*shared[i].tensor() == *copied[i].tensor()) << "output " << i << "\n" << pair.text;
    expectClose(shared, *expected, 1e-4, pair.text);
    for (size_t i = 0; i < inputs.size(); ++i) {
        const auto after = inputs[i].tensor()->bytes();
        EXPECT_TRUE(std::equal(before[i].begin(), before[i].end(), after.begin())) << "input was written";
    }
    return pair;
}

ir::GraphPtr graphOf(const std::string& text) {
    auto graph = ir::parseText("opset ai.onnx 18\n" + text);
    EXPECT_TRUE(graph) << (graph ? "" : graph.error().message);
    return graph ? *graph : nullptr;
}

PlanPair compareText(const std::string& text) {
    const auto graph = graphOf(text);
    if (!graph) return {};
    Values inputs;
    for (const auto input : graph->inputs()) {
        const auto shape = ir::concreteShape(*graph->value(input).type().shape);
        inputs.emplace_back(randomFloats(*shape, static_cast<unsigned>(inputs.size()) + 1));
    }
    return comparePlans(graph, inputs);
}

}  // namespace lathe::test
