#include <algorithm>
#include <optional>

#include "engine/ir/topology.h"
#include "engine/ops/interpreter.h"
#include "engine/ops/op.h"
#include "engine/runtime/draft.h"

namespace lathe::runtime {
namespace {

// A folded result above this stays a node: it would cost more memory than the time it saves is worth.
constexpr uint64_t kLargestFolded = uint64_t{64} << 20;

bool allConstant(const Draft& draft, const PlanNode& node) {
    return std::all_of(node.inputs.begin(), node.inputs.end(),
                       [&](uint32_t value) { return value == kNone || draft.constant(value); });
}

void setConstant(Draft& draft, uint32_t value, tensor::Tensor tensor) {
    auto& planned = draft.values[value];
    planned.fixed = tensor.type() != tensor::DataType::string;
    planned.type = tensor.type();
    planned.shape = tensor.shape();
    planned.constant = std::make_shared<tensor::Tensor>(std::move(tensor));
}

// Shape and Size need the shape of their input only.
std::optional<tensor::Tensor> shapeArithmetic(const Draft& draft, const PlanNode& node) {
    if (!node.domain.empty() || node.inputs.empty() || node.inputs[0] == kNone) return {};
    const auto& input = draft.values[node.inputs[0]];
    if (!input.fixed) return {};
    if (node.op == "Size") return tensor::Tensor::scalar<int64_t>(tensor::elementCount(input.shape));
    if (node.op != "Shape") return {};
    const auto rank = static_cast<int64_t>(input.shape.size());
    const auto clamped = [&](int64_t at) { return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank); };
    const auto start = clamped(node.attributes.integer("start", 0));
    const auto end = std::max(start, clamped(node.attributes.integer("end", rank)));
    return tensor::Tensor::vector<int64_t>(
        std::span<const int64_t>(input.shape.data() + start, static_cast<size_t>(end - start)));
}

bool foldable(const Draft& draft, const PlanNode& node, bool keepDequantize) {
    if (!node.captures.empty() || !allConstant(draft, node)) return false;
    if (keepDequantize && node.op == "DequantizeLinear") return false;
    const auto* op = ops::find(node.domain, node.op);
    if (!op || !op->evaluate || !op->deterministic || !ir::bodiesOf(*draft.graph, node.source).empty())
        return false;
    for (const auto value : node.outputs) {
        if (value == kNone || !draft.values[value].fixed) continue;
        const auto bytes = tensor::checkedByteSize(draft.values[value].type, draft.values[value].shape);
        if (!bytes || *bytes > kLargestFolded) return false;
    }
    return true;
}

base::Result<bool> evaluated(Draft& draft, const PlanNode& node, const base::Progress& progress) {
    std::vector<tensor::RuntimeValue> values;
    values.reserve(node.inputs.size());
    std::vector<const tensor::RuntimeValue*> pointers;
    for (const auto value : node.inputs) {
        if (value == kNone) {
            pointers.push_back(nullptr);
            continue;
        }
        values.emplace_back(draft.values[value].constant->aligned());
        pointers.push_back(&values.back());
    }
    auto results = ops::evaluateNode(*draft.graph, node.source, pointers, {}, {.progress = progress});
    if (!results) return results.error();
    for (size_t i = 0; i < node.outputs.size(); ++i)
        if (node.outputs[i] != kNone && (i >= results->size() || !(*results)[i].tensor())) return false;
    for (size_t i = 0; i < node.outputs.size(); ++i)
        if (node.outputs[i] != kNone) setConstant(draft, node.outputs[i], (*results)[i].tensor()->aligned());
    return true;
}

// The nodes of the taken body, and an Identity for each of its outputs.
std::optional<std::vector<PlanNode>> inlinedBranch(Draft& draft, const PlanNode& node) {
    if (node.op != "If" || !node.domain.empty()) return {};
    const auto* condition = draft.constant(node.inputs[0]);
    if (!condition || condition->elementCount() != 1) return {};
    const auto body = node.attributes.subgraph(condition->integerAt(0) ? "then_branch" : "else_branch");
    if (!body.valid()) return {};
    Draft inner = lower(draft.graph, body, {});
    if (inner.outputs.size() < node.outputs.size()) return {};
    std::vector<PlanNode> nodes = std::move(inner.nodes);
    for (uint32_t i = 0; i < inner.values.size(); ++i)
        if (draft.values[i].type == tensor::DataType::undefined && !draft.values[i].constant)
            draft.values[i] = inner.values[i];
    for (size_t i = 0; i < node.outputs.size(); ++i) {
        if (node.outputs[i] == kNone) continue;
        PlanNode identity;
        identity.node = node.node;
        identity.source = node.source;
        identity.members = node.members;
        identity.op = "Identity";
        identity.inputs = {inner.outputs[i]};
        identity.outputs = {node.outputs[i]};
        draft.values[node.outputs[i]] = draft.values[inner.outputs[i]];
        draft.values[node.outputs[i]].constant = nullptr;
        nodes.push_back(std::move(identity));
    }
    return nodes;
}

}  // namespace

base::Result<size_t> foldConstants(Draft& draft, bool keepDequantize, const base::Progress& progress) {
    size_t folded = 0;
    for (size_t i = 0; i < draft.nodes.size(); ++i) {
        if (auto status = progress.check(); !status) return status.error();
        if (auto branch = inlinedBranch(draft, draft.nodes[i])) {
            draft.nodes.erase(draft.nodes.begin() + static_cast<ptrdiff_t>(i));
            draft.nodes.insert(draft.nodes.begin() + static_cast<ptrdiff_t>(i),
                               std::make_move_iterator(branch->begin()),
                               std::make_move_iterator(branch->end()));
            ++folded;
            --i;  // look at the first node of the body next
            continue;
        }
        auto& node = draft.nodes[i];
        if (auto known = shapeArithmetic(draft, node)) {
            setConstant(draft, node.outputs[0], std::move(*known));
        } else if (node.op == "Identity" && node.inputs.size() == 1 && draft.constant(node.inputs[0])) {
            setConstant(draft, node.outputs[0], *draft.constant(node.inputs[0]));
        } else if (foldable(draft, node, keepDequantize)) {
            auto done = evaluated(draft, node, progress);
            if (!done) return done.error();
            if (!*done) continue;
        } else {
            continue;
        }
        node.op.clear();
        ++folded;
    }
    dropEmptied(draft);
    return folded;
}

}  // namespace lathe::runtime
