// What is known about the selected node, or about the model when nothing is selected. Takes values, holds no
// document.
#pragma once

#include <QScrollArea>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/evaluate/evaluation.h"
#include "engine/ir/graph.h"
#include "engine/profile/profile.h"

class QComboBox;
class QVBoxLayout;

namespace lathe::charts {
class BarChart;
}

namespace lathe::inspector {

class Section;
class ValueText;

class Inspector : public QScrollArea {
    Q_OBJECT
  public:
    explicit Inspector(QWidget* parent = nullptr);
    void setGraph(ir::GraphPtr graph);  // null: nothing open
    void setNode(std::optional<ir::NodeId> node);
    void setProfile(std::shared_ptr<const profile::Profile> profile);
    // The same graph with numbers for its free dimensions, for the cost; and what these are.
    void setSizes(ir::GraphPtr sized, std::vector<std::pair<QString, qint64>> dimensions);
    // The graph the origins of nodes belong to: the variant the chain began with.
    void setSource(ir::GraphPtr source);
    void setComparison(
        std::shared_ptr<const evaluate::Comparison> comparison);  // this graph is variant B of it

  signals:
    void dimensionChanged(const QString& name, qint64 value);
    void originActivated(lathe::ir::NodeId node);  // of the source graph

  private:
    void schedule();  // rebuilds once after any number of changes
    void rebuild();
    void showModel();
    void showDimensions();
    void showNode(ir::NodeId id);
    void showOrigins(ir::NodeId id);
    void showCost(ir::NodeId id);
    void showError(ir::NodeId id);
    void showWeights(ir::NodeId id);
    void showTensor();
    Section* section(const QString& title, const QString& aside = {});

    ir::GraphPtr m_source, m_sized;
    std::vector<std::pair<QString, qint64>> m_dimensions;
    ir::GraphPtr m_graph;
    std::optional<ir::NodeId> m_node;
    std::shared_ptr<const profile::Profile> m_profile;
    std::shared_ptr<const evaluate::Comparison> m_comparison;
    bool m_scheduled = false;
    QVBoxLayout* m_layout = nullptr;
    QComboBox* m_tensors = nullptr;
    QComboBox* m_channels = nullptr;
    ValueText* m_statistics = nullptr;
    charts::BarChart* m_histogram = nullptr;
};

}  // namespace lathe::inspector
