// Attributes: one table for all kinds, and the variant of the graph.
#include <fmt/format.h>

#include "engine/formats/lathe/read_lists.h"

namespace lathe::formats::flat {

void ModelReader::items(const schema::Attribute& table, std::vector<int64_t>& list) {
    const auto items = numbers(table.integers());
    list.assign(items.begin(), items.end());
}

void ModelReader::items(const schema::Attribute& table, std::vector<float>& list) {
    const auto items = numbers(table.reals());
    list.assign(items.begin(), items.end());
}

void ModelReader::items(const schema::Attribute& table, std::vector<std::string>& list) {
    list = texts(table.texts());
}

void ModelReader::items(const schema::Attribute& table, std::vector<tensor::Tensor>& list) {
    const auto* tables = table.tensors();
    for (uint32_t i = 0; tables && i < tables->size() && good(); ++i)
        list.push_back(tensor(&table, tables->Get(i)));
}

void ModelReader::items(const schema::Attribute& table, std::vector<ir::SparseTensor>& list) {
    const auto* tables = table.sparses();
    for (uint32_t i = 0; tables && i < tables->size() && good(); ++i) {
        const auto* sparse = tables->Get(i);
        const auto shape = numbers(sparse->shape());
        list.push_back(
            {tensor(sparse, sparse->values()), tensor(sparse, sparse->indices()), tensor::Shape(shape)});
    }
}

void ModelReader::items(const schema::Attribute& table, std::vector<ir::SubgraphId>& list) {
    list = ids<ir::SubgraphId>(table.bodies(), m_subgraphCount, "a body");
    for (const auto body : list)
        if (!body) fail(&table, "an attribute names no body");
}

void ModelReader::items(const schema::Attribute& table, std::vector<ir::ValueType>& list) {
    for (const auto number : numbers(table.types())) {
        if (!good()) break;
        list.push_back(type(&table, number));
    }
}

void ModelReader::content(const schema::Attribute& table, ir::AttributeReference& reference) {
    content(table, reference.name);
    reference.onnxType = table.onnxType();
}

template <typename T>
void ModelReader::content(const schema::Attribute& table, std::vector<T>& list) {
    items(table, list);
}

template <typename T>
void ModelReader::content(const schema::Attribute& table, T& one) {
    std::vector<T> list;
    items(table, list);
    if (list.size() != 1)
        return fail(&table, fmt::format("an attribute has {} items instead of one", list.size()));
    one = std::move(list.front());
}

template <size_t... Kinds>
ir::Attribute ModelReader::attribute(const schema::Attribute& table, std::index_sequence<Kinds...>) {
    ir::Attribute result;
    const auto kind = static_cast<size_t>(table.kind());
    if (!((Kinds == kind && (content(table, result.emplace<Kinds>()), true)) || ...))
        fail(&table, "an attribute is of no known kind");
    return result;
}

ir::Attributes ModelReader::attributes(const Tables<schema::Attribute>* list) {
    ir::Attributes result;
    std::string_view last;
    for (uint32_t i = 0; list && i < list->size() && good(); ++i) {
        const auto& table = *list->Get(i);
        const auto name = text(&table, table.name());
        // Sorted, so that each goes to the end.
        if (i > 0 && name <= last) fail(&table, fmt::format("attribute \"{}\" is not in order", name));
        last = name;
        auto value = attribute(table, std::make_index_sequence<std::variant_size_v<ir::Attribute>>());
        if (good()) result.set(std::string(name), std::move(value));
    }
    return good() ? result : ir::Attributes();
}

}  // namespace lathe::formats::flat
