// MaxPool: y = largest element of each window; Indices tells where it was in the whole input, row-major, or
// with storage_order 1 column-major within the spatial axes. The first of equals wins.
#include <limits>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_pool.h"
#include "engine/ops/support_quantize.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto shape = poolShape(context);
    if (!shape) return shape.error();
    context.setOutput(0, context.element(0), *shape);
    context.setOutput(1, tensor::DataType::int64, *shape);
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = context.outputElements();
    for (const auto k : context.attributes->integers("kernel_shape"))
        cost.operations *= static_cast<double>(k);
    return cost;
}

// The column-major place of a row-major place in the spatial axes.
int64_t columnMajor(int64_t place, std::span<const int64_t> sizes) {
    int64_t result = 0, stride = 1;
    for (const auto size : sizes) stride *= size;
    for (size_t i = sizes.size(); i-- > 0;) {
        stride /= sizes[i];
        result += place % sizes[i] * stride;
        place /= sizes[i];
    }
    return result;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto plan = planPool(context, x);
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const auto& runs = plan->runs;
    const Reals in = reals(x);
    const double lowest = tensor::isInteger(x.type()) ? static_cast<double>(codeRange(x.type()).lowest)
                                                      : -std::numeric_limits<double>::infinity();
    const auto count = static_cast<size_t>(plan->planes * runs.outputCount);
    Reals y(count, lowest);
    std::vector<int64_t> places(count, -1);
    for (int64_t plane = 0; plane < plan->planes; ++plane) {
        const double* from = in.data() + plane * runs.inputCount;
        const int64_t base = plane * runs.outputCount;
        for (const auto& list : runs.runs)
            for (const auto& run : list)
                for (int64_t j = 0; j < run.count; ++j) {
                    const int64_t place = run.input + j * runs.step;
                    const auto to = static_cast<size_t>(base + run.output + j);
                    if (from[place] > y[to] || places[to] < 0) {
                        y[to] = from[place];
                        places[to] = place;
                    }
                }
    }
    if (context.wants(1)) {
        const bool turned = context.attributes().integer("storage_order", 0) == 1;
        for (size_t i = 0; i < count; ++i) {
            const auto plane = static_cast<int64_t>(i) / runs.outputCount;
            const auto place = turned ? columnMajor(places[i], plan->placed.input) : places[i];
            places[i] = plane * runs.inputCount + place;
        }
        if (auto ok = setCodes(context, 1, tensor::DataType::int64, plan->outputShape, places); !ok)
            return ok;
    }
    return setReals(context, 0, x.type(), plan->outputShape, y);
}

// dy goes to the element that was taken, which the Indices name.
base::Status gradient(GradientContext& context) {
    auto& scope = context.scope();
    const auto x = context.input(0);
    auto attributes = context.attributes();
    attributes.remove("storage_order");
    const auto places = scope.emitAll("MaxPool", {x}, std::move(attributes), 2)[1];
    const auto flat = [&](ir::ValueId value) {
        return context.emit("Reshape", {value, context.integers({-1})});
    };
    const auto sums = context.emit(
        "ScatterElements", {flat(scope.filledLike(0, x)), flat(places), flat(context.outputGradient())},
        {{"reduction", std::string("add")}});
    context.set(0, scope.reshapeLike(sums, x));
    return {};
}

}  // namespace

Op maxPoolOp() {
    auto attributes = poolAttributes();
    attributes.push_back(flagAttribute("storage_order", 0, "0: Indices are row-major, 1: column-major"));
    constexpr TypeSet kTypes = kFloats | kBytes;
    return {.name = "MaxPool",
            .sinceVersion = 22,
            .family = Family::pooling,
            .summary = "y = largest element of each window",
            .inputs = {{"X", kTypes, "T"}},
            .outputs = {{"Y", kTypes, "T"}, {"Indices", kInt64, {}, Presence::optional}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
