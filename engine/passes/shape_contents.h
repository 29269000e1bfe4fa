// What is known of the contents of small integer values before a run: the expressions behind
// Shape -> Gather -> Concat chains. Derived from types, so infer types first.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/ir/graph.h"

namespace lathe::passes {

// Valid as long as the graph's types are; answers are remembered.
class ShapeContents {
  public:
    explicit ShapeContents(const ir::Graph& graph) : m_graph(graph) {}
    // Elements in order of an integer value of rank 0 or 1, or nothing.
    std::optional<std::vector<ir::Dim>> of(ir::ValueId value);

  private:
    using Contents = std::optional<std::vector<ir::Dim>>;
    Contents derive(ir::ValueId value);
    Contents ofShape(ir::Node node) const;
    Contents ofGather(ir::Node node);
    Contents ofSlice(ir::Node node);
    Contents ofConcat(ir::Node node);
    Contents ofArithmetic(ir::Node node);

    const ir::Graph& m_graph;
    std::map<ir::ValueId, Contents> m_known;
    int m_depth = 0;
};

}  // namespace lathe::passes
