// Arithmetic and comparisons: until operator set 7 a second operand was stretched by the attributes broadcast
// and axis.
#include <optional>

#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    const auto rankA = context.rank(0), rankB = context.rank(1);
    const auto second = context.node().input(1);
    std::optional<int64_t> axis;
    if (context.node().op() == "PRelu") {
        if (rankA > 2 && rankB == 1) axis = 1;  // one slope a channel
    } else if (context.attributes().integer("broadcast", 0) != 0 && context.has("axis")) {
        axis = context.attributes().integer("axis", 0);
        if (*axis < 0) *axis += rankA;
    }
    const auto type = second ? context.editor().graph().value(second).type() : ir::ValueType{};
    const bool single = rankB == 1 && (*type.shape)[0] == ir::Dim(1);
    if (axis && !single && second) {
        if (rankA < 0 || rankB < 0)
            return base::Error::badInput(
                context.node().label() +
                ": the ranks of its inputs are unknown, so its attribute axis cannot be "
                "understood. Export the model with operator set 7 or newer.");
        std::vector<int64_t> axes;
        for (int64_t i = *axis + rankB; i < rankA; ++i)
            axes.push_back(rankB + static_cast<int64_t>(axes.size()));
        if (!axes.empty()) {
            const auto list =
                context.addConstant(tensor::Tensor::vector(std::span<const int64_t>(axes)), "axes");
            const auto wide = context.addNode("Unsqueeze", {second, list}, {}, "wide");
            context.editor().setInput(context.id(), 1, wide);
        }
    }
    context.dropAttributes({"axis", "broadcast", "consumed_inputs"});
    return {};
}

}  // namespace

Adapter broadcastAdapter() {
    return {
        .ops = {"Add", "And", "Div", "Equal", "Greater", "Less", "Mul", "Or", "PRelu", "Pow", "Sub", "Xor"},
        .newest = 7,
        .toNewest = toNewest,
        .wantsTypes = true};
}

}  // namespace lathe::formats::onnx
