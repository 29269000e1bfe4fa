// Where the nodes of a derivative go: one sub-graph, one name scope, and short ways to make what rules need.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ir/editor.h"

namespace lathe::ops {

// Owned by the caller of the rules, used by one thread. Types of new values are inferred as they are made,
// so a rule can ask for the shape of what it just built.
class GradientScope {
  public:
    // Names of nodes start with "`name`/"; an empty name leaves them plain.
    GradientScope(ir::Editor& editor, ir::SubgraphId subgraph, std::string name)
        : m_editor(editor),
          m_subgraph(subgraph),
          m_name(std::move(name)),
          m_firstNode(editor.graph().nodeLimit()),
          m_firstValue(editor.graph().valueLimit()) {}

    ir::Editor& editor() { return m_editor; }
    const ir::Graph& graph() const { return m_editor.graph(); }
    ir::SubgraphId subgraph() const { return m_subgraph; }
    // The source nodes that what is emitted from now on is made from.
    void setOrigins(ir::NodeList origins) { m_origins = std::move(origins); }
    // Removes all that was made since the scope was.
    void takeBack();
    // Whether the value comes out of a node of this scope.
    bool madeByNode(ir::ValueId value) const {
        const auto producer = graph().value(value).producer();
        return producer && producer.index >= m_firstNode;
    }
    std::string nameFor(std::string_view what) const;  // below the scope's name, not taken yet

    // A new node; its outputs.
    std::vector<ir::ValueId> emitAll(std::string_view op, std::vector<ir::ValueId> inputs,
                                     ir::Attributes attributes, size_t outputCount);
    ir::ValueId emit(std::string_view op, std::vector<ir::ValueId> inputs, ir::Attributes attributes = {}) {
        return emitAll(op, std::move(inputs), std::move(attributes), 1).front();
    }
    // A node like this one that reads other inputs; attributes are shared.
    std::vector<ir::ValueId> emitCopy(ir::NodeId node, std::vector<ir::ValueId> inputs);

    ir::ValueId constant(tensor::Tensor tensor);
    ir::ValueId integers(std::span<const int64_t> values);
    ir::ValueId integers(std::initializer_list<int64_t> values) {
        return integers(std::span(values.begin(), values.size()));
    }
    // A scalar of the element type of `like`.
    ir::ValueId scalar(double value, ir::ValueId like);
    ir::ValueId castLike(ir::ValueId value, ir::ValueId like);
    // The dimensions from `begin` on as a vector: a constant where they are numbers.
    ir::ValueId shapeOf(ir::ValueId value, int64_t begin = 0);
    // One dimension as a vector with one item; the axis may count from the end.
    ir::ValueId dimensionOf(ir::ValueId value, int64_t axis);
    // The same elements in the shape of `like`.
    ir::ValueId reshapeLike(ir::ValueId value, ir::ValueId like);
    ir::ValueId expandLike(ir::ValueId value, ir::ValueId like);
    // One number everywhere, in the shape and element type of `like`.
    ir::ValueId filledLike(double value, ir::ValueId like);

  private:
    void inferNode(ir::NodeId id);
    // A value was given the shape of `like` in a way that the rule of its op cannot follow.
    ir::ValueId shapedLike(ir::ValueId value, ir::ValueId like);

    ir::Editor& m_editor;
    ir::SubgraphId m_subgraph;
    std::string m_name;
    uint32_t m_firstNode, m_firstValue;  // sizes of the tables before
    ir::NodeList m_origins;
    std::map<ir::ValueId, ir::ValueId> m_shapes;  // what shapeOf made for all dimensions
};

}  // namespace lathe::ops
