// What is known about a value before a run: kind, element type, symbolic shape.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/ir/dim.h"
#include "engine/tensor/data_type.h"

namespace lathe::ir {

struct ValueType {
    enum class Kind : uint8_t { unknown, tensor, sparseTensor, sequence, optional, map };

    Kind kind = Kind::unknown;
    tensor::DataType element = tensor::DataType::undefined;  // of a tensor; the key type of a map
    std::optional<SymbolicShape> shape;      // of a tensor; nothing when even the rank is unknown
    std::shared_ptr<const ValueType> inner;  // of a sequence, an optional, the values of a map

    static ValueType tensorOf(tensor::DataType element, std::optional<SymbolicShape> shape = {}) {
        return {Kind::tensor, element, std::move(shape), nullptr};
    }
    static ValueType sequenceOf(ValueType inner);
    static ValueType optionalOf(ValueType inner);

    bool isTensor() const { return kind == Kind::tensor; }
    bool hasRank() const { return shape.has_value(); }
    int64_t rank() const { return shape ? static_cast<int64_t>(shape->size()) : -1; }
    // True when every dimension is a number or an expression over names.
    bool shapeComplete() const;
    friend bool operator==(const ValueType& a, const ValueType& b);
};

// "float32[N, 3, 32, 32]", "int64[]", "float32[...]" when the rank is unknown, "sequence(float32[?])", "?".
std::string toString(const ValueType& type);
// Reads what toString writes.
std::optional<ValueType> parseType(std::string_view text);

}  // namespace lathe::ir
