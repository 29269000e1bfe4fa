// Operator sets before 6 had a memory hint on many operators that means nothing any more.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    context.dropAttributes({"consumed_inputs"});
    return {};
}

}  // namespace

Adapter consumedInputsAdapter() {
    return {.ops = {"Abs",        "Ceil", "Elu",  "Exp",     "Floor", "HardSigmoid", "InstanceNormalization",
                    "LeakyRelu",  "Log",  "Max",  "Mean",    "Min",   "Neg",         "Not",
                    "Reciprocal", "Relu", "Selu", "Sigmoid", "Sqrt",  "Sum",         "Tanh"},
            .newest = 6,
            .toNewest = toNewest};
}

}  // namespace lathe::formats::onnx
