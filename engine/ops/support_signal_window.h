// What the window functions of signal processing share: size in, samples out.
#pragma once

#include <cmath>
#include <numbers>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {

// `weight(angle)` with the angle 2 pi n/N of sample n.
template <typename Weight>
base::Status evaluateSignalWindow(EvalContext& context, Weight&& weight) {
    const auto type = static_cast<tensor::DataType>(context.attributes().integer("output_datatype", 1));
    if (!(typeBit(type) & kNumbers)) return context.error("output_datatype {} is no number type", name(type));
    if (context.in(0).elementCount() != 1)
        return context.error("size has {} items", context.in(0).elementCount());
    const int64_t size = context.in(0).integerAt(0);
    const bool periodic = context.attributes().integer("periodic", 1) != 0;
    const int64_t count = periodic ? size : size - 1;
    const tensor::Shape shape = {size};
    if (size < 0) return context.error("size is {}, expected 0 or more", size);
    if (auto ok = checkSize(context, shape); !ok) return ok;
    Reals values(static_cast<size_t>(size));
    for (int64_t n = 0; n < size; ++n)
        values[static_cast<size_t>(n)] =
            count > 0 ? weight(2 * std::numbers::pi * static_cast<double>(n) / static_cast<double>(count))
                      : 1;
    return setReals(context, 0, type, shape, values);
}

inline base::Status inferSignalWindow(InferContext& context) {
    const auto type = context.attributes().integer("output_datatype", 1);
    if (type < 1 || type >= tensor::kDataTypeCount ||
        !(typeBit(static_cast<tensor::DataType>(type)) & kNumbers))
        return context.error("output_datatype {} is no number type", type);
    const auto size = context.contents(0);
    if (size && size->size() != 1) return context.error("size has {} items, expected 1", size->size());
    context.setOutput(0, static_cast<tensor::DataType>(type),
                      ir::SymbolicShape{size ? size->front() : context.freshDim("size")});
    return {};
}

inline Op signalWindowOp(std::string_view name, std::string_view summary,
                         base::Status (*evaluate)(EvalContext&)) {
    return {.name = name,
            .sinceVersion = 17,
            .family = Family::elementwise,
            .summary = summary,
            .inputs = {{"size", kIndices}},
            .outputs = {{"output", kNumbers}},
            .attributes = {integerAttribute("output_datatype", 1, "element type of the output"),
                           flagAttribute("periodic", 1, "1: for spectra, 0: symmetric")},
            .infer = inferSignalWindow,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
