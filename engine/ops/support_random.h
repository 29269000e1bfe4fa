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

}  // namespace lathe::ops
