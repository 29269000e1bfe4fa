// GroupNormalization: until operator set 21 scale and bias had one number a group, now one a channel.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

// [groups] to [channels]: each number repeated for the channels of its group.
ir::ValueId repeated(const AdaptContext& context, ir::ValueId value, int64_t groups, int64_t each,
                     std::string_view what) {
    const auto list = [&](std::vector<int64_t> numbers, std::string_view name) {
        return context.addConstant(tensor::Tensor::vector(std::span<const int64_t>(numbers)),
                                   std::string(what) + "_" + std::string(name));
    };
    const auto name = [&](std::string_view step) { return std::string(what) + "_" + std::string(step); };
    const auto column =
        context.addNode("Reshape", {value, list({groups, 1}, "column_shape")}, {}, name("column"));
    const auto wide =
        context.addNode("Expand", {column, list({groups, each}, "wide_shape")}, {}, name("wide"));
    return context.addNode("Reshape", {wide, list({groups * each}, "shape")}, {}, name("each"));
}

base::Status toNewest(const AdaptContext& context) {
    const int64_t groups = context.attributes().integer("num_groups", 1);
    const auto input = context.node().input(0);
    const auto& shape = input ? context.editor().graph().value(input).type().shape : std::nullopt;
    const auto channels = shape && shape->size() > 1 ? (*shape)[1].constant() : std::nullopt;
    if (!channels || groups < 1 || *channels % groups != 0)
        return base::Error::badInput(
            context.node().label() +
            ": the number of channels is unknown or no multiple of the groups. Export the "
            "model with operator set 21 or newer.");
    if (*channels == groups) return {};
    for (const size_t i : {1u, 2u})
        if (const auto value = context.node().input(i))
            context.editor().setInput(
                context.id(), i,
                repeated(context, value, groups, *channels / groups, i == 1 ? "scale" : "bias"));
    return {};
}

base::Status toOlder(const AdaptContext& context) { return context.needs(21, "it has one scale a channel"); }

}  // namespace

Adapter groupNormalizationAdapter() {
    return {.ops = {"GroupNormalization"},
            .newest = 21,
            .toNewest = toNewest,
            .toOlder = toOlder,
            .wantsTypes = true};
}

}  // namespace lathe::formats::onnx
