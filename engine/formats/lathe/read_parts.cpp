// What the tables are made of: texts, types, properties, tensors.
#include <fmt/format.h>

#include "engine/formats/lathe/limits.h"
#include "engine/formats/lathe/read_lists.h"

namespace lathe::formats::flat {

std::string_view ModelReader::text(const void* at, uint32_t number) {
    const auto* list = m_model.texts();
    if (number == 0) return {};
    if (!list || number >= list->size()) fail(at, fmt::format("there is no text {}", number));
    if (!good()) return {};
    const auto text = list->Get(number)->string_view();
    spend(at, text.size());
    return good() ? text : std::string_view();
}

std::vector<std::string> ModelReader::texts(const List<uint32_t>* list) {
    std::vector<std::string> result;
    for (const auto number : numbers(list)) {
        if (!good()) break;
        result.emplace_back(text(list, number));
    }
    return result;
}

ir::Properties ModelReader::properties(const List<const schema::Property*>* list) {
    ir::Properties result;
    if (!list) return result;
    count(list, list->Data(), list->size(), sizeof(schema::Property), alignof(schema::Property));
    for (uint32_t i = 0; i < list->size() && good(); ++i) {
        const auto* item = list->Get(i);
        std::string key(text(item, item->key()));
        result.emplace_back(std::move(key), text(item, item->value()));
    }
    return result;
}

std::map<std::string, int64_t> ModelReader::opsets(const List<const schema::Opset*>* list) {
    std::map<std::string, int64_t> result;
    if (!list) return result;
    count(list, list->Data(), list->size(), sizeof(schema::Opset), alignof(schema::Opset));
    for (uint32_t i = 0; i < list->size() && good(); ++i) {
        const auto* item = list->Get(i);
        result[std::string(text(item, item->domain()))] = item->version();
    }
    return result;
}

const ir::ValueType& ModelReader::type(const void* at, uint32_t number) {
    static const ir::ValueType kUnknown;
    if (number >= m_types.size()) fail(at, fmt::format("there is no type {}", number));
    if (!good()) return kUnknown;
    const auto& type = m_types[number];
    spend(at, type.shape ? type.shape->size() * sizeof(int64_t) : 0);
    return type;
}

void ModelReader::types() {
    const auto* list = m_model.types();
    if (!list || list->size() == 0) return fail(&m_model, "there are no types");
    m_types.reserve(list->size());
    for (uint32_t i = 0; i < list->size() && good(); ++i) m_types.push_back(readType(*list->Get(i), i));
    if (good() && !(m_types[0] == ir::ValueType{})) fail(list, "the first type is not Unknown");
}

ir::ValueType ModelReader::readType(const schema::Type& table, size_t index) {
    using Kind = ir::ValueType::Kind;
    static_assert(static_cast<int>(schema::TypeKind::MAX) == static_cast<int>(Kind::map));
    static_assert(static_cast<int>(schema::ElementType::MAX) == tensor::kDataTypeCount - 1);
    ir::ValueType type;
    m_depths.push_back(0);
    if (table.kind() > schema::TypeKind::MAX || table.element() > schema::ElementType::MAX) {
        fail(&table, "a type is of no known kind");
        return {};
    }
    type.kind = static_cast<Kind>(table.kind());
    type.element = static_cast<tensor::DataType>(table.element());
    const bool isOuter = type.kind == Kind::sequence || type.kind == Kind::optional || type.kind == Kind::map;
    if (isOuter) {
        if (table.inner() >= index) {
            fail(&table, "a type is made of one that does not come before it");
            return {};
        }
        m_depths.back() = m_depths[table.inner()] + 1;
        if (m_depths.back() > kDeepestType)
            fail(&table, fmt::format("types are nested deeper than {}", kDeepestType));
        type.inner = std::make_shared<const ir::ValueType>(this->type(&table, table.inner()));
    }
    if (!table.sizes()) return type;
    const auto sizes = numbers(table.sizes());
    const auto expressions = numbers(table.expressions());
    type.shape.emplace();
    for (size_t i = 0; i < sizes.size() && good(); ++i) {
        if (sizes[i] >= 0) {
            type.shape->emplace_back(sizes[i]);
            continue;
        }
        const auto expression = i < expressions.size() ? text(&table, expressions[i]) : std::string_view();
        const auto dimension =
            expression.size() <= kLongestExpression ? ir::Dim::parse(expression) : std::nullopt;
        if (sizes[i] != -1 || !dimension)
            fail(&table, fmt::format("dimension {} of a type cannot be read", i));
        if (good()) type.shape->push_back(*dimension);
    }
    return type;
}

tensor::Tensor ModelReader::tensor(const void* at, const schema::Tensor* table) {
    if (!table) {
        fail(at, "a tensor is missing");
        return {};
    }
    const auto type = static_cast<tensor::DataType>(table->element());
    const auto shape = numbers(table->shape());
    const auto elements = tensor::checkedElementCount(shape);
    if (type == tensor::DataType::undefined || table->element() > schema::ElementType::MAX || !elements)
        fail(table, "a tensor has no sane type and shape");
    if (!good()) return {};
    const auto refuse = [&](std::string_view what) {
        fail(table, fmt::format("tensor {} {}", tensor::toString(type, shape), what));
        return tensor::Tensor();
    };
    if (type == tensor::DataType::string) {
        const auto items = numbers(table->texts());
        if (!good()) return {};
        if (items.size() != static_cast<uint64_t>(*elements))
            return refuse(fmt::format("has {} texts", items.size()));
        auto result = tensor::Tensor::zeros(type, shape);
        const auto target = result.mutableValues<std::string>();
        for (size_t i = 0; i < items.size() && good(); ++i) target[i] = text(table, items[i]);
        return result;
    }
    const auto offset = table->offset(), length = table->length();
    if (tensor::checkedByteSize(type, shape) != length) return refuse(fmt::format("has {} bytes", length));
    if (offset % kAlignment != 0 || offset > m_parts.weights.size() ||
        length > m_parts.weights.size() - offset)
        return refuse(
            fmt::format("lies at {} of the weights, which have {} bytes", offset, m_parts.weights.size()));
    return tensor::Tensor::borrowed(type, shape, m_parts.weights.subspan(offset, length), m_parts.owner);
}

}  // namespace lathe::formats::flat
