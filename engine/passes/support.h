// What every pass needs: walking the nodes, reading constants, replacing one value by another.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/ir/editor.h"
#include "engine/passes/pass.h"

namespace lathe::passes {

// True for nodes a pass may match: not in a function body, where attributes may stand for those of a call.
bool isRewritable(const ir::Graph& graph, ir::NodeId node);

// Calls visit(NodeId) -> base::Result<bool> for each rewritable node, those added meanwhile too, and counts
// how often it answers true. Stops on an error or when cancelled.
template <typename Visit>
base::Result<int64_t> countChanges(PassContext& context, Visit&& visit) {
    int64_t changes = 0;
    const auto& graph = context.editor.graph();
    for (uint32_t n = 0; n < graph.nodeLimit(); ++n) {
        if (n % 256 == 0)
            if (auto status = context.progress.check(); !status.ok()) return status.error();
        if (!graph.contains(ir::NodeId{n}) || !isRewritable(graph, ir::NodeId{n})) continue;
        base::Result<bool> changed = visit(ir::NodeId{n});
        if (!changed.ok()) return changed.error();
        changes += *changed ? 1 : 0;
    }
    return changes;
}

// --- reading

// The constant an input reads; null when it is none or omitted.
const tensor::Tensor* constantInput(const ir::Graph& graph, ir::NodeId node, size_t input);
// The single number a constant holds, whatever its rank; nothing for other values.
std::optional<double> scalarOf(const ir::Graph& graph, ir::ValueId value);
// True when the value is a constant whose elements all equal `number`.
bool isFilledWith(const ir::Graph& graph, ir::ValueId value, double number);
// A constant integer list, or nothing.
std::optional<std::vector<int64_t>> integersOf(const ir::Graph& graph, ir::ValueId value);
// The node that makes the value when it is that standard op and its first output is the value; else invalid.
ir::NodeId producerOf(const ir::Graph& graph, ir::ValueId value, std::string_view op);
// True when both shapes are known and every dimension is proven equal.
bool sameShape(const ir::Graph& graph, ir::ValueId a, ir::ValueId b);
bool isOutput(const ir::Graph& graph, ir::ValueId value);  // of any sub-graph
// The input of a two-input node that is not `value`; invalid when both or neither are.
ir::ValueId otherInput(const ir::Graph& graph, ir::NodeId node, ir::ValueId value);
// True for a standard operator that makes each element from the one at its place in the first input alone,
// with one number at most from each other input.
bool isElementwiseUnary(ir::Node node);
// `axis` counted from the front, or -1 when the rank is unknown or too small.
int64_t axisFromFront(int64_t axis, int64_t rank);
// A graph's "axes" of a reduction-like node: input 1 when constant, else the attribute; nothing when not
// constant.
std::optional<std::vector<int64_t>> axesOf(const ir::Graph& graph, ir::NodeId node);

// --- writing

// True when every reader of `from` can read `to` without a helper node in between.
bool canForward(const ir::Graph& graph, ir::ValueId from, ir::ValueId to);
// Makes readers of the node's only used output read `value` and removes the node. False, and nothing done,
// when canForward forbids it. Origins move to the producer of `value`.
bool bypass(ir::Editor& editor, ir::NodeId node, ir::ValueId value);
// The same, after the producer of `value` took in what the node does: `value` takes the name of what it now
// holds, so that files are compared by what lies under a name.
bool absorb(ir::Editor& editor, ir::NodeId node, ir::ValueId value);
// Hands the first output's readers over to the first output of a node made for it, with type and name, and
// removes `old`. The new node takes the old one's name.
void supersede(ir::Editor& editor, ir::NodeId old, ir::NodeId made);
// A constant beside `sibling`, in its sub-graph, named after it.
ir::ValueId constantBeside(ir::Editor& editor, ir::ValueId sibling, tensor::Tensor tensor,
                           std::string_view hint);
// Numbers as a tensor of a floating-point or integer type, rounded to it.
tensor::Tensor tensorOf(tensor::DataType type, tensor::Dimensions shape, std::span<const double> values);

}  // namespace lathe::passes
