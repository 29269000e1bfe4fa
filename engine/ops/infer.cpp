#include "engine/ops/infer.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/base/log.h"
#include "engine/ir/topology.h"
#include "engine/ops/check.h"
#include "engine/ops/fold_small.h"
#include "engine/ops/infer_branches.h"
#include "engine/ops/merge_type.h"
#include "engine/ops/op.h"

namespace lathe::ops {
namespace {

using ir::NodeId;
using ir::SubgraphId;
using ir::ValueId;
using ir::ValueType;

constexpr int kDeepest = 64;
// Bodies and functions are inferred once a call; a model could nest calls so that their number explodes.
constexpr int64_t kMostVisits = 1'000'000;
constexpr int kMostWarnings = 8;

// What is known of a value beyond the type in the graph; in a function call, the type too.
struct Known {
    ValueType type;
    bool omitted = false;  // an input of a function that the call leaves out
    std::optional<SymbolicContents> contents;
    tensor::Tensor constant;  // undefined: not known
};

// The values of the model itself (caller == null; their types stand in the editor), or of one function call.
struct Frame {
    const Frame* caller = nullptr;
    const ir::Attributes* attributes = nullptr;  // what the call gives
    std::string scope;                           // marks new names of this call
    std::unordered_map<ValueId, Known> values;
};

class Inference {
  public:
    Inference(ir::Editor& editor, const InferOptions& options, const Branches& branches, bool quiet)
        : m_editor(editor),
          m_options(options),
          m_branches(branches),
          m_before(editor.graph()),
          m_quiet(quiet) {}

    InferRun run();

  private:
    base::Status inferAll();
    void prepareInputs();
    void assumeBranch(NodeId id, std::vector<InferContext::Input>& inputs);
    void noteBranches(const ir::Attributes& attributes, const InferContext::Input& condition);
    base::Status inferNodes(SubgraphId subgraph, Frame& frame, int depth);
    base::Status inferNode(NodeId id, Frame& frame, int depth);
    base::Result<std::vector<InferContext::Output>> outputsOf(NodeId id, const ir::Attributes& attributes,
                                                              const std::vector<InferContext::Input>& inputs,
                                                              Frame& frame, int depth);
    base::Result<std::vector<InferContext::Output>> outputsOfCall(
        const ir::Function& function, NodeId id, const ir::Attributes& attributes,
        const std::vector<InferContext::Input>& inputs, Frame& frame, int depth);
    base::Result<std::vector<ValueType>> inferBody(SubgraphId body, const std::vector<ValueType>& inputs,
                                                   NodeId owner, Frame& frame, int depth);
    base::Status inferBodiesAsRecorded(NodeId id, const ir::Attributes& attributes, Frame& frame, int depth);

    InferContext::Input look(const Frame& frame, ValueId id) const;
    ValueType recorded(ValueId id, const Frame& frame, bool ruleKnown) const;
    ValueType merged(ValueId id, const ValueType& rule, const ValueType& recorded, std::string_view fresh);
    void store(ValueId id, Frame& frame, Known known);

    ir::Editor& m_editor;
    const InferOptions& m_options;
    const Branches& m_branches;
    const ir::Graph m_before;  // as it was: order, and what the file recorded
    const bool m_quiet;
    std::unordered_set<ValueId> m_overridable;
    std::unordered_set<SubgraphId> m_neverRun;
    InferRun m_run;
    int m_loops = 0, m_dead = 0;  // bodies round the present node that may not run, that never run
    int64_t m_visits = 0;
    int m_warnings = 0;
};

InferRun Inference::run() {
    m_run.status = inferAll();
    m_run.neverRun.assign(m_neverRun.begin(), m_neverRun.end());
    return std::move(m_run);
}

base::Status Inference::inferAll() {
    if (const auto& cyclic = m_before.topology().cyclic(); !cyclic.empty())
        return base::Error::badInput(
            fmt::format("{}: its input depends on its own output. The model has a cycle of {} nodes.",
                        m_before.node(cyclic.front()).label(), cyclic.size()));
    prepareInputs();
    Frame root;
    auto status = inferNodes(ir::kMain, root, 0);
    if (m_warnings > kMostWarnings && !m_quiet)
        base::logWarning("{} more recorded types contradict the inferred ones.", m_warnings - kMostWarnings);
    return status;
}

void Inference::prepareInputs() {
    for (uint32_t s = 0; s < m_before.subgraphLimit(); ++s)
        if (m_before.contains(SubgraphId{s}))
            for (const auto id : m_before.subgraph({s}).inputs)
                if (m_before.value(id).initializer()) m_overridable.insert(id);
    for (const auto id : m_before.inputs()) {
        const auto value = m_before.value(id);
        const auto given = m_options.inputs.find(id);
        ValueType type = given == m_options.inputs.end() ? value.type() : given->second;
        // A name, so that the same unknown number is known to be the same further down.
        if (type.shape)
            for (size_t i = 0; i < type.shape->size(); ++i)
                if ((*type.shape)[i].isUnknown())
                    (*type.shape)[i] = ir::Dim::symbol(fmt::format("{}_dim{}", value.name(), i));
        m_editor.setType(id, boundType(type, m_options.bindings));
    }
}

base::Status Inference::inferNodes(SubgraphId subgraph, Frame& frame, int depth) {
    for (const auto id : m_before.order(subgraph))
        if (auto s = inferNode(id, frame, depth); !s) return s;
    return {};
}

base::Status Inference::inferNode(NodeId id, Frame& frame, int depth) {
    const auto node = m_before.node(id);
    if (depth > 0 && ++m_visits > kMostVisits)
        return base::Error::badInput(fmt::format(
            "{}: functions and bodies expand to more than {} nodes; the model cannot be analysed.",
            node.label(), kMostVisits));
    ir::Attributes filled;
    const bool fill = frame.attributes && hasReferences(node.attributes());
    if (fill) filled = resolved(node.attributes(), *frame.attributes);
    const auto& attributes = fill ? filled : node.attributes();

    std::vector<InferContext::Input> inputs;
    for (const auto input : node.inputs()) inputs.push_back(look(frame, input));
    const bool chooses = !frame.caller && node.op() == "If" && node.domain().empty() && !inputs.empty();
    if (chooses) {
        assumeBranch(id, inputs);
        noteBranches(attributes, inputs[0]);
    }
    auto outputs = outputsOf(id, attributes, inputs, frame, depth);
    if (!outputs) return outputs.error();
    const auto hasNoRank = [](const auto& output) { return !output.type.shape; };
    if (chooses && !inputs[0].constant && m_loops == 0 && m_dead == 0 &&
        std::any_of(outputs->begin(), outputs->end(), hasNoRank))
        m_run.open.push_back(id);

    const auto fresh = fmt::format("{}_{}_", node.op(), id.index);
    const bool known = find(node.domain(), node.op()) ||
                       m_before.findFunction(node.domain(), node.op(), m_before.text(node.data().overload));
    for (size_t i = 0; i < node.outputs().size(); ++i) {
        const auto output = node.output(i);
        if (!output) continue;
        auto& result = (*outputs)[i];
        Known next;
        next.type = merged(output, result.type, recorded(output, frame, known), fresh);
        if (result.constant.defined()) {
            next.type =
                ValueType::tensorOf(result.constant.type(), ir::symbolicShape(result.constant.shape()));
            next.constant = std::move(result.constant);
        } else if (result.contents) {
            if (auto tensor = tensorFromContents(next.type, *result.contents))
                next.constant = std::move(*tensor);
            else
                next.contents = std::move(result.contents);
        }
        store(output, frame, std::move(next));
    }
    return {};
}

void Inference::assumeBranch(NodeId id, std::vector<InferContext::Input>& inputs) {
    static const auto kThen = tensor::Tensor::scalar(true);
    static const auto kElse = tensor::Tensor::scalar(false);
    const auto assumed = m_branches.find(id);
    if (assumed != m_branches.end() && !inputs[0].constant)
        inputs[0].constant = assumed->second ? &kThen : &kElse;
}

void Inference::noteBranches(const ir::Attributes& attributes, const InferContext::Input& condition) {
    if (!condition.constant || condition.constant->elementCount() != 1) return;
    const bool taken = condition.constant->integerAt(0) != 0;
    if (const auto other = attributes.subgraph(taken ? "else_branch" : "then_branch"))
        if (m_before.contains(other)) m_neverRun.insert(other);
}

base::Result<std::vector<InferContext::Output>> Inference::outputsOf(
    NodeId id, const ir::Attributes& attributes, const std::vector<InferContext::Input>& inputs, Frame& frame,
    int depth) {
    const auto node = m_before.node(id);
    if (const auto* function =
            m_before.findFunction(node.domain(), node.op(), m_before.text(node.data().overload)))
        return outputsOfCall(*function, id, attributes, inputs, frame, depth);

    const auto* op = find(node.domain(), node.op());
    if (!op || !op->infer) {
        if (auto s = inferBodiesAsRecorded(id, attributes, frame, depth); !s) return s.error();
        return std::vector<InferContext::Output>(node.outputs().size());
    }
    std::vector<const ValueType*> types;
    types.reserve(inputs.size());
    for (const auto& input : inputs) types.push_back(input.type);
    if (auto s = checkOperands(*op, node.label(), types, node.outputs().size()); !s) return s.error();
    if (auto s = checkAttributes(*op, node.label(), attributes, UnknownAttributes::ignore); !s)
        return s.error();
    InferContext context(m_before, id, inputs,
                         [&](SubgraphId body, const std::vector<ValueType>& bodyInputs) {
                             return inferBody(body, bodyInputs, id, frame, depth + 1);
                         });
    context.setAttributes(attributes);
    context.setScope(frame.scope);
    if (auto s = op->infer(context); !s) return s.error();
    auto outputs = context.outputs();
    std::vector<bool> wanted;
    for (const auto output : node.outputs()) wanted.push_back(output.valid());
    if (auto folded = foldSmall(*op, attributes, inputs, wanted))
        for (size_t i = 0; i < outputs.size(); ++i) outputs[i].constant = std::move((*folded)[i]);
    return outputs;
}

base::Result<std::vector<InferContext::Output>> Inference::outputsOfCall(
    const ir::Function& function, NodeId id, const ir::Attributes& attributes,
    const std::vector<InferContext::Input>& inputs, Frame& frame, int depth) {
    const auto label = m_before.node(id).label();
    if (depth >= kDeepest)
        return base::Error::badInput(
            fmt::format("{}: functions and bodies are nested deeper than {}.", label, kDeepest));
    auto given = callAttributes(function, label, attributes);
    if (!given) return given.error();
    const auto& body = m_before.subgraph(function.body);
    if (inputs.size() > body.inputs.size())
        return base::Error::badInput(fmt::format("{}: has {} inputs, function {} takes {}", label,
                                                 inputs.size(), function.name, body.inputs.size()));
    Frame call;
    call.caller = &frame;
    call.attributes = &*given;
    call.scope = fmt::format("{}@{}", frame.scope, id.index);
    for (size_t i = 0; i < body.inputs.size(); ++i) {
        Known known;
        if (i < inputs.size() && inputs[i].type) {
            known.type = *inputs[i].type;
            if (inputs[i].constant) known.constant = *inputs[i].constant;
            if (inputs[i].contents) known.contents = *inputs[i].contents;
        } else {
            known.omitted = true;
        }
        call.values.insert_or_assign(body.inputs[i], std::move(known));
    }
    if (auto s = inferNodes(function.body, call, depth + 1); !s) return s.error().inside(label);
    std::vector<InferContext::Output> outputs(m_before.node(id).outputs().size());
    if (outputs.size() > body.outputs.size())
        return base::Error::badInput(fmt::format("{}: has {} outputs, function {} gives {}", label,
                                                 outputs.size(), function.name, body.outputs.size()));
    for (size_t i = 0; i < outputs.size(); ++i) {
        const auto known = look(call, body.outputs[i]);
        if (known.type) outputs[i].type = *known.type;
        if (known.contents) outputs[i].contents = *known.contents;
        if (known.constant && known.constant->elementCount() <= kSmallElements)
            outputs[i].constant = *known.constant;
    }
    return outputs;
}

base::Result<std::vector<ValueType>> Inference::inferBody(SubgraphId id, const std::vector<ValueType>& inputs,
                                                          NodeId owner, Frame& frame, int depth) {
    const auto label = m_before.node(owner).label();
    if (depth > kDeepest)
        return base::Error::badInput(
            fmt::format("{}: functions and bodies are nested deeper than {}.", label, kDeepest));
    if (!m_before.contains(id)) return base::Error::badInput(fmt::format("{}: its body is gone", label));
    const auto& body = m_before.subgraph(id);
    if (inputs.size() != body.inputs.size())
        return base::Error::badInput(fmt::format("{}: the body \"{}\" has {} inputs, expected {}", label,
                                                 m_before.text(body.name), body.inputs.size(),
                                                 inputs.size()));
    for (size_t i = 0; i < inputs.size(); ++i) {
        Known known;
        known.type = merged(body.inputs[i], inputs[i], recorded(body.inputs[i], frame, true), {});
        store(body.inputs[i], frame, std::move(known));
    }
    const int loop = m_before.node(owner).op() != "If", dead = m_neverRun.contains(id);
    m_loops += loop;
    m_dead += dead;
    const auto status = inferNodes(id, frame, depth);
    if (!status && m_loops > 0) m_run.certain = false;
    m_loops -= loop;
    m_dead -= dead;
    if (!status) return status.error();
    std::vector<ValueType> results;
    for (const auto output : body.outputs) {
        const auto* type = look(frame, output).type;
        results.push_back(type ? *type : ValueType{});
    }
    return results;
}

// The bodies of an op we do not know still hold nodes we do.
base::Status Inference::inferBodiesAsRecorded(NodeId id, const ir::Attributes& attributes, Frame& frame,
                                              int depth) {
    const auto infer = [&](SubgraphId body) -> base::Status {
        if (!m_before.contains(body)) return {};
        std::vector<ValueType> inputs;
        for (const auto input : m_before.subgraph(body).inputs)
            inputs.push_back(recorded(input, frame, false));
        auto result = inferBody(body, inputs, id, frame, depth + 1);
        return result ? base::Status() : base::Status(result.error());
    };
    for (const auto& [name, attribute] : attributes) {
        if (const auto* one = std::get_if<SubgraphId>(&attribute))
            if (auto s = infer(*one); !s) return s;
        if (const auto* many = std::get_if<std::vector<SubgraphId>>(&attribute))
            for (const auto body : *many)
                if (auto s = infer(body); !s) return s;
    }
    return {};
}

InferContext::Input Inference::look(const Frame& frame, ValueId id) const {
    if (!id) return {};
    InferContext::Input input;
    for (const auto* f = &frame; f; f = f->caller) {
        const auto it = f->values.find(id);
        if (it == f->values.end()) continue;
        const auto& known = it->second;
        if (known.omitted) return {};
        input.type = f->caller ? &known.type : &m_editor.graph().value(id).type();
        if (known.constant.defined()) input.constant = &known.constant;
        if (known.contents) input.contents = &*known.contents;
        return input;
    }
    const auto value = m_editor.graph().value(id);
    input.type = &value.type();
    if (value.initializer() && !m_overridable.contains(id)) input.constant = value.initializer();
    return input;
}

ValueType Inference::recorded(ValueId id, const Frame& frame, bool ruleKnown) const {
    // What a function body says of its values is meant for any call.
    if (frame.caller && ruleKnown) return {};
    ValueType type = boundType(m_before.value(id).type(), m_options.bindings);
    if (m_options.discardRecorded) {
        if (ruleKnown) return {};
        type.shape.reset();
    }
    return type;
}

ValueType Inference::merged(ValueId id, const ValueType& rule, const ValueType& other,
                            std::string_view fresh) {
    std::string contradiction;
    auto result = mergeTypes(rule, other, fresh, contradiction);
    if (!contradiction.empty() && ++m_warnings <= kMostWarnings && !m_quiet)
        base::logWarning("{}: {}; the latter is taken.", m_before.value(id).name(), contradiction);
    return result;
}

void Inference::store(ValueId id, Frame& frame, Known known) {
    if (!frame.caller) {
        m_editor.setType(id, std::move(known.type));
        if (!known.contents && !known.constant.defined()) {
            frame.values.erase(id);
            return;
        }
    }
    frame.values.insert_or_assign(id, std::move(known));
}

}  // namespace

InferRun inferOnce(ir::Editor& editor, const InferOptions& options, const Branches& branches, bool quiet) {
    return Inference(editor, options, branches, quiet).run();
}

base::Status inferTypes(ir::Editor& editor, const InferOptions& options) {
    const ir::Graph before = editor.graph();
    auto run = inferOnce(editor, options, {}, false);
    if (run.status && !run.open.empty())
        if (const auto branches = settleBranches(before, options, run); !branches.empty())
            run = inferOnce(editor, options, branches, true);
    if (options.neverRun) *options.neverRun = std::move(run.neverRun);
    return run.status;
}

base::Result<ir::GraphPtr> inferred(const ir::GraphPtr& graph, const InferOptions& options) {
    ir::Editor editor(graph);
    if (auto s = inferTypes(editor, options); !s) return s.error();
    return editor.finish();
}

base::Status checkNode(const ir::Graph& graph, NodeId id) {
    const auto node = graph.node(id);
    if (graph.findFunction(node.domain(), node.op(), graph.text(node.data().overload))) return {};
    const auto* op = find(node.domain(), node.op());
    if (!op) return {};
    std::vector<const ValueType*> types;
    for (const auto input : node.inputs()) types.push_back(input ? &graph.value(input).type() : nullptr);
    if (auto s = checkOperands(*op, node.label(), types, node.outputs().size()); !s) return s;
    return checkAttributes(*op, node.label(), node.attributes(), UnknownAttributes::refuse);
}

}  // namespace lathe::ops
