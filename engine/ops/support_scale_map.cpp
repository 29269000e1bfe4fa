#include "engine/ops/support_scale_map.h"

#include "engine/ops/support_index.h"

namespace lathe::ops {
namespace {

base::Result<ScaleMap> mapOf(const tensor::Shape& shape, const tensor::Shape& scale, int64_t givenAxis,
                             int64_t blockSize) {
    const auto bad = [&](std::string_view wanted) {
        return base::Error::badInput(fmt::format("scale {} does not fit input {}, expected {}",
                                                 tensor::toString(scale), tensor::toString(shape), wanted));
    };
    if (blockSize < 0)
        return base::Error::badInput(fmt::format("block_size is {}, expected 0 or more", blockSize));
    if (blockSize == 0 && tensor::elementCount(scale) == 1 && scale.size() <= 1) return ScaleMap();
    const auto axis = tensor::normalizedAxis(givenAxis, static_cast<int64_t>(shape.size()));
    if (!axis)
        return base::Error::badInput(
            fmt::format("axis {} is outside the {} dimensions of the input", givenAxis, shape.size()));
    const auto split = splitAt(shape, static_cast<size_t>(*axis));
    const auto length = static_cast<size_t>(split.length), inner = static_cast<size_t>(split.inner);
    if (blockSize == 0) {
        if (scale.size() != 1 || scale[0] != split.length) return bad("1 item or one an index of the axis");
        return ScaleMap(length, inner, length, 0);
    }
    auto wanted = shape;
    auto& blocks = wanted[static_cast<size_t>(*axis)];
    blocks = (blocks + blockSize - 1) / blockSize;
    if (!(scale == wanted)) return bad(tensor::toString(wanted));
    return ScaleMap(length, inner, static_cast<size_t>(blocks), static_cast<size_t>(blockSize));
}

}  // namespace

base::Result<ScaleMap> scaleMap(const EvalContext& context, const tensor::Shape& shape) {
    const auto& attributes = context.attributes();
    const auto& scale = context.in(1);
    if (context.has(2) && context.in(2).elementCount() != scale.elementCount())
        return context.error("the zero point has {} items, the scale {}", context.in(2).elementCount(),
                             scale.elementCount());
    auto map =
        mapOf(shape, scale.shape(), attributes.integer("axis", 1), attributes.integer("block_size", 0));
    if (!map) return context.error("{}", map.error().message);
    return map;
}

base::Status checkScaleShapes(const InferContext& context) {
    const auto *x = context.shape(0), *scale = context.shape(1);
    if (!x || !scale) return {};
    const auto shape = ir::concreteShape(*x), scaleShape = ir::concreteShape(*scale);
    if (!shape || !scaleShape || !tensor::checkedElementCount(*shape) ||
        !tensor::checkedElementCount(*scaleShape))
        return {};
    const auto map =
        mapOf(tensor::Shape(tensor::Dimensions(*shape)), tensor::Shape(tensor::Dimensions(*scaleShape)),
              context.attributes().integer("axis", 1), context.attributes().integer("block_size", 0));
    if (!map) return context.error("{}", map.error().message);
    return {};
}

}  // namespace lathe::ops
