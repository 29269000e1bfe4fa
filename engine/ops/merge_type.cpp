#include "engine/ops/merge_type.h"

#include <fmt/format.h>

namespace lathe::ops {
namespace {

using ir::ValueType;

bool isFresh(const ir::Dim& dim, std::string_view prefix) {
    return !prefix.empty() && dim.symbolName().starts_with(prefix);
}

}  // namespace

ValueType mergeTypes(const ValueType& rule, const ValueType& recorded, std::string_view freshPrefix,
                     std::string& contradiction) {
    if (recorded.kind == ValueType::Kind::unknown) return rule;
    if (rule.kind == ValueType::Kind::unknown) return recorded;
    const auto contradict = [&] {
        contradiction =
            fmt::format("the file says {}, the inputs give {}", ir::toString(recorded), ir::toString(rule));
    };
    ValueType result = rule;
    if (rule.kind != recorded.kind) {
        contradict();
        return result;
    }
    if (result.element == tensor::DataType::undefined)
        result.element = recorded.element;
    else if (recorded.element != tensor::DataType::undefined && recorded.element != rule.element)
        contradict();
    if (rule.inner && recorded.inner)
        result.inner = std::make_shared<const ValueType>(
            mergeTypes(*rule.inner, *recorded.inner, freshPrefix, contradiction));
    else if (recorded.inner)
        result.inner = recorded.inner;
    if (!recorded.shape) return result;
    if (!rule.shape) {
        result.shape = recorded.shape;
        return result;
    }
    if (rule.shape->size() != recorded.shape->size()) {
        contradict();
        return result;
    }
    for (size_t i = 0; i < rule.shape->size(); ++i) {
        auto& mine = (*result.shape)[i];
        const auto& theirs = (*recorded.shape)[i];
        if (mine.isUnknown() || (theirs.isKnown() && isFresh(mine, freshPrefix)))
            mine = theirs;
        else if (mine.isKnown() && theirs.isKnown() && !(mine == theirs))
            contradict();
    }
    return result;
}

ValueType boundType(const ValueType& type, const Bindings& bindings) {
    if (bindings.empty()) return type;
    ValueType result = type;
    if (result.shape)
        for (auto& dim : *result.shape) dim = dim.bound(bindings);
    if (result.inner) result.inner = std::make_shared<const ValueType>(boundType(*result.inner, bindings));
    return result;
}

}  // namespace lathe::ops
