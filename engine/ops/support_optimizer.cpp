#include "engine/ops/support_optimizer.h"

#include "engine/ops/support_axes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kReal = typeSet(tensor::DataType::float32, tensor::DataType::float64);
constexpr size_t kFirst = 2;  // R and T come before the tensors

// How many tensors are trained.
base::Result<size_t> tensorsOf(const auto& context, size_t states) {
    const size_t each = 2 + states, given = context.inputCount() - std::min(context.inputCount(), kFirst);
    if (given == 0 || given % each != 0)
        return context.error("has {} inputs after R and T, expected {} for every tensor", given, each);
    const size_t tensors = given / each;
    if (context.outputCount() > tensors * (1 + states))
        return context.error("has {} outputs, expected {}", context.outputCount(), tensors * (1 + states));
    return tensors;
}

}  // namespace

base::Status inferOptimizer(InferContext& context, size_t states) {
    const auto tensors = tensorsOf(context, states);
    if (!tensors) return tensors.error();
    for (size_t i = 0; i < *tensors; ++i) {
        auto type = context.type(kFirst + i);
        for (size_t part = 1; part < 2 + states; ++part) {
            const auto& other = context.type(kFirst + part * *tensors + i);
            if (type.element != other.element && type.element != tensor::DataType::undefined &&
                other.element != tensor::DataType::undefined)
                return context.error("tensor {} has type {}, what belongs to it has {}", i,
                                     name(type.element), name(other.element));
            if (!type.shape || !other.shape) continue;
            if (type.rank() != other.rank())
                return context.error("tensor {} has {} dimensions, what belongs to it has {}", i, type.rank(),
                                     other.rank());
            for (size_t d = 0; d < type.shape->size(); ++d) {
                auto merged =
                    mergeDims(context, (*type.shape)[d], (*other.shape)[d], "sizes of tensor and gradient");
                if (!merged) return merged.error();
                (*type.shape)[d] = std::move(*merged);
            }
        }
        for (size_t part = 0; part < 1 + states; ++part)
            if (const size_t out = part * *tensors + i; context.wants(out)) context.setOutput(out, type);
    }
    return {};
}

base::Status evaluateOptimizer(EvalContext& context, size_t states, OptimizerUpdate update) {
    const auto tensors = tensorsOf(context, states);
    if (!tensors) return tensors.error();
    const auto rate = oneReal(context, 0, "R");
    const auto count = oneInteger(context, 1, "T");
    if (!rate) return rate.error();
    if (!count) return count.error();
    const OptimizerStep step{*rate, *count};
    for (size_t i = 0; i < *tensors; ++i) {
        const auto& x = context.in(kFirst + i);
        std::vector<Reals> parts;  // x, gradient, states
        for (size_t part = 0; part < 2 + states; ++part) {
            const auto& given = context.in(kFirst + part * *tensors + i);
            if (!(given.shape() == x.shape()) || given.type() != x.type())
                return context.error("tensor {} is {}, what belongs to it {}", i,
                                     tensor::toString(x.type(), x.shape()),
                                     tensor::toString(given.type(), given.shape()));
            parts.push_back(reals(given));
        }
        std::vector<double> own(states);
        for (size_t item = 0; item < parts[0].size(); ++item) {
            for (size_t s = 0; s < states; ++s) own[s] = parts[2 + s][item];
            update(step, parts[0][item], parts[1][item], own);
            for (size_t s = 0; s < states; ++s) parts[2 + s][item] = own[s];
        }
        for (size_t part = 0; part < 1 + states; ++part)
            if (auto ok = setReals(context, part * *tensors + i, x.type(), x.shape(),
                                   parts[part == 0 ? 0 : part + 1]);
                !ok)
                return ok;
    }
    return {};
}

Op optimizerOp(base::Status (*infer)(InferContext&), base::Status (*evaluate)(EvalContext&)) {
    return {.name = {},
            .domain = "ai.onnx.preview.training",
            .sinceVersion = 1,
            .family = Family::control,
            .summary = {},
            .inputs = {{"R", kReal}, {"T", kInt64}, {"inputs", kReal, {}, Presence::variadic}},
            .outputs = {{"outputs", kReal, {}, Presence::variadic}},
            .attributes = {},
            .infer = infer,
            .cost =
                [](const CostContext& context) {
                    auto cost = trafficCost(context);
                    // About a dozen operations for each new value of a tensor or state.
                    for (size_t i = 0; i < context.outputs.size(); ++i)
                        cost.operations += 12 * context.outputElements(i);
                    return cost;
                },
            .evaluate = evaluate};
}

}  // namespace lathe::ops
