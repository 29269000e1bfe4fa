// The graph as a value. Immutable once shared; an Editor makes the next one, copying only the pages it
// touches.
//
// All nodes and values, those of sub-graphs (bodies of If, Loop, Scan) and functions too, live in one pair of
// tables, so an id means one thing in the whole model and a body can use values from outside without
// ceremony. A sub-graph is named by an attribute of its owner node; function bodies are listed in
// functions(). Constants (initializers, and ONNX Constant nodes, which the reader turns into them) are values
// that hold a tensor.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/small_vector.h"
#include "engine/ir/attribute.h"
#include "engine/ir/ids.h"
#include "engine/ir/names.h"
#include "engine/ir/paged_table.h"
#include "engine/ir/type.h"

namespace lathe::ir {

class Graph;
class Topology;
using GraphPtr = std::shared_ptr<const Graph>;

using ValueList = base::SmallVector<ValueId, 4>;
using NodeList = std::vector<NodeId>;
// Keys and values that tools keep in a file; Lathe only carries them.
using Properties = std::vector<std::pair<std::string, std::string>>;

// Records of the tables. Read them through Node and Value.
struct NodeData {
    NameId domain = 0;  // "" is ai.onnx
    NameId op = 0;
    NameId name = 0;
    NameId overload = 0;
    SubgraphId subgraph;                           // invalid: the node was removed
    ValueList inputs;                              // an invalid id is an omitted optional input
    ValueList outputs;                             // an invalid id is an output nobody asked for
    std::shared_ptr<const Attributes> attributes;  // null: none
    std::shared_ptr<const NodeList> origins;       // null: the node itself
    std::shared_ptr<const std::string> doc;        // null: none
    std::shared_ptr<const Properties> properties;  // null: none
};

struct ValueData {
    NameId name = 0;
    SubgraphId subgraph;                             // invalid: the value was removed
    NodeId producer;                                 // invalid: an input or a constant
    uint32_t output = 0;                             // which output of the producer
    std::shared_ptr<const ValueType> type;           // null: nothing known
    std::shared_ptr<const tensor::Tensor> constant;  // null: not a constant
    std::shared_ptr<const Properties> properties;    // null: none
};

struct SubgraphData {
    NameId name = 0;
    NodeId owner;  // invalid for the main graph and for function bodies
    std::vector<ValueId> inputs;
    std::vector<ValueId> outputs;
    std::string doc;
    Properties properties;
    bool alive = true;
};

struct Function {
    std::string domain, name, overload, doc;
    std::vector<std::string> requiredAttributes;
    Attributes defaultAttributes;
    std::map<std::string, int64_t> opsets;
    Properties properties;
    SubgraphId body;
};

// What a model file says about itself, and where it came from.
struct ModelInfo {
    std::string producerName, producerVersion, domain, doc;
    int64_t modelVersion = 0;
    int64_t irVersion = 0;
    std::map<std::string, int64_t> opsets;      // as they stand in the graph now (newest form)
    std::map<std::string, int64_t> fileOpsets;  // as the file said
    Properties properties;
    std::string sourcePath;              // file the model was read from, or empty
    std::vector<std::string> dataPaths;  // other files that hold its weights, absolute
    int64_t sourceNodeCount = 0;         // nodes in the file, Constant nodes included
};

// Views: cheap handles, valid as long as the graph.
class Node {
  public:
    Node(const Graph& graph, NodeId id) : m_graph(&graph), m_id(id) {}
    NodeId id() const { return m_id; }
    const NodeData& data() const;
    std::string_view op() const;
    std::string_view domain() const;
    std::string_view name() const;
    bool is(std::string_view op, std::string_view domain = {}) const {
        return this->op() == op && this->domain() == domain;
    }
    SubgraphId subgraph() const { return data().subgraph; }
    std::span<const ValueId> inputs() const { return data().inputs; }
    std::span<const ValueId> outputs() const { return data().outputs; }
    // Invalid when omitted or beyond the end.
    ValueId input(size_t i) const { return i < data().inputs.size() ? data().inputs[i] : ValueId{}; }
    ValueId output(size_t i = 0) const { return i < data().outputs.size() ? data().outputs[i] : ValueId{}; }
    const Attributes& attributes() const;
    // The source nodes this one was made from; a node as it was read comes from itself.
    NodeList origins() const;
    std::string label() const;  // the name, or "Conv 37" when it has none: for messages

  private:
    const Graph* m_graph;
    NodeId m_id;
};

class Value {
  public:
    Value(const Graph& graph, ValueId id) : m_graph(&graph), m_id(id) {}
    ValueId id() const { return m_id; }
    const ValueData& data() const;
    std::string_view name() const;
    NodeId producer() const { return data().producer; }
    uint32_t outputIndex() const { return data().output; }
    SubgraphId subgraph() const { return data().subgraph; }
    const ValueType& type() const;
    // The tensor of a constant; null otherwise. A graph input with a default value is not a constant.
    const tensor::Tensor* constant() const;
    bool isConstant() const { return constant() != nullptr; }
    // The default of a graph input that may be overridden (IR version below 4), or the constant.
    const tensor::Tensor* initializer() const { return data().constant.get(); }

  private:
    const Graph* m_graph;
    ValueId m_id;
};

class Graph {
  public:
    explicit Graph(std::shared_ptr<NamePool> names);
    Graph(const Graph& other);  // shares pages; the copy has no topology yet
    Graph& operator=(const Graph&) = delete;
    ~Graph();

    // Table sizes: every id below is or was in use. Removed ones answer false to contains().
    uint32_t nodeLimit() const { return m_nodes.size(); }
    uint32_t valueLimit() const { return m_values.size(); }
    uint32_t subgraphLimit() const { return static_cast<uint32_t>(m_subgraphs->size()); }
    bool contains(NodeId id) const { return id.index < nodeLimit() && m_nodes[id.index].subgraph.valid(); }
    bool contains(ValueId id) const { return id.index < valueLimit() && m_values[id.index].subgraph.valid(); }
    bool contains(SubgraphId id) const {
        return id.index < subgraphLimit() && (*m_subgraphs)[id.index].alive;
    }
    uint32_t nodeCount() const { return m_nodeCount; }  // nodes in use, sub-graphs and functions included

    Node node(NodeId id) const { return {*this, id}; }
    Value value(ValueId id) const { return {*this, id}; }
    const SubgraphData& subgraph(SubgraphId id) const { return (*m_subgraphs)[id.index]; }
    std::span<const ValueId> inputs() const { return subgraph(kMain).inputs; }
    std::span<const ValueId> outputs() const { return subgraph(kMain).outputs; }
    bool isInput(ValueId id) const;   // of its sub-graph
    bool isOutput(ValueId id) const;  // of its sub-graph
    const std::vector<Function>& functions() const { return *m_functions; }
    const Function* findFunction(std::string_view domain, std::string_view name,
                                 std::string_view overload) const;
    const ModelInfo& info() const { return *m_info; }

    std::string_view text(NameId id) const { return m_names->text(id); }
    const std::shared_ptr<NamePool>& names() const { return m_names; }
    // The value or node of that name in the main graph. Linear in the table.
    ValueId findValue(std::string_view name) const;
    NodeId findNode(std::string_view name) const;

    // Order and uses, computed once on first call; thread-safe.
    const Topology& topology() const;
    // Nodes of a sub-graph in topological order (file order where the file was sorted).
    std::span<const NodeId> order(SubgraphId id = kMain) const;

    const NodeData& nodeData(NodeId id) const { return m_nodes[id.index]; }
    const ValueData& valueData(ValueId id) const { return m_values[id.index]; }

  private:
    friend class Editor;

    std::shared_ptr<NamePool> m_names;
    PagedTable<NodeData> m_nodes;
    PagedTable<ValueData> m_values;
    std::shared_ptr<std::vector<SubgraphData>> m_subgraphs;
    std::shared_ptr<std::vector<Function>> m_functions;
    std::shared_ptr<ModelInfo> m_info;
    uint32_t m_nodeCount = 0;
    mutable std::once_flag m_topologyOnce;
    mutable std::unique_ptr<Topology> m_topology;
};

}  // namespace lathe::ir
