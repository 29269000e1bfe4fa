// Makes the next graph from an earlier one (or from nothing): the only writer of graphs.
// Owned and used by one thread. The base graph is never changed; finish() hands out the new one and ends the
// edit.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/ir/graph.h"
#include "engine/ir/topology.h"

namespace lathe::ir {

struct NewNode {
    std::string_view op;
    std::vector<ValueId> inputs;
    Attributes attributes = {};
    std::string_view name = {};    // empty: none
    std::string_view domain = {};  // empty: ai.onnx
    size_t outputCount = 1;        // outputs to make; their names are derived from the node's name or op
    NodeList origins = {};         // source nodes it is made from (see originsOf); empty: itself
    SubgraphId subgraph = kMain;
    std::string_view overload = {};
};

class Editor {
  public:
    Editor();  // an empty model
    explicit Editor(GraphPtr base);
    ~Editor();

    // The state so far. Ids and views stay good through further edits; topology() of it may not be called:
    // use uses().
    const Graph& graph() const { return *m_graph; }

    // --- growing
    NodeId addNode(const NewNode& spec);
    // The first output of a node just added.
    ValueId add(const NewNode& spec) { return m_graph->node(addNode(spec)).output(); }
    // A value nobody produces yet: a graph input when `asInput`, else to be set as output of a node with
    // setOutputs.
    ValueId addValue(std::string_view name, ValueType type, SubgraphId subgraph = kMain);
    ValueId addInput(std::string_view name, ValueType type, SubgraphId subgraph = kMain);
    ValueId addConstant(tensor::Tensor tensor, std::string_view name = {}, SubgraphId subgraph = kMain);
    SubgraphId addSubgraph(std::string_view name);  // owner is set when a node's attribute names it
    void addFunction(Function function);

    // --- changing
    void setInput(NodeId node, size_t index, ValueId value);  // grows the list when needed
    void setInputs(NodeId node, std::span<const ValueId> inputs);
    void setOutputs(NodeId node, std::span<const ValueId> outputs);
    void setAttribute(NodeId node, std::string name, Attribute value);
    void removeAttribute(NodeId node, std::string_view name);
    void setAttributes(NodeId node, Attributes attributes);
    void setOp(NodeId node, std::string_view op, std::string_view domain = {});
    void setName(NodeId node, std::string_view name);
    void setName(ValueId value, std::string_view name);
    void setType(ValueId value, ValueType type);
    void setConstant(ValueId value, tensor::Tensor tensor);  // the value stops being produced by a node
    void setOrigins(NodeId node, NodeList origins);
    void setDoc(NodeId node, std::string doc);
    void setProperties(NodeId node, Properties properties);
    void setProperties(ValueId value, Properties properties);
    void setProperties(SubgraphId subgraph, Properties properties);
    void setGraphInputs(SubgraphId subgraph, std::vector<ValueId> inputs);
    void setGraphOutputs(SubgraphId subgraph, std::vector<ValueId> outputs);
    void setSubgraphName(SubgraphId subgraph, std::string_view name, std::string doc = {});
    ModelInfo& info();

    // Every reader of `from`, graph outputs included, reads `to` instead. A graph output keeps its name: `to`
    // takes the name over, or an Identity is put between when `to` cannot (it is an input, a constant or
    // another output).
    void replaceUses(ValueId from, ValueId to);
    // Removes a node with its outputs, which nobody may read any more, and its bodies.
    void removeNode(NodeId node);
    // Removes a body that no node names any more; what it held must be gone already.
    void removeSubgraph(SubgraphId subgraph);
    // Moves the nodes and values of a body without inputs to where its owner is, which must be removed next;
    // they keep their ids, and their names unless taken outside the owner. The body keeps no outputs.
    void emptyBody(SubgraphId body);
    // Removes a value without producer that nobody reads.
    void removeValue(ValueId value);

    // --- looking
    std::span<const Use> uses(ValueId value) const;
    // True when exactly one node input reads the value and it is not a graph output.
    bool hasOneUse(ValueId value) const;
    NodeId onlyUser(ValueId value) const;  // that node, or invalid
    // The source nodes of several nodes together, for NewNode::origins.
    NodeList originsOf(std::initializer_list<NodeId> nodes) const;
    // A name nobody has yet: the hint, or the hint with a number behind.
    std::string uniqueName(std::string_view hint) const;
    bool changed() const { return m_changed; }

    GraphPtr finish();

  private:
    NodeData& write(NodeId id);
    ValueData& write(ValueId id);
    std::vector<SubgraphData>& writeSubgraphs();
    void link(NodeId node, const Attributes& attributes);
    void addUse(ValueId value, Use use);
    void dropUse(ValueId value, Use use);
    void ensureUses() const;
    void markUsed(NameId name) const;

    std::shared_ptr<Graph> m_graph;
    mutable std::vector<std::vector<Use>> m_uses;  // built on first need, then kept up to date
    mutable bool m_usesBuilt = false;
    bool m_changed = false;
    mutable std::vector<bool> m_usedNames;
    mutable uint32_t m_namedValues = 0, m_namedNodes = 0;           // how many of them m_usedNames knows
    mutable std::unordered_map<std::string, size_t> m_lastNumbers;  // by hint, of uniqueName
};

}  // namespace lathe::ir
