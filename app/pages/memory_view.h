// Values alive at each step of a variant, at the numbers chosen for free dimensions: a bar a step.
#pragma once

#include <vector>

#include "app/document/document.h"
#include "app/jobs/jobs.h"
#include "app/pages/free_dimensions.h"
#include "app/pages/live_memory.h"
#include "widgets/charts/bar_chart.h"

namespace lathe::app {

class MemoryView : public charts::BarChart {
    Q_OBJECT
  public:
    MemoryView(Document& document, Jobs& jobs, QWidget* parent = nullptr);
    // Counts anew when the current variant or its free dimensions are others.
    void refresh();

  private:
    void draw(const ir::Graph& graph, const LiveMemory& memory);

    Document& m_document;
    Jobs& m_jobs;
    std::vector<ir::NodeId> m_steps;  // one a bar
    ir::GraphPtr m_graph;
    FreeDimensions m_dimensions;
};

}  // namespace lathe::app
