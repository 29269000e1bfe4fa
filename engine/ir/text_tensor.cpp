#include "engine/ir/text_tensor.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/tensor/packed.h"
#include "engine/tensor/visit_type.h"

namespace lathe::ir {
namespace {

using tensor::DataType;

template <typename T>
constexpr bool kIsReal = std::is_same_v<T, float> || std::is_same_v<T, double> ||
                         std::is_same_v<T, tensor::Float16> || std::is_same_v<T, tensor::BFloat16>;

bool isComplex(DataType type) { return type == DataType::complex64 || type == DataType::complex128; }

template <typename Real>
std::string shortest(Real value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    return fmt::format("{}", value);
}

template <typename T>
std::string elementWord(const T& value) {
    if constexpr (std::is_same_v<T, std::string>)
        return quoted(value);
    else if constexpr (std::is_same_v<T, bool>)
        return value ? "true" : "false";
    else if constexpr (std::is_same_v<T, double>)
        return shortest(value);
    else if constexpr (kIsReal<T>)
        return shortest(static_cast<float>(value));
    else
        return fmt::format("{}", value);
}

template <typename T>
bool readElement(T& value, std::string_view word) {
    if constexpr (std::is_same_v<T, std::string>) {
        value = word;
        return true;
    } else if constexpr (std::is_same_v<T, bool>) {
        value = word == "true" || word == "1";
        return value || word == "false" || word == "0";
    } else if constexpr (kIsReal<T>) {
        const auto number = base::parseReal(word);
        if (number) value = T(*number);
        return number.has_value();
    } else if constexpr (std::is_same_v<T, uint64_t>) {
        if (word.empty() || word.size() > 20) return false;
        uint64_t sum = 0;
        for (const char c : word) {
            if (c < '0' || c > '9') return false;
            const auto digit = static_cast<uint64_t>(c - '0');
            if (sum > (UINT64_MAX - digit) / 10) return false;
            sum = sum * 10 + digit;
        }
        value = sum;
        return true;
    } else {
        const auto number = base::parseInteger(word);
        if (!number || *number < static_cast<int64_t>(std::numeric_limits<T>::min()) ||
            *number > static_cast<int64_t>(std::numeric_limits<T>::max()))
            return false;
        value = static_cast<T>(*number);
        return true;
    }
}

// Types without a C++ object an element: codes of `bits` bits, with a sign for int4 and int2.
bool setCode(tensor::Tensor& tensor, int64_t index, std::string_view word) {
    const int bits = tensor::bitWidth(tensor.type());
    const bool isSigned = tensor.type() == DataType::int4 || tensor.type() == DataType::int2;
    const auto number = base::parseInteger(word);
    const int64_t low = isSigned ? -(int64_t{1} << (bits - 1)) : 0;
    if (!number || *number < low || *number >= low + (int64_t{1} << bits)) return false;
    const auto code = static_cast<uint8_t>(static_cast<uint64_t>(*number) & ((1u << bits) - 1));
    if (bits == 8)
        tensor.mutableBytes()[static_cast<size_t>(index)] = std::byte{code};
    else
        tensor::setPackedBits(tensor.mutableBytes(), bits, index, code);
    return true;
}

template <typename Real>
bool setPart(tensor::Tensor& tensor, int64_t index, std::string_view word) {
    const auto number = base::parseReal(word);
    if (!number) return false;
    const auto value = static_cast<Real>(*number);
    const auto source = std::as_bytes(std::span(&value, 1));
    std::copy(source.begin(), source.end(),
              tensor.mutableBytes().begin() + index * static_cast<int64_t>(sizeof(Real)));
    return true;
}

template <typename Real>
void appendParts(const tensor::Tensor& tensor, std::vector<std::string>& words) {
    for (size_t at = 0; at + sizeof(Real) <= tensor.bytes().size(); at += sizeof(Real)) {
        Real value{};
        const auto source = tensor.bytes().subspan(at, sizeof(Real));
        std::copy(source.begin(), source.end(), std::as_writable_bytes(std::span(&value, 1)).begin());
        words.push_back(shortest(value));
    }
}

uint64_t nextRandom(uint64_t& state) {  // splitmix64
    state += 0x9e3779b97f4a7c15u;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            (result += '\\') += c;
        else if (c == '\n')
            result += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            result += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result + '"';
}

std::string realText(float value) {
    auto text = shortest(value);
    if (text.find_first_of(".en") == std::string::npos) text += ".0";
    return text;
}

std::string contentHash(const tensor::Tensor& tensor) {
    base::Sha256 hash;
    const auto header = tensor::toString(tensor.type(), tensor.shape());
    hash.add(std::as_bytes(std::span(header)));
    if (tensor.type() == DataType::string)
        for (const auto& text : tensor.values<std::string>()) {
            const auto word = quoted(text);
            hash.add(std::as_bytes(std::span(word)));
        }
    else
        hash.add(tensor.bytes());
    return hash.finish();
}

std::vector<std::string> elementWords(const tensor::Tensor& given) {
    const auto tensor = given.aligned();
    std::vector<std::string> words;
    const auto plain = [&](auto tag) {
        using T = typename decltype(tag)::type;
        for (const auto& value : tensor.values<T>()) words.push_back(elementWord<T>(value));
        return true;
    };
    if (tensor::visitAll(tensor.type(), plain, false)) return words;
    if (tensor.type() == DataType::complex64) {
        appendParts<float>(tensor, words);
    } else if (tensor.type() == DataType::complex128) {
        appendParts<double>(tensor, words);
    } else {
        const int bits = tensor::bitWidth(tensor.type());
        const bool isInteger = tensor::isInteger(tensor.type());
        for (int64_t i = 0; i < tensor.elementCount(); ++i)
            words.push_back(
                fmt::to_string(isInteger   ? tensor.integerAt(i)
                               : bits == 8 ? std::to_integer<int64_t>(tensor.bytes()[static_cast<size_t>(i)])
                                           : tensor::packedBits(tensor.bytes(), bits, i)));
    }
    return words;
}

int64_t wordCount(DataType type, int64_t elements) { return isComplex(type) ? 2 * elements : elements; }

bool setElement(tensor::Tensor& tensor, int64_t index, std::string_view word) {
    bool good = false;
    const auto plain = [&](auto tag) {
        using T = typename decltype(tag)::type;
        good = readElement<T>(tensor.mutableValues<T>()[static_cast<size_t>(index)], word);
        return true;
    };
    if (tensor::visitAll(tensor.type(), plain, false)) return good;
    if (tensor.type() == DataType::complex64) return setPart<float>(tensor, index, word);
    if (tensor.type() == DataType::complex128) return setPart<double>(tensor, index, word);
    return setCode(tensor, index, word);
}

void fillRandom(tensor::Tensor& tensor, uint64_t seed) {
    const auto fill = [&](auto tag) {
        using T = typename decltype(tag)::type;
        for (auto& value : tensor.mutableValues<T>()) {
            const auto bits = nextRandom(seed);
            if constexpr (kIsReal<T>)
                value = T(static_cast<double>(bits >> 40) / (1 << 23) - 1);
            else
                value = static_cast<T>(static_cast<int64_t>(bits >> 60) - (std::is_signed_v<T> ? 8 : 0));
        }
        return true;
    };
    tensor::visitNumbers(tensor.type(), fill, false);
}

}  // namespace lathe::ir
