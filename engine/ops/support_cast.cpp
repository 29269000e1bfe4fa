#include "engine/ops/support_cast.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <variant>

#include "engine/tensor/packed.h"
#include "engine/tensor/visit_type.h"

namespace lathe::ops {
namespace {

using tensor::DataType;
using tensor::Tensor;

// A number on its way: reals as double, integers exactly.
using Number = std::variant<double, int64_t, uint64_t>;

Number numberAt(const Tensor& in, int64_t i) {
    if (tensor::isFloat(in.type())) return in.realAt(i);
    if (in.type() == DataType::uint64) return static_cast<uint64_t>(in.integerAt(i));
    return in.integerAt(i);
}

bool equalFold(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x - 'A' + 'a' : x) == y; });
}

// "1.5e3", "-INF", "nan", "+3"; nothing when the text is no number.
std::optional<Number> parsed(std::string_view text, bool wantInteger) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    std::string_view digits = text;
    if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
    const auto whole = [&]<typename T>(T value) -> std::optional<Number> {
        const auto* end = digits.data() + digits.size();
        const auto [stop, failure] = std::from_chars(digits.data(), end, value);
        if (failure != std::errc() || stop != end) return {};
        return Number(value);
    };
    if (wantInteger) {
        if (const auto number = whole(int64_t{})) return number;
        if (const auto number = whole(uint64_t{})) return number;
    }
    const bool negative = !text.empty() && text.front() == '-';
    const auto word = negative ? text.substr(1) : digits;
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (equalFold(word, "nan")) return Number(std::numeric_limits<double>::quiet_NaN());
    if (equalFold(word, "inf") || equalFold(word, "infinity"))
        return Number(negative ? -kInfinity : kInfinity);
    return whole(double{});
}

// Shortest digits that read back as the same value.
std::string textAt(const Tensor& in, int64_t i) {
    if (in.type() == DataType::boolean) return in.integerAt(i) ? "True" : "False";
    if (in.type() == DataType::uint64) return fmt::format("{}", static_cast<uint64_t>(in.integerAt(i)));
    if (!tensor::isFloat(in.type())) return fmt::format("{}", in.integerAt(i));
    const double value = in.realAt(i);
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-INF" : "INF";
    return in.type() == DataType::float64 ? fmt::format("{}", value)
                                          : fmt::format("{}", static_cast<float>(value));
}

// To an integer of `bits` bits, kept in 64: a real is cut to the range, an integer to its low bits.
int64_t integerOf(const Number& number, int bits, bool isSigned) {
    if (const auto* real = std::get_if<double>(&number)) {
        if (std::isnan(*real)) return 0;
        const double high = std::ldexp(1.0, isSigned ? bits - 1 : bits), low = isSigned ? -high : 0.0;
        const uint64_t ones = bits == 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
        if (*real >= high) return static_cast<int64_t>(isSigned ? ones >> 1 : ones);
        if (*real < low) return isSigned ? static_cast<int64_t>(~(ones >> 1)) : 0;
        return isSigned ? static_cast<int64_t>(*real) : static_cast<int64_t>(static_cast<uint64_t>(*real));
    }
    if (const auto* value = std::get_if<int64_t>(&number)) return *value;
    return static_cast<int64_t>(std::get<uint64_t>(number));
}

double realOf(const Number& number) {
    return std::visit([](auto value) { return static_cast<double>(value); }, number);
}

uint8_t e8m0Code(double value, const CastRules& rules) {
    const auto narrow = static_cast<float>(value);
    if (std::isnan(narrow) || std::isinf(narrow) || narrow <= 0 || rules.roundMode == "nearest")
        return tensor::codeFromFloat(DataType::float8e8m0, narrow, rules.saturate);
    int exponent = 0;
    const float fraction = std::frexp(narrow, &exponent);  // value = fraction * 2^exponent, in [0.5, 1)
    const int code = exponent - 1 + 127 + (rules.roundMode == "up" && fraction > 0.5f ? 1 : 0);
    if (code > 0xfe) return rules.saturate ? 0xfe : 0xff;
    return static_cast<uint8_t>(std::max(code, 0));
}

void put(Tensor& out, std::span<std::byte> bytes, int64_t i, const Number& number, const CastRules& rules) {
    const auto type = out.type();
    const int bits = tensor::bitWidth(type);
    const auto at = static_cast<size_t>(i);
    const auto store = [&](auto value) {
        std::copy_n(reinterpret_cast<const std::byte*>(&value), sizeof value,
                    bytes.data() + at * sizeof value);
    };
    if (type == DataType::boolean) return store(static_cast<uint8_t>(realOf(number) != 0));
    if (tensor::isInteger(type)) {
        // The packed integers take the low bits of a real, too; so the ONNX tests have it.
        const int64_t value =
            bits < 8 ? integerOf(number, 64, true) : integerOf(number, bits, tensor::isSigned(type));
        if (bits < 8)
            return tensor::setPackedBits(bytes, bits, i, static_cast<uint8_t>(value & ((1 << bits) - 1)));
        if (bits == 8) return store(static_cast<uint8_t>(value));
        if (bits == 16) return store(static_cast<uint16_t>(value));
        if (bits == 32) return store(static_cast<uint32_t>(value));
        return store(value);
    }
    const double value = realOf(number);
    switch (type) {
        case DataType::float32:
            // Straight from the integer: by way of double it would be rounded twice.
            return store(std::visit([](auto v) { return static_cast<float>(v); }, number));
        case DataType::float64:
            return store(value);
        case DataType::float16:
            return store(tensor::Float16(value));
        case DataType::bfloat16:
            return store(tensor::BFloat16(value));
        case DataType::float8e8m0:
            return store(e8m0Code(value, rules));
        case DataType::float4e2m1:
            // It has no NaN; the ONNX tests have -0 for it.
            return tensor::setPackedBits(
                bytes, 4, i,
                std::isnan(value) ? 8 : tensor::codeFromFloat(type, static_cast<float>(value), true));
        default:
            return store(tensor::codeFromFloat(type, static_cast<float>(value), rules.saturate));
    }
}

}  // namespace

bool castable(DataType type) {
    return type != DataType::undefined && type != DataType::complex64 && type != DataType::complex128;
}

base::Status castElements(const Tensor& in, Tensor& out, const CastRules& rules) {
    const int64_t count = in.elementCount();
    const bool fromText = in.type() == DataType::string, toText = out.type() == DataType::string;
    if (toText) {
        const auto texts = out.mutableValues<std::string>();
        for (int64_t i = 0; i < count; ++i)
            texts[static_cast<size_t>(i)] =
                fromText ? in.values<std::string>()[static_cast<size_t>(i)] : textAt(in, i);
        return {};
    }
    const auto bytes = out.mutableBytes();
    for (int64_t i = 0; i < count; ++i) {
        if (!fromText) {
            put(out, bytes, i, numberAt(in, i), rules);
            continue;
        }
        const auto& text = in.values<std::string>()[static_cast<size_t>(i)];
        const auto number = parsed(text, tensor::isInteger(out.type()));
        if (!number)
            return base::Error::badInput(fmt::format("element {} is \"{}\", which is no number", i, text));
        put(out, bytes, i, *number, rules);
    }
    return {};
}

}  // namespace lathe::ops
