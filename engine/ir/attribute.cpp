#include "engine/ir/attribute.h"

#include <algorithm>

namespace lathe::ir {
namespace {

constexpr auto kByName = [](const Attributes::Item& item, std::string_view name) {
    return item.first < name;
};

}  // namespace

Attributes::Attributes(std::initializer_list<Item> items) {
    for (const auto& [name, value] : items) set(name, value);
}

const Attribute* Attributes::find(std::string_view name) const {
    const auto it = std::lower_bound(m_items.begin(), m_items.end(), name, kByName);
    return it != m_items.end() && it->first == name ? &it->second : nullptr;
}

void Attributes::set(std::string name, Attribute value) {
    const auto it = std::lower_bound(m_items.begin(), m_items.end(), std::string_view(name), kByName);
    if (it != m_items.end() && it->first == name)
        it->second = std::move(value);
    else
        m_items.emplace(it, std::move(name), std::move(value));
}

void Attributes::remove(std::string_view name) {
    std::erase_if(m_items, [&](const Item& item) { return item.first == name; });
}

template <typename T>
const T* Attributes::get(std::string_view name) const {
    const auto* attribute = find(name);
    return attribute ? std::get_if<T>(attribute) : nullptr;
}

int64_t Attributes::integer(std::string_view name, int64_t otherwise) const {
    const auto* value = get<int64_t>(name);
    return value ? *value : otherwise;
}
float Attributes::real(std::string_view name, float otherwise) const {
    const auto* value = get<float>(name);
    return value ? *value : otherwise;
}
std::string_view Attributes::text(std::string_view name, std::string_view otherwise) const {
    const auto* value = get<std::string>(name);
    return value ? std::string_view(*value) : otherwise;
}
std::vector<int64_t> Attributes::integers(std::string_view name, std::vector<int64_t> otherwise) const {
    const auto* value = get<std::vector<int64_t>>(name);
    return value ? *value : otherwise;
}
std::vector<float> Attributes::reals(std::string_view name, std::vector<float> otherwise) const {
    const auto* value = get<std::vector<float>>(name);
    return value ? *value : otherwise;
}
std::vector<std::string> Attributes::texts(std::string_view name, std::vector<std::string> otherwise) const {
    const auto* value = get<std::vector<std::string>>(name);
    return value ? *value : otherwise;
}
const tensor::Tensor* Attributes::tensor(std::string_view name) const { return get<tensor::Tensor>(name); }
SubgraphId Attributes::subgraph(std::string_view name) const {
    const auto* value = get<SubgraphId>(name);
    return value ? *value : SubgraphId{};
}

}  // namespace lathe::ir
