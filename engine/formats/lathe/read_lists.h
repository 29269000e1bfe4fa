// The two lists of ModelReader that come in several types.
#pragma once

#include "engine/formats/lathe/read_model.h"

namespace lathe::formats::flat {

template <typename T>
std::span<const T> ModelReader::numbers(const List<T>* list) {
    if (!list) return {};
    count(list, list->Data(), list->size(), sizeof(T), alignof(T));
    return good() ? std::span<const T>(list->data(), list->size()) : std::span<const T>();
}

// `what` is named when an id is neither omitted nor below the limit.
template <typename Id>
std::vector<Id> ModelReader::ids(const List<uint32_t>* list, size_t limit, std::string_view what) {
    std::vector<Id> result;
    for (const auto index : numbers(list)) {
        if (Id{index}.valid() && index >= limit)
            fail(list, std::string(what) + " is named that does not exist");
        result.push_back({index});
    }
    return good() ? result : std::vector<Id>();
}

}  // namespace lathe::formats::flat
