#include "engine/formats/onnx/expand_gradient.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/base/log.h"
#include "engine/ops/check.h"
#include "engine/ops/differentiate.h"
#include "engine/ops/infer.h"
#include "engine/ops/producers.h"

namespace lathe::formats::onnx {
namespace {

using base::Error;
using ir::NodeId;
using ir::ValueId;
using Values = std::vector<ValueId>;

// Each derivative of a derivative is several times as large as what it is taken of, so a small file could ask
// for any size. A node needs about ten for its derivative.
constexpr uint32_t kMostNodes = 100'000, kMostPerNode = 100;

template <typename... Args>
Error wrong(const ir::Node& node, fmt::format_string<Args...> text, Args&&... args) {
    return Error::badInput(
        fmt::format("{}: {}", node.label(), fmt::format(text, std::forward<Args>(args)...)));
}

// A Gradient with the values that its attributes name.
struct Request {
    NodeId node;
    Values xs, zs;
    ValueId y;

    std::unordered_set<ValueId> stops() const {
        std::unordered_set<ValueId> result(xs.begin(), xs.end());
        result.insert(zs.begin(), zs.end());
        return result;
    }
};

class GradientExpansion {
  public:
    GradientExpansion(ir::Editor& editor, const std::string& label, const base::Progress& progress)
        : m_editor(editor), m_graph(editor.graph()), m_label(label), m_progress(progress) {}

    base::Status run();

  private:
    enum class State : uint8_t { waiting, open, done };

    bool findRequests();
    base::Status resolve(Request& request) const;
    base::Result<ValueId> named(const ir::Node& node, std::string_view attribute,
                                const std::string& name) const;
    base::Status expandAfterOthers(NodeId first);
    base::Status expand(const Request& request, const std::vector<NodeId>& between);
    base::Status computeAgain(ops::GradientScope& scope, const std::vector<NodeId>& between,
                              Request& request);
    void place(ops::GradientScope& scope, NodeId node, const Values& gradients);

    ir::Editor& m_editor;
    const ir::Graph& m_graph;
    const std::string& m_label;
    const base::Progress& m_progress;
    std::vector<NodeId> m_order;
    std::unordered_map<NodeId, Request> m_requests;
    std::unordered_map<NodeId, State> m_states;
    std::unordered_map<uint64_t, ValueId> m_values;  // by sub-graph and name
    uint64_t m_most = 0, m_largest = 0;              // nodes that may be made, and the node table then
};

uint64_t keyOf(ir::SubgraphId subgraph, ir::NameId name) { return (uint64_t{subgraph.index} << 32) | name; }

bool GradientExpansion::findRequests() {
    const auto& names = *m_graph.names();
    const auto op = names.find("Gradient"), domain = names.find("ai.onnx.preview.training");
    if (op == UINT32_MAX || domain == UINT32_MAX) return false;
    for (uint32_t n = 0; n < m_graph.nodeLimit(); ++n)
        if (m_graph.contains(NodeId{n}) && m_graph.nodeData({n}).op == op &&
            m_graph.nodeData({n}).domain == domain)
            m_order.push_back({n});
    if (m_order.empty()) return false;
    for (uint32_t v = 0; v < m_graph.valueLimit(); ++v)
        if (m_graph.contains(ValueId{v}))
            m_values[keyOf(m_graph.valueData({v}).subgraph, m_graph.valueData({v}).name)] = {v};
    m_most = kMostNodes + uint64_t{kMostPerNode} * m_graph.nodeCount();
    m_largest = m_graph.nodeLimit() + m_most;
    return true;
}

base::Result<ValueId> GradientExpansion::named(const ir::Node& node, std::string_view attribute,
                                               const std::string& name) const {
    const auto id = m_graph.names()->find(name);
    for (auto at = node.subgraph(); id != UINT32_MAX && !name.empty();) {
        if (const auto found = m_values.find(keyOf(at, id)); found != m_values.end()) return found->second;
        const auto owner = m_graph.subgraph(at).owner;
        if (!owner) break;
        at = m_graph.node(owner).subgraph();
    }
    return wrong(node, "{} names \"{}\", which nothing in its graph makes", attribute, name);
}

base::Status GradientExpansion::resolve(Request& request) const {
    const auto node = m_graph.node(request.node);
    const auto& attributes = node.attributes();
    std::unordered_set<ValueId> seen;
    const auto collect = [&](std::string_view attribute, Values& values) -> base::Status {
        for (const auto& name : attributes.texts(attribute)) {
            auto value = named(node, attribute, name);
            if (!value) return value.error();
            if (!seen.insert(*value).second) return wrong(node, "xs and zs name \"{}\" twice", name);
            values.push_back(*value);
        }
        return {};
    };
    if (auto ok = collect("xs", request.xs); !ok) return ok;
    if (auto ok = collect("zs", request.zs); !ok) return ok;
    if (request.xs.empty()) return wrong(node, "attribute xs names nothing");
    auto y = named(node, "y", std::string(attributes.text("y", "")));
    if (!y) return y.error();
    request.y = *y;
    const size_t count = request.xs.size() + request.zs.size();
    if (node.inputs().size() != count)
        return wrong(node, "has {} inputs, but xs and zs name {} values", node.inputs().size(), count);
    for (size_t i = 0; i < count; ++i)
        if (!node.input(i)) return wrong(node, "input {} is missing", i);
    if (node.outputs().size() > request.xs.size())
        return wrong(node, "has {} outputs, but xs names {} values", node.outputs().size(),
                     request.xs.size());
    return {};
}

// What the derivative of a later one leads through is expanded first.
base::Status GradientExpansion::expandAfterOthers(NodeId first) {
    std::vector<NodeId> open{first};
    while (!open.empty()) {
        const auto id = open.back();
        if (m_states[id] == State::done) {
            open.pop_back();
            continue;
        }
        const auto node = m_graph.node(id);
        const auto& request = m_requests.at(id);
        const auto between = ops::Producers(m_graph).of(request.y, request.stops());
        m_states[id] = State::open;
        const auto before = open.size();
        for (const auto other : between)
            if (const auto state = m_states.find(other); state != m_states.end()) {
                if (state->second == State::open)
                    return wrong(node, "its y \"{}\" depends on its own outputs",
                                 m_graph.value(request.y).name());
                if (state->second == State::waiting) open.push_back(other);
            }
        if (open.size() > before) continue;
        if (auto ok = m_progress.check(); !ok) return ok;
        if (auto ok = expand(request, between); !ok) {
            // What is no fault of the model is a limit of ours, and the rest of it can still be looked at.
            if (ok.error().kind != Error::Kind::failed) return ok;
            base::logWarning("{}: {} stays as it is and cannot be run: {}", m_label, node.label(),
                             ok.error().message);
        }
        if (m_graph.nodeLimit() > m_largest)
            return wrong(node, "the derivatives of derivatives need more than {} nodes", m_most);
        m_states[id] = State::done;
        open.pop_back();
    }
    return {};
}

// A copy of what leads from the named values to y, for inputs that are not the named values.
base::Status GradientExpansion::computeAgain(ops::GradientScope& scope, const std::vector<NodeId>& between,
                                             Request& request) {
    const auto inputs = m_graph.node(request.node).inputs();
    const Values given(inputs.begin(), inputs.end());
    std::unordered_map<ValueId, ValueId> copies;
    for (size_t i = 0; i < given.size(); ++i) {
        const bool isX = i < request.xs.size();
        auto& name = isX ? request.xs[i] : request.zs[i - request.xs.size()];
        if (given[i] == name) continue;
        // A value of its own, so that one tensor given for two names is two variables.
        const auto copy = scope.emit("Identity", {given[i]});
        copies[name] = copy;
        name = copy;
    }
    if (copies.empty()) return {};
    ops::Producers producers(m_graph);
    const auto isCopied = [&](ValueId value) { return copies.contains(value); };
    for (const auto id : between) {
        const auto reads = producers.readBy(id);
        if (std::none_of(reads.begin(), reads.end(), isCopied)) continue;
        const auto node = m_graph.node(id);
        if (ops::hasBodies(node.attributes()))
            return Error{
                fmt::format("{}: has bodies, which are not computed again for other inputs. Give the "
                            "values that xs and zs name as inputs.",
                            node.label())};
        Values sources(node.inputs().begin(), node.inputs().end());
        for (auto& source : sources)
            if (source && isCopied(source)) source = copies[source];
        const Values outputs(node.outputs().begin(), node.outputs().end());
        const auto made = scope.emitCopy(id, std::move(sources));
        for (size_t i = 0; i < outputs.size(); ++i)
            if (outputs[i] && !request.stops().contains(outputs[i])) copies[outputs[i]] = made[i];
    }
    if (isCopied(request.y)) request.y = copies[request.y];
    return {};
}

// The gradients take the places of the outputs, which keep their ids and names.
void GradientExpansion::place(ops::GradientScope& scope, NodeId id, const Values& gradients) {
    const auto node = m_graph.node(id);
    const Values outputs(node.outputs().begin(), node.outputs().end());
    m_editor.setOutputs(id, {});
    m_editor.removeNode(id);
    std::unordered_map<ValueId, ValueId> moved;
    for (size_t i = 0, k = 0; i < outputs.size(); ++i) {
        const auto output = outputs[i];
        if (!output) continue;
        const auto gradient = gradients[k++];
        if (const auto first = moved.find(gradient); first != moved.end() || !scope.madeByNode(gradient)) {
            const auto name = scope.nameFor("Identity");
            const auto copy = m_editor.addNode({.op = "Identity",
                                                .inputs = {first == moved.end() ? gradient : first->second},
                                                .name = name,
                                                .outputCount = 0,
                                                .subgraph = scope.subgraph()});
            m_editor.setOutputs(copy, std::span(&output, 1));
            continue;
        }
        const auto producer = m_graph.value(gradient).producer();
        m_editor.replaceUses(gradient, output);
        Values all(m_graph.node(producer).outputs().begin(), m_graph.node(producer).outputs().end());
        std::replace(all.begin(), all.end(), gradient, output);
        m_editor.setOutputs(producer, all);
        if (!m_graph.value(output).type().shape) m_editor.setType(output, m_graph.value(gradient).type());
        m_editor.removeValue(gradient);
        moved[gradient] = output;
    }
}

base::Status GradientExpansion::expand(const Request& request, const std::vector<NodeId>& between) {
    const auto node = m_graph.node(request.node);
    ops::Producers producers(m_graph);
    const std::unordered_set<ValueId> xs(request.xs.begin(), request.xs.end());
    const bool reaches =
        xs.contains(request.y) || std::any_of(between.begin(), between.end(), [&](NodeId id) {
            const auto reads = producers.readBy(id);
            return std::any_of(reads.begin(), reads.end(), [&](ValueId read) { return xs.contains(read); });
        });
    if (!reaches)
        return wrong(node, "y \"{}\" does not depend on any value that xs names",
                     m_graph.value(request.y).name());
    ops::GradientScope scope(m_editor, node.subgraph(),
                             std::string(node.name().empty() ? node.op() : node.name()));
    Request values = request;
    if (auto ok = computeAgain(scope, between, values); !ok) {
        scope.takeBack();
        return ok;
    }
    Values wanted, held = values.zs;
    for (size_t i = 0; i < values.xs.size(); ++i) (node.output(i) ? wanted : held).push_back(values.xs[i]);
    const auto gradients = ops::differentiate(scope, values.y, wanted, held);
    if (!gradients) {
        scope.takeBack();
        const auto& error = gradients.error();
        return error.kind == Error::Kind::badInput ? wrong(node, "{}", error.message) : error;
    }
    place(scope, request.node, *gradients);
    return {};
}

base::Status GradientExpansion::run() {
    if (!findRequests()) return {};
    for (const auto id : m_order) {
        Request request{.node = id, .xs = {}, .zs = {}, .y = {}};
        if (ops::hasReferences(m_graph.node(id).attributes())) {
            base::logWarning(
                "{}: {} stays as it is and cannot be run: the call of its function says what to "
                "differentiate.",
                m_label, m_graph.node(id).label());
            continue;
        }
        if (auto ok = resolve(request); !ok) return ok;
        m_requests.emplace(id, std::move(request));
        m_states[id] = State::waiting;
    }
    // Rules trust attributes and shapes that inference has looked at.
    if (const auto sane = ops::inferTypes(m_editor); !sane) {
        base::logWarning("{}: {} nodes Gradient stay as they are and cannot be run: {}", m_label,
                         m_order.size(), sane.error().message);
        return {};
    }
    for (const auto id : m_order)
        if (m_requests.contains(id))
            if (auto ok = expandAfterOthers(id); !ok) return ok;
    return {};
}

}  // namespace

base::Status expandGradients(ir::Editor& editor, const std::string& label, const base::Progress& progress) {
    return GradientExpansion(editor, label, progress).run();
}

}  // namespace lathe::formats::onnx
