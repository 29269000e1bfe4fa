// Computes nodes whose inputs are all constants and puts the result in their place.
//   c = constant; y = Exp(c)        y = constant
// Random operators are never folded, nor DequantizeLinear, which would turn small weights into large ones.
// The model may grow by 16 MB or a tenth of its weights, whichever is more: Expand of a scalar is cheaper to
// run than to store.
#include <algorithm>

#include "engine/ir/topology.h"
#include "engine/ops/interpreter.h"
#include "engine/ops/op.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

constexpr uint64_t kLeastGrowth = 16'000'000;

uint64_t constantBytes(const ir::Graph& graph) {
    uint64_t bytes = 0;
    for (uint32_t v = 0; v < graph.valueLimit(); ++v)
        if (graph.contains(ir::ValueId{v}))
            if (const auto* constant = graph.value(ir::ValueId{v}).constant())
                bytes += constant->bytes().size();
    return bytes;
}

bool isFoldable(const ir::Graph& graph, ir::NodeId id) {
    const auto node = graph.node(id);
    const auto* op = ops::find(node.domain(), node.op());
    if (!op || !op->evaluate || !op->deterministic || node.is("DequantizeLinear")) return false;
    if (!ir::bodiesOf(graph, id).empty() || node.outputs().empty()) return false;
    for (const auto input : node.inputs())
        if (input && !graph.value(input).isConstant()) return false;
    for (const auto output : node.outputs())
        if (output && isOutput(graph, output)) return false;
    return true;
}

// Bytes of the outputs from their recorded types, or nothing when those are not known well enough.
std::optional<uint64_t> expectedBytes(const ir::Graph& graph, ir::Node node) {
    uint64_t total = 0;
    for (const auto output : node.outputs()) {
        if (!output) continue;
        const auto& type = graph.value(output).type();
        if (!type.isTensor() || !type.shape) return {};
        const auto shape = ir::concreteShape(*type.shape);
        if (!shape) return {};
        const auto bytes = tensor::checkedByteSize(type.element, *shape);
        if (!bytes) return {};
        total += *bytes;
    }
    return total;
}

base::Result<int64_t> foldConstants(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    uint64_t budget = std::max(kLeastGrowth, constantBytes(graph) / 10);
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        if (!isFoldable(graph, id)) return false;
        const auto node = graph.node(id);
        uint64_t freed = 0;
        std::vector<tensor::RuntimeValue> inputs(node.inputs().size());
        std::vector<const tensor::RuntimeValue*> pointers(inputs.size(), nullptr);
        for (size_t i = 0; i < inputs.size(); ++i) {
            if (!node.input(i)) continue;
            const auto& constant = *graph.value(node.input(i)).constant();
            if (editor.hasOneUse(node.input(i))) freed += constant.bytes().size();
            inputs[i] = constant;
            pointers[i] = &inputs[i];
        }
        const auto expected = expectedBytes(graph, node);
        // Sizes that depend on contents: only NonZero is common, and it is at most 8 times rank its input.
        if (!expected && !node.is("NonZero")) return false;
        if (expected.value_or(0) > freed + budget) return false;
        ops::InterpretOptions options;
        options.progress = context.progress;
        auto results = ops::evaluateNode(graph, id, pointers, {}, options);
        // What cannot be computed now is left for the run to report.
        if (!results.ok()) {
            if (context.progress.cancelled()) return results.error();
            return false;
        }
        uint64_t made = 0;
        for (size_t i = 0; i < node.outputs().size(); ++i) {
            if (!node.output(i)) continue;
            if (i >= results->size() || !(*results)[i].tensor()) return false;
            made += (*results)[i].tensor()->bytes().size();
        }
        if (made > freed + budget) return false;
        budget -= made > freed ? made - freed : 0;
        const std::vector<ir::ValueId> outputs(node.outputs().begin(), node.outputs().end());
        for (size_t i = 0; i < outputs.size(); ++i)
            if (outputs[i]) editor.setConstant(outputs[i], *(*results)[i].tensor());
        editor.removeNode(id);
        return true;
    });
}

}  // namespace

Pass foldConstantsPass() {
    return {.name = "fold_constants",
            .title = "Fold constants",
            .summary =
                "Computes what depends on constants alone, as long as the model does not grow by more than "
                "16 MB or a tenth.",
            .run = foldConstants};
}

}  // namespace lathe::passes
