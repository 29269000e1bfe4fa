// BitCast: y holds the bits of x as another element type of the same width. The standard reads bytes as
// little endian, which is how tensors lie in memory here.
#include <algorithm>
#include <cstring>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"

namespace lathe::ops {
namespace {

using tensor::DataType;

constexpr TypeSet kBits = kAnyType & ~typeBit(DataType::string);

// The type named by `to`, checked against the width of the input's when that is known.
base::Result<DataType> targetOf(const auto& context, DataType from) {
    const int64_t given = context.attributes().integer("to", 0);
    const auto to = static_cast<DataType>(std::clamp<int64_t>(given, 0, tensor::kDataTypeCount));
    if (given <= 0 || given >= tensor::kDataTypeCount || to == DataType::string)
        return context.error("to is {}, which is no type with a bit pattern", given);
    if (from != DataType::undefined && tensor::bitWidth(from) != tensor::bitWidth(to))
        return context.error("{} has {} bits, {} has {}; both must have the same", name(from),
                             tensor::bitWidth(from), name(to), tensor::bitWidth(to));
    return to;
}

base::Status infer(InferContext& context) {
    const auto to = targetOf(context, context.element(0));
    if (!to) return to.error();
    context.setOutput(0, *to, context.type(0).shape);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto to = targetOf(context, x.type());
    if (!to) return to.error();
    auto y = context.allocate(*to, x.shape());
    if (!y) return y.error();
    const auto from = x.bytes();
    if (*to == DataType::boolean) {
        // A bool is one byte of 0 or 1; any other pattern would be no value of the C++ type.
        const auto out = y->mutableBytes();
        std::transform(from.begin(), from.end(), out.begin(),
                       [](std::byte b) { return std::byte{b != std::byte{0} ? uint8_t{1} : uint8_t{0}}; });
    } else if (!from.empty()) {
        std::memcpy(y->mutableBytes().data(), from.data(), from.size());
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op bitCastOp() {
    return {.name = "BitCast",
            .sinceVersion = 26,
            .family = Family::elementwise,
            .summary = "y = the bits of x read as type `to`",
            .inputs = {{"input", kBits}},
            .outputs = {{"output", kBits}},
            .attributes = {requiredInteger("to", "number of the element type in the ONNX standard, as wide")},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
