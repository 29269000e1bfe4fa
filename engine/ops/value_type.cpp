#include "engine/ops/value_type.h"

#include <algorithm>

namespace lathe::ops {
namespace {

using ir::ValueType;
using tensor::DataType;
using Kind = ValueType::Kind;

bool sameElement(DataType declared, DataType given) {
    return declared == DataType::undefined || declared == given;
}

bool tensorFits(const tensor::Tensor& given, const ValueType& declared) {
    if (!sameElement(declared.element, given.type())) return false;
    if (!declared.shape) return true;
    const auto& shape = *declared.shape;
    return std::equal(shape.begin(), shape.end(), given.shape().begin(), given.shape().end(),
                      [](const ir::Dim& dim, int64_t size) { return dim.constantOr(size) == size; });
}

bool allFit(const std::vector<tensor::RuntimeValue>& items, const ValueType& declared) {
    return !declared.inner || std::all_of(items.begin(), items.end(),
                                          [&](const auto& item) { return fits(item, *declared.inner); });
}

}  // namespace

ValueType typeOf(const tensor::RuntimeValue& value) {
    if (const auto* t = value.tensor()) return ValueType::tensorOf(t->type(), ir::symbolicShape(t->shape()));
    if (const auto* sequence = value.sequence()) {
        if (sequence->elementType != DataType::undefined)
            return ValueType::sequenceOf(ValueType::tensorOf(sequence->elementType));
        return ValueType::sequenceOf(sequence->items.empty() ? ValueType{} : typeOf(sequence->items.front()));
    }
    if (const auto* optional = value.optional())
        return ValueType::optionalOf(optional->value ? typeOf(*optional->value) : ValueType{});
    if (const auto* map = value.map())
        return {Kind::map,
                map->keys.type(),
                {},
                std::make_shared<const ValueType>(map->values.empty() ? ValueType{}
                                                                      : typeOf(map->values.front()))};
    return {};
}

bool fits(const tensor::RuntimeValue& value, const ValueType& declared) {
    switch (declared.kind) {
        case Kind::unknown:
            return true;
        case Kind::tensor:
        case Kind::sparseTensor:
            return value.tensor() && tensorFits(*value.tensor(), declared);
        case Kind::sequence: {
            const auto* sequence = value.sequence();
            if (!sequence || !allFit(sequence->items, declared)) return false;
            return !declared.inner || !declared.inner->isTensor() ||
                   sequence->elementType == DataType::undefined ||
                   sameElement(declared.inner->element, sequence->elementType);
        }
        case Kind::optional: {
            const auto* optional = value.optional();
            return optional &&
                   (!optional->value || !declared.inner || fits(*optional->value, *declared.inner));
        }
        case Kind::map: {
            const auto* map = value.map();
            return map && sameElement(declared.element, map->keys.type()) && allFit(map->values, declared);
        }
    }
    return false;
}

}  // namespace lathe::ops
