#include "engine/ir/type.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"

namespace lathe::ir {
namespace {

// The text between "word(" and the closing bracket at the end, or nothing.
std::optional<std::string_view> inside(std::string_view text, std::string_view word) {
    if (text.size() < word.size() + 2 || text.substr(0, word.size()) != word || text[word.size()] != '(' ||
        text.back() != ')')
        return {};
    return text.substr(word.size() + 1, text.size() - word.size() - 2);
}

std::optional<ValueType> parse(std::string_view text, int depth) {
    text = base::trimmed(text);
    if (depth > 16) return {};
    if (text == "?") return ValueType{};
    for (const auto& [word, kind] :
         {std::pair{"sequence", ValueType::Kind::sequence}, {"optional", ValueType::Kind::optional}})
        if (const auto body = inside(text, word)) {
            auto inner = parse(*body, depth + 1);
            if (!inner) return {};
            return ValueType{
                kind, tensor::DataType::undefined, {}, std::make_shared<const ValueType>(std::move(*inner))};
        }
    if (const auto body = inside(text, "map")) {
        const auto comma = body->find(',');
        if (comma == std::string_view::npos) return {};
        const auto key = tensor::dataTypeFromName(base::trimmed(body->substr(0, comma)));
        auto inner = parse(body->substr(comma + 1), depth + 1);
        if (!key || !inner) return {};
        return ValueType{
            ValueType::Kind::map, *key, {}, std::make_shared<const ValueType>(std::move(*inner))};
    }
    auto kind = ValueType::Kind::tensor;
    if (const auto body = inside(text, "sparse")) {
        kind = ValueType::Kind::sparseTensor;
        text = *body;
    }
    const auto bracket = text.find('[');
    if (bracket == std::string_view::npos || text.back() != ']') return {};
    const auto element = text.substr(0, bracket) == "?" ? std::optional(tensor::DataType::undefined)
                                                        : tensor::dataTypeFromName(text.substr(0, bracket));
    if (!element) return {};
    const auto list = base::trimmed(text.substr(bracket + 1, text.size() - bracket - 2));
    ValueType type{kind, *element, {}, nullptr};
    if (list == "...") return type;
    type.shape.emplace();
    int nesting = 0;
    size_t start = 0;
    bool quoted = false;
    for (size_t i = 0; i <= list.size() && !list.empty(); ++i) {
        if (i < list.size() && quoted && list[i] == '\\') {
            ++i;
            continue;
        }
        if (i < list.size() && list[i] == '"') quoted = !quoted;
        if (i < list.size() && quoted) continue;
        if (i < list.size() && list[i] == '(') ++nesting;
        if (i < list.size() && list[i] == ')') --nesting;
        if (i < list.size() && (list[i] != ',' || nesting > 0)) continue;
        const auto dim = Dim::parse(base::trimmed(list.substr(start, i - start)));
        if (!dim) return {};
        type.shape->push_back(*dim);
        start = i + 1;
    }
    return type;
}

}  // namespace

ValueType ValueType::sequenceOf(ValueType inner) {
    return {
        Kind::sequence, tensor::DataType::undefined, {}, std::make_shared<const ValueType>(std::move(inner))};
}

ValueType ValueType::optionalOf(ValueType inner) {
    return {
        Kind::optional, tensor::DataType::undefined, {}, std::make_shared<const ValueType>(std::move(inner))};
}

bool ValueType::shapeComplete() const {
    if (kind != Kind::tensor && kind != Kind::sparseTensor) return inner && inner->shapeComplete();
    return shape && std::none_of(shape->begin(), shape->end(), [](const Dim& d) { return d.isUnknown(); });
}

bool operator==(const ValueType& a, const ValueType& b) {
    if (a.kind != b.kind || a.element != b.element || a.shape != b.shape) return false;
    if (!a.inner || !b.inner) return !a.inner && !b.inner;
    return *a.inner == *b.inner;
}

std::string toString(const ValueType& type) {
    const auto inner = [&] { return type.inner ? toString(*type.inner) : "?"; };
    switch (type.kind) {
        case ValueType::Kind::unknown:
            return "?";
        case ValueType::Kind::sequence:
            return fmt::format("sequence({})", inner());
        case ValueType::Kind::optional:
            return fmt::format("optional({})", inner());
        case ValueType::Kind::map:
            return fmt::format("map({}, {})", name(type.element), inner());
        case ValueType::Kind::tensor:
        case ValueType::Kind::sparseTensor:
            break;
    }
    const std::string element =
        type.element == tensor::DataType::undefined ? "?" : std::string(name(type.element));
    std::string text = element + (type.shape ? toString(std::span<const Dim>(*type.shape)) : "[...]");
    return type.kind == ValueType::Kind::sparseTensor ? fmt::format("sparse({})", text) : text;
}

std::optional<ValueType> parseType(std::string_view text) { return parse(text, 0); }

}  // namespace lathe::ir
