// IsNaN: y = x is not a number, elementwise.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kTested =
    kFloats | typeSet(tensor::DataType::float8e4m3fn, tensor::DataType::float8e4m3fnuz,
                      tensor::DataType::float8e5m2, tensor::DataType::float8e5m2fnuz);

base::Status infer(InferContext& context) {
    context.setOutput(0, tensor::DataType::boolean, context.type(0).shape);
    return {};
}

base::Status evaluate(EvalContext& context) {
    return testReals(context, [](double x) { return std::isnan(x); });
}

}  // namespace

Op isNanOp() {
    return {.name = "IsNaN",
            .sinceVersion = 20,
            .family = Family::elementwise,
            .summary = "y = x is NaN",
            .inputs = {{"X", kTested, "T"}},
            .outputs = {{"Y", kBool}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
