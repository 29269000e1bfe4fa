// IsInf: y = x is an infinity of a wanted sign, elementwise.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
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
    const bool negative = context.attributes().integer("detect_negative", 1) != 0;
    const bool positive = context.attributes().integer("detect_positive", 1) != 0;
    return testReals(context, [=](double x) { return std::isinf(x) && (x < 0 ? negative : positive); });
}

}  // namespace

Op isInfOp() {
    return {.name = "IsInf",
            .sinceVersion = 20,
            .family = Family::elementwise,
            .summary = "y = x is infinite",
            .inputs = {{"X", kTested, "T"}},
            .outputs = {{"Y", kBool}},
            .attributes = {flagAttribute("detect_negative", 1, "whether -infinity counts"),
                           flagAttribute("detect_positive", 1, "whether infinity counts")},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
