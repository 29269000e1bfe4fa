// A number a node, to be shown on the canvas as colour, text and bar: time, error, size. A value.
#pragma once

#include <QString>
#include <memory>
#include <unordered_map>
#include <vector>

#include "engine/evaluate/evaluation.h"
#include "engine/ir/graph.h"
#include "engine/profile/profile.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"

namespace lathe::canvas {

struct NodeMetric {
    enum class Combine { sum, maximum, minimum };  // what a closed group shows

    QString title;  // "Median time per node": legend
    style::Unit unit = style::Unit::none;
    style::HeatScale scale = style::HeatScale::viridis;
    Combine combine = Combine::sum;
    bool lowIsBad = false;            // SQNR: the hot end of the scale is the low one
    double minimum = 0, maximum = 0;  // of single nodes
    std::unordered_map<ir::NodeId, double> values;

    const double* find(ir::NodeId node) const;
    // 0 (cold) to 1 (hot) for a node's or a group's value.
    double heat(double value) const;
    // The combined value of some nodes; nothing when none has one.
    bool combined(const std::vector<ir::NodeId>& nodes, double& value) const;
};
using NodeMetricPtr = std::shared_ptr<const NodeMetric>;

NodeMetricPtr timeMetric(const profile::Profile& profile);
// SQNR in dB of the outputs of each node, the worst where it has several. `second`: nodes of variant B.
NodeMetricPtr errorMetric(const evaluate::Comparison& comparison, bool second);
// Bytes of the constants each node reads.
NodeMetricPtr weightMetric(const ir::Graph& graph);
// Bytes of the outputs of each node, where shapes are known.
NodeMetricPtr activationMetric(const ir::Graph& graph);
NodeMetricPtr makeMetric(NodeMetric metric);  // fills minimum and maximum

}  // namespace lathe::canvas
