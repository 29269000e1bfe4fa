// What is known about the selected node, or about the model when nothing is selected. Takes values, holds no
// document.
#pragma once

#include <QScrollArea>
#include <memory>
#include <optional>

#include "engine/evaluate/evaluation.h"
#include "engine/ir/graph.h"
#include "engine/profile/profile.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace lathe::charts {
class BarChart;
}

namespace lathe::inspector {

class Inspector : public QScrollArea {
    Q_OBJECT
  public:
    explicit Inspector(QWidget* parent = nullptr);
    void setGraph(ir::GraphPtr graph);  // null: nothing open
    void setNode(std::optional<ir::NodeId> node);
    void setProfile(std::shared_ptr<const profile::Profile> profile);
    void setComparison(
        std::shared_ptr<const evaluate::Comparison> comparison);  // this graph is variant B of it

  signals:
    void nodeSelected(lathe::ir::NodeId node);

  private:
    void rebuild();
    void showModel();
    void showNode(ir::NodeId id);
    void showTensor();
    QFormLayout* section(const QString& title, const QString& aside = {});
    void row(QFormLayout* form, const QString& name, const QString& value, bool monospace = false);

    ir::GraphPtr m_graph;
    std::optional<ir::NodeId> m_node;
    std::shared_ptr<const profile::Profile> m_profile;
    std::shared_ptr<const evaluate::Comparison> m_comparison;
    QVBoxLayout* m_layout = nullptr;
    QComboBox* m_tensors = nullptr;
    QComboBox* m_channels = nullptr;
    QLabel* m_statistics = nullptr;
    charts::BarChart* m_histogram = nullptr;
};

}  // namespace lathe::inspector
