#include "engine/ops/support_quantize.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/ops/support_index.h"
#include "engine/tensor/packed.h"
#include "engine/tensor/visit_type.h"

namespace lathe::ops {

CodeRange codeRange(tensor::DataType type) {
    const int bits = tensor::bitWidth(type);
    assert(tensor::isInteger(type) && bits <= 32);
    const int64_t count = int64_t{1} << bits;
    return tensor::isSigned(type) ? CodeRange{-count / 2, count / 2 - 1} : CodeRange{0, count - 1};
}

int64_t roundToCode(double value, int64_t zeroPoint, CodeRange range) {
    if (std::isnan(value)) return zeroPoint;
    const double code = std::nearbyint(value) + static_cast<double>(zeroPoint);
    return static_cast<int64_t>(
        std::clamp(code, static_cast<double>(range.lowest), static_cast<double>(range.highest)));
}

void storeCodes(std::span<const int64_t> codes, tensor::Tensor& out) {
    assert(static_cast<int64_t>(codes.size()) == out.elementCount());
    if (tensor::isPacked(out.type())) {
        const int bits = tensor::bitWidth(out.type());
        const auto bytes = out.mutableBytes();
        for (size_t i = 0; i < codes.size(); ++i)
            tensor::setPackedBits(bytes, bits, static_cast<int64_t>(i),
                                  static_cast<uint8_t>(codes[i] & ((1 << bits) - 1)));
        return;
    }
    const auto write = [&](auto tag) {
        using T = typename decltype(tag)::type;
        const auto target = out.mutableValues<T>();
        std::transform(codes.begin(), codes.end(), target.begin(),
                       [](int64_t code) { return static_cast<T>(code); });
        return true;
    };
    const bool known = tensor::visitNumbers(out.type(), write, false);
    assert(known && "storeCodes() writes number types only");
    (void)known;
}

base::Status setCodes(EvalContext& context, size_t i, tensor::DataType type, tensor::Dimensions shape,
                      std::span<const int64_t> codes) {
    auto out = context.allocate(type, shape);
    if (!out) return out.error();
    storeCodes(codes, *out);
    context.set(i, std::move(*out));
    return {};
}

base::Result<Codes> centredCodes(const EvalContext& context, size_t input, size_t zeroPoint, size_t axis) {
    const auto& x = context.in(input);
    Codes codes = tensor::toIntegers(x);
    if (!context.has(zeroPoint)) return codes;
    const auto zeros = tensor::toIntegers(context.in(zeroPoint));
    if (zeros.size() == 1) {
        for (auto& code : codes) code -= zeros[0];
        return codes;
    }
    const auto split = splitAt(x.shape(), axis);
    if (static_cast<int64_t>(zeros.size()) != split.length)
        return context.error("the zero point has {} items, expected 1 or {}", zeros.size(), split.length);
    for (size_t i = 0; i < codes.size(); ++i)
        codes[i] -= zeros[i / static_cast<size_t>(split.inner) % zeros.size()];
    return codes;
}

base::Result<float> scalarScale(const EvalContext& context, size_t i) {
    const auto& scale = context.in(i);
    if (scale.elementCount() != 1)
        return context.error("a scale has {} items, expected 1", scale.elementCount());
    return static_cast<float>(scale.realAt(0));
}

base::Result<int64_t> scalarZeroPoint(const EvalContext& context, size_t i) {
    if (!context.has(i)) return int64_t{0};
    const auto& zero = context.in(i);
    if (zero.elementCount() != 1)
        return context.error("a zero point has {} items, expected 1", zero.elementCount());
    return zero.integerAt(0);
}

base::Result<std::vector<float>> scales(const EvalContext& context, size_t i, int64_t count) {
    const auto& scale = context.in(i);
    if (scale.elementCount() != 1 && scale.elementCount() != count)
        return context.error("a scale has {} items, expected 1 or {}", scale.elementCount(), count);
    std::vector<float> result(static_cast<size_t>(count));
    for (size_t j = 0; j < result.size(); ++j)
        result[j] = static_cast<float>(scale.realAt(scale.elementCount() == 1 ? 0 : static_cast<int64_t>(j)));
    return result;
}

base::Status checkScalar(const InferContext& context, size_t i, std::string_view what) {
    const auto* shape = context.shape(i);
    if (!shape) return {};
    const auto count = ir::product(*shape).constant();
    if (count && *count != 1) return context.error("{} has {} items, expected 1", what, *count);
    return {};
}

}  // namespace lathe::ops
