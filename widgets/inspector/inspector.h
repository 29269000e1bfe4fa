// What is known about the selected node, or about the model when nothing is selected. Takes values, holds no
// document.
#pragma once

#include <QScrollArea>
#include <QStringList>
#include <memory>
#include <utility>
#include <vector>

#include "engine/evaluate/evaluation.h"
#include "engine/ir/graph.h"
#include "engine/profile/profile.h"
#include "engine/tensor/tensor.h"

class QComboBox;
class QPushButton;
class QVBoxLayout;

namespace lathe::charts {
class BarChart;
}

namespace lathe::inspector {

class Section;
class ValueText;

// What a run computed for one value.
struct Activation {
    ir::ValueId value;
    tensor::Tensor tensor;
    QString conditions;  // "digits, sample 3"
};

class Inspector : public QScrollArea {
    Q_OBJECT
  public:
    explicit Inspector(QWidget* parent = nullptr);
    void setGraph(ir::GraphPtr graph);  // null: nothing open
    // None: the whole model; one: the node; several: their sums. Unknown ones are left out.
    void setNodes(std::vector<ir::NodeId> nodes);
    void setValue(ir::ValueId value);  // instead of nodes
    void setProfile(std::shared_ptr<const profile::Profile> profile);
    // The same graph with numbers for its free dimensions, for the cost; and what these are.
    void setSizes(ir::GraphPtr sized, std::vector<std::pair<QString, qint64>> dimensions);
    // Names of the datasets a run can be fed from; random numbers are always offered.
    void setCaptureSources(const QStringList& datasets);
    void setActivation(std::shared_ptr<const Activation> activation);
    // The graph the origins of nodes belong to: the variant the chain began with.
    void setSource(ir::GraphPtr source);
    void setComparison(
        std::shared_ptr<const evaluate::Comparison> comparison);  // this graph is variant B of it

  signals:
    // Run the graph once and show this value. An empty dataset: random numbers with the sample as seed.
    void captureRequested(lathe::ir::ValueId value, const QString& dataset, qint64 sample);
    void tensorRequested(const lathe::tensor::Tensor& tensor, const QString& name, const QString& about);
    void dimensionChanged(const QString& name, qint64 value);
    void originActivated(lathe::ir::NodeId node);  // of the source graph
    void nodeRequested(lathe::ir::NodeId node);    // of this graph: show it

  private:
    void schedule();  // rebuilds once after any number of changes
    void rebuild();
    void keepKnown(std::vector<ir::NodeId>& nodes) const;
    void showModel();
    void showDimensions();
    void showNode(ir::NodeId id);
    void showNodes();
    void showValue(ir::ValueId id);
    void showOperators(const std::vector<ir::NodeId>& nodes);
    void showOrigins(ir::NodeId id);
    void showCost(ir::NodeId id);
    void showError(ir::NodeId id);
    void showWeights(ir::NodeId id);
    void showActivations(ir::NodeId id);
    void addCloserButton(Section* section, const tensor::Tensor& tensor, const QString& name,
                         const QString& about);
    void showTensor();
    Section* section(const QString& title, const QString& aside = {});

    ir::GraphPtr m_source, m_sized;
    std::vector<std::pair<QString, qint64>> m_dimensions;
    ir::GraphPtr m_graph;
    std::vector<ir::NodeId> m_nodes;
    ir::ValueId m_value;  // invalid: none
    std::shared_ptr<const profile::Profile> m_profile;
    std::shared_ptr<const evaluate::Comparison> m_comparison;
    QStringList m_sources;
    std::shared_ptr<const Activation> m_activation;
    ir::ValueId m_wantedWeight;  // of the node that is shown, and its channel; -1: all
    qint64 m_wantedChannel = -1;
    ir::ValueId m_wanted;    // remembered while one node after the other is looked at
    QString m_wantedSource;  // dataset; empty: random numbers
    qint64 m_wantedSample = 0;
    bool m_scheduled = false;
    bool m_fromTop = true;  // something else is shown: not scrolled to where the last one was
    QVBoxLayout* m_layout = nullptr;
    QComboBox* m_tensors = nullptr;
    QComboBox* m_channels = nullptr;
    QPushButton* m_closer = nullptr;
    ValueText* m_statistics = nullptr;
    charts::BarChart* m_histogram = nullptr;
};

}  // namespace lathe::inspector
