// What a value of a run is, in the words of the types before a run.
#pragma once

#include "engine/ir/type.h"
#include "engine/tensor/value.h"

namespace lathe::ops {

// The type of what is there; the elements of a sequence have the shape of none in particular.
ir::ValueType typeOf(const tensor::RuntimeValue& value);

// True when the value may stand where the type is declared: its kind, element types, ranks and the dimensions
// that are numbers agree, those of every item of a sequence, of what an optional holds and of a map too.
bool fits(const tensor::RuntimeValue& value, const ir::ValueType& declared);

}  // namespace lathe::ops
