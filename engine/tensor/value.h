// What an edge of the graph carries in a run: a tensor, a sequence, an optional or a map.
#pragma once

#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "engine/tensor/tensor.h"

namespace lathe::tensor {

struct RuntimeValue;

struct Sequence {
    DataType elementType =
        DataType::undefined;  // of the tensors in it; undefined for sequences of sequences or maps
    std::vector<RuntimeValue> items;
};

struct Optional {
    std::shared_ptr<const RuntimeValue> value;  // null: empty
};

// Keys are int64 or string scalars in order of insertion.
struct Map {
    Tensor keys;
    std::vector<RuntimeValue> values;
};

struct RuntimeValue {
    std::variant<std::monostate, Tensor, Sequence, Optional, Map> content;

    // Defined once, elsewhere: copying and destroying a variant of containers takes long to compile.
    RuntimeValue();
    RuntimeValue(Tensor tensor);
    RuntimeValue(Sequence sequence);
    RuntimeValue(Optional optional);
    RuntimeValue(Map map);
    RuntimeValue(const RuntimeValue& other);
    RuntimeValue(RuntimeValue&& other) noexcept;
    RuntimeValue& operator=(const RuntimeValue& other);
    RuntimeValue& operator=(RuntimeValue&& other) noexcept;
    ~RuntimeValue();

    bool missing() const { return content.index() == 0; }
    const Tensor* tensor() const { return std::get_if<Tensor>(&content); }
    const Sequence* sequence() const { return std::get_if<Sequence>(&content); }
    const Optional* optional() const { return std::get_if<Optional>(&content); }
    const Map* map() const { return std::get_if<Map>(&content); }
};

}  // namespace lathe::tensor
