#include "engine/ops/cost_context.h"

namespace lathe::ops {
namespace {

double elements(const CostContext::Operand& operand) {
    double count = 1;
    for (const auto d : operand.shape) count *= static_cast<double>(d);
    return count;
}

double bytes(const std::vector<CostContext::Operand>& operands) {
    double total = 0;
    for (const auto& operand : operands) total += elements(operand) * tensor::bitWidth(operand.type) / 8;
    return total;
}

}  // namespace

double CostContext::outputElements(size_t i) const { return i < outputs.size() ? elements(outputs[i]) : 0; }
double CostContext::inputElements(size_t i) const { return i < inputs.size() ? elements(inputs[i]) : 0; }

Cost trafficCost(const CostContext& context) { return {0, 0, bytes(context.inputs), bytes(context.outputs)}; }

Cost elementwiseCost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = context.outputElements();
    return cost;
}

Cost transcendentalCost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 10 * context.outputElements();
    return cost;
}

Cost reductionCost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = context.inputElements();
    return cost;
}

Cost macCost(const CostContext& context, double macs) {
    auto cost = trafficCost(context);
    cost.macs = macs;
    cost.operations = 2 * macs;
    return cost;
}

}  // namespace lathe::ops
