#include "engine/kernels/cpu/support_integer.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace lathe::kernels {

using tensor::DataType;

bool isByte(DataType type) { return type == DataType::int8 || type == DataType::uint8; }

std::optional<int32_t> zeroOf(const Site& site, size_t input) {
    if (!site.has(input)) return 0;
    const auto* constant = constantOf(site, input);
    if (!constant || constant->elementCount() != 1) return {};
    return static_cast<int32_t>(constant->integerAt(0));
}

std::optional<float> scaleOf(const Site& site, size_t input) {
    const auto* constant = constantOf(site, input);
    if (!constant || constant->type() != DataType::float32 || constant->elementCount() != 1) return {};
    return constant->values<float>()[0];
}

namespace {

template <typename Code>
void pairCodes(const Code* a, const Code* b, int64_t count, int64_t step, int32_t zero, int32_t* pairs) {
    for (int64_t j = 0; j < count; ++j) {
        const int32_t low = a[j * step] - zero;
        const int32_t high = b ? b[j * step] - zero : 0;
        pairs[j] = static_cast<int32_t>((static_cast<uint32_t>(high) << 16) |
                                        (static_cast<uint32_t>(low) & 0xffffu));
    }
}

template <typename Code>
void pairSteps(const Code* a, const Code* b, int64_t count, int64_t step, int32_t zero, int32_t* pairs) {
    if (step == 1 && b)
        for (int64_t j = 0; j < count; ++j)
            pairs[j] = static_cast<int32_t>((static_cast<uint32_t>(b[j] - zero) << 16) |
                                            (static_cast<uint32_t>(a[j] - zero) & 0xffffu));
    else
        pairCodes(a, b, count, step, zero, pairs);
}

}  // namespace

std::optional<IntegerOperands> integerOperands(const Site& site, int64_t channels) {
    if (!site.has(0) || !isByte(site.inputs[0].type) || !constantOf(site, 3) ||
        !isByte(site.inputs[3].type) || site.outputs.empty())
        return {};
    const bool numbers = makesFloat(site) && !site.has(6);
    if (!numbers && !isByte(site.outputs[0].type)) return {};
    IntegerOperands result;
    const auto xScale = scaleOf(site, 1), yScale = numbers ? 1.0f : scaleOf(site, 6);
    const auto xZero = zeroOf(site, 2), yZero = zeroOf(site, 7);
    const auto* wScale = constantOf(site, 4);
    if (!xScale || !yScale || !xZero || !yZero || !wScale || wScale->type() != DataType::float32) return {};
    result.xZero = *xZero;
    result.yZero = *yZero;
    result.xSigned = site.inputs[0].type == DataType::int8;
    const auto fits = [&](const tensor::Tensor* t) {
        return t->elementCount() == 1 || t->elementCount() == channels;
    };
    const auto *wZero = constantOf(site, 5), *bias = constantOf(site, 8);
    if (!fits(wScale) || (site.has(5) && (!wZero || !fits(wZero)))) return {};
    if (site.has(8) && (!bias || bias->type() != DataType::int32 || bias->elementCount() != channels))
        return {};
    for (int64_t c = 0; c < channels; ++c) {
        const auto at = [&](const tensor::Tensor* t) { return t->elementCount() == 1 ? 0 : c; };
        const float w = wScale->values<float>()[static_cast<size_t>(at(wScale))];
        result.scales.push_back(*xScale * w / *yScale);
        result.wZeros.push_back(wZero ? static_cast<int32_t>(wZero->integerAt(at(wZero))) : 0);
        result.biases.push_back(bias ? static_cast<int32_t>(bias->integerAt(c)) : 0);
    }
    const bool isSigned = site.outputs[0].type == DataType::int8;
    result.low = static_cast<int32_t>(site.attributes->integer("low_code", isSigned ? -128 : 0));
    result.high = static_cast<int32_t>(site.attributes->integer("high_code", isSigned ? 127 : 255));
    return result;
}

std::optional<ByteFinish> integerFinish(const Site& site, const IntegerOperands& operands) {
    ByteFinish finish;
    finish.zero = operands.yZero;
    finish.low = operands.low;
    finish.high = operands.high;
    if (!site.has(9)) return finish;
    const auto ownScale = scaleOf(site, 6), otherScale = scaleOf(site, 10), sumScale = scaleOf(site, 12);
    const auto otherZero = zeroOf(site, 11), sumZero = zeroOf(site, 13);
    if (!ownScale || !otherScale || !sumScale || !otherZero || !sumZero || !divides(*sumScale)) return {};
    if (!isByte(site.inputs[9].type) || !(shapeOf(site, 9) == outputShape(site))) return {};
    finish.otherFlip = site.inputs[9].type == DataType::int8 ? 0x80 : 0;
    finish.otherZero = *otherZero + finish.otherFlip;
    finish.ownScale = *ownScale;
    finish.otherScale = *otherScale;
    finish.sumScale = *sumScale;
    finish.sumZero = *sumZero;
    const bool isSigned = site.outputs[0].type == DataType::int8;
    finish.sumLow = static_cast<int32_t>(site.attributes->integer("sum_low", isSigned ? -128 : 0));
    finish.sumHigh = static_cast<int32_t>(site.attributes->integer("sum_high", isSigned ? 127 : 255));
    return finish;
}

float sumFactor(const ByteFinish& f) {
    // Sums whose quotient another rounding could take to another code, and that code.
    constexpr float kNear = 2e-6f, kFar = 1e6f;
    struct Close {
        float sum = 0, code = 0;
    };
    std::vector<Close> close;
    for (int32_t own = f.low - f.zero; own <= f.high - f.zero; ++own)
        for (int32_t other = -f.otherZero; other <= 255 - f.otherZero; ++other) {
            const float a = static_cast<float>(own) * f.ownScale;
            const float b = static_cast<float>(other) * f.otherScale;
            const float sum = a + b, quotient = sum / f.sumScale;
            if (!(std::fabs(quotient) < kFar)) return 0;
            const float fraction = quotient - std::floor(quotient);
            if (std::fabs(fraction - 0.5f) <= kNear * (std::fabs(quotient) + 1))
                close.push_back({sum, std::nearbyint(quotient)});
        }
    // Neighbours of the reciprocal, near enough for all the other sums.
    float above = 1 / f.sumScale, below = above;
    for (int step = 0; step < 6; ++step) {
        for (const float factor : {above, below})
            if (std::all_of(close.begin(), close.end(),
                            [&](Close c) { return std::nearbyint(c.sum * factor) == c.code; }))
                return factor;
        above = std::nextafter(above, 2 * above);
        below = std::nextafter(below, 0.0f);
    }
    return 0;
}

bool weightsFitBytes(const Site& site) {
    const bool isSigned = site.inputs[3].type == DataType::int8;
    const auto* zeros = constantOf(site, 5);
    if (!zeros) return isSigned;
    for (int64_t i = 0; i < zeros->elementCount(); ++i)
        if (zeros->integerAt(i) != (isSigned ? 0 : 128)) return false;
    return true;
}

std::vector<int8_t> signedWeights(const Site& site) {
    const auto& weight = *constantOf(site, 3);
    std::vector<int8_t> result(static_cast<size_t>(weight.elementCount()));
    std::memcpy(result.data(), weight.bytes().data(), result.size());
    if (weight.type() == DataType::uint8)
        for (auto& w : result) w = static_cast<int8_t>(static_cast<uint8_t>(w) ^ 0x80u);
    return result;
}

void pairBytes(const uint8_t* a, const uint8_t* b, int64_t count, int64_t step, int32_t zero, bool isSigned,
               int32_t* pairs) {
    if (isSigned)
        pairSteps(reinterpret_cast<const int8_t*>(a), reinterpret_cast<const int8_t*>(b), count, step, zero,
                  pairs);
    else
        pairSteps(a, b, count, step, zero, pairs);
}

}  // namespace lathe::kernels
