#include "widgets/canvas/metric.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace lathe::canvas {
namespace {

QString translated(const char* text) { return QCoreApplication::translate("canvas::NodeMetric", text); }

double bytesOf(const ir::ValueType& type) {
    if (!type.isTensor() || !type.shape) return 0;
    double count = tensor::bitWidth(type.element) / 8.0;
    for (const ir::Dim& dim : *type.shape) {
        if (!dim.constant()) return 0;
        count *= static_cast<double>(*dim.constant());
    }
    return count;
}

}  // namespace

const double* NodeMetric::find(ir::NodeId node) const {
    const auto at = values.find(node);
    return at == values.end() ? nullptr : &at->second;
}

double NodeMetric::heat(double value) const {
    if (!(maximum > minimum)) return lowIsBad ? (value < minimum ? 1 : 0) : 0.5;
    const double share = std::clamp((value - minimum) / (maximum - minimum), 0.0, 1.0);
    return lowIsBad ? 1 - share : share;
}

bool NodeMetric::combined(const std::vector<ir::NodeId>& nodes, double& value) const {
    bool any = false;
    for (const ir::NodeId node : nodes) {
        const double* one = find(node);
        if (!one) continue;
        if (!any)
            value = *one;
        else if (combine == Combine::sum)
            value += *one;
        else
            value = combine == Combine::maximum ? std::max(value, *one) : std::min(value, *one);
        any = true;
    }
    return any;
}

NodeMetricPtr makeMetric(NodeMetric metric) {
    bool any = false;
    for (const auto& [node, value] : metric.values) {
        if (!std::isfinite(value)) continue;
        metric.minimum = any ? std::min(metric.minimum, value) : value;
        metric.maximum = any ? std::max(metric.maximum, value) : value;
        any = true;
    }
    if (metric.combine == NodeMetric::Combine::sum) metric.minimum = std::min(metric.minimum, 0.0);
    return std::make_shared<const NodeMetric>(std::move(metric));
}

NodeMetricPtr timeMetric(const profile::Profile& profile) {
    NodeMetric metric;
    // Where it was measured belongs beside the numbers; this computer goes without saying.
    metric.title = profile.conditions.deviceName.empty()
                       ? translated(QT_TRANSLATE_NOOP("canvas::NodeMetric", "Median time per node"))
                       : translated(QT_TRANSLATE_NOOP("canvas::NodeMetric", "Median time per node on %1"))
                             .arg(QString::fromStdString(profile.conditions.deviceName));
    metric.unit = style::Unit::seconds;
    for (const profile::NodeProfile& node : profile.nodes) metric.values[node.node] += node.time.median;
    return makeMetric(std::move(metric));
}

NodeMetricPtr errorMetric(const evaluate::Comparison& comparison, bool second) {
    NodeMetric metric;
    metric.title = translated(QT_TRANSLATE_NOOP("canvas::NodeMetric", "Error per node, SQNR"));
    metric.unit = style::Unit::decibel;
    metric.scale = style::HeatScale::cividis;
    metric.combine = NodeMetric::Combine::minimum;
    metric.lowIsBad = true;
    for (const evaluate::TensorError& error : comparison.tensors) {
        const ir::NodeId node = second ? error.nodeB : error.nodeA;
        if (!node) continue;
        const auto [at, fresh] = metric.values.try_emplace(node, error.sqnr);
        if (!fresh) at->second = std::min(at->second, error.sqnr);
    }
    return makeMetric(std::move(metric));
}

NodeMetricPtr weightMetric(const ir::Graph& graph) {
    NodeMetric metric;
    metric.title = translated(QT_TRANSLATE_NOOP("canvas::NodeMetric", "Weights per node"));
    metric.unit = style::Unit::bytes;
    for (const ir::NodeId id : graph.order()) {
        double bytes = 0;
        for (const ir::ValueId input : graph.node(id).inputs())
            if (input && graph.value(input).initializer())
                bytes += static_cast<double>(graph.value(input).initializer()->bytes().size());
        if (bytes > 0) metric.values[id] = bytes;
    }
    return makeMetric(std::move(metric));
}

NodeMetricPtr activationMetric(const ir::Graph& graph) {
    NodeMetric metric;
    metric.title = translated(QT_TRANSLATE_NOOP("canvas::NodeMetric", "Output memory per node"));
    metric.unit = style::Unit::bytes;
    for (const ir::NodeId id : graph.order()) {
        double bytes = 0;
        for (const ir::ValueId output : graph.node(id).outputs())
            if (output) bytes += bytesOf(graph.value(output).type());
        if (bytes > 0) metric.values[id] = bytes;
    }
    return makeMetric(std::move(metric));
}

}  // namespace lathe::canvas
