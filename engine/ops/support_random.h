// Random numbers for the plain evaluations: a seeded Mersenne twister, so a run can be repeated.
#pragma once

#include <bit>
#include <random>

#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {

// Seeded by the attribute `seed` when there is one, else by the run.
inline std::mt19937_64 randomGenerator(const EvalContext& context) {
    const auto& attributes = context.attributes();
    if (attributes.has("seed")) return std::mt19937_64(std::bit_cast<uint32_t>(attributes.real("seed", 0)));
    return std::mt19937_64(context.seed());
}

// The element type that attribute `dtype` names, or the other one.
inline tensor::DataType randomType(const ir::Attributes& attributes, tensor::DataType otherwise) {
    const auto given = attributes.integer("dtype", 0);
    return given > 0 && given < tensor::kDataTypeCount ? static_cast<tensor::DataType>(given) : otherwise;
}

// Sets output 0 of this shape to floating-point numbers that `draw(generator)` makes.
template <typename Draw>
base::Status setRandom(EvalContext& context, tensor::DataType type, tensor::Dimensions shape, Draw&& draw) {
    if (!(typeBit(type) & kFloats)) return context.error("dtype {} is no floating-point type", name(type));
    if (auto ok = checkSize(context, shape); !ok) return ok;
    auto generator = randomGenerator(context);
    Reals values(static_cast<size_t>(tensor::elementCount(shape)));
    for (auto& value : values) value = draw(generator);
    return setReals(context, 0, type, shape, values);
}

// Infers an output of the shape in attribute `shape`.
inline base::Status inferRandom(InferContext& context) {
    const auto shape = context.attributes().integers("shape");
    for (const auto size : shape)
        if (size < 0)
            return context.error("shape {} has a negative size", tensor::toString(tensor::Dimensions(shape)));
    const auto type = randomType(context.attributes(), tensor::DataType::float32);
    if (!(typeBit(type) & kFloats)) return context.error("dtype {} is no floating-point type", name(type));
    context.setOutput(0, type, ir::symbolicShape(shape));
    return {};
}

// Infers an output of the shape of input 0.
inline base::Status inferRandomLike(InferContext& context) {
    const auto type = randomType(context.attributes(), context.element(0));
    if (type != tensor::DataType::undefined && !(typeBit(type) & kFloats))
        return context.error("dtype {} is no floating-point type. Set dtype to one.", name(type));
    context.setOutput(0, type, context.type(0).shape);
    return {};
}

// Sets output 0 to numbers from the normal distribution of the attributes `mean` and `scale`.
inline base::Status setRandomNormal(EvalContext& context, tensor::DataType type, tensor::Dimensions shape) {
    const double mean = static_cast<double>(context.attributes().real("mean", 0)),
                 scale = static_cast<double>(context.attributes().real("scale", 1));
    if (!(scale >= 0)) return context.error("scale is {}, expected 0 or more", scale);
    std::normal_distribution<double> standard;
    const auto draw = [&](std::mt19937_64& generator) { return mean + scale * standard(generator); };
    return setRandom(context, type, shape, draw);
}

// Sets output 0 to numbers from the uniform distribution on [`low`, `high`) of the attributes.
inline base::Status setRandomUniform(EvalContext& context, tensor::DataType type, tensor::Dimensions shape) {
    const double low = static_cast<double>(context.attributes().real("low", 0)),
                 high = static_cast<double>(context.attributes().real("high", 1));
    if (!(low <= high)) return context.error("low {} is above high {}", low, high);
    std::uniform_real_distribution<double> unit;
    const auto draw = [&](std::mt19937_64& generator) { return low + (high - low) * unit(generator); };
    return setRandom(context, type, shape, draw);
}

}  // namespace lathe::ops
