// The check of one call against the schema of its op, before a rule or an evaluation sees it.
#pragma once

#include <span>
#include <string_view>

#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/ops/op.h"

namespace lathe::ops {

// For formals that take sequences, optionals and maps as well as tensors of any type.
inline constexpr TypeSet kAnyValue = kAnyType | typeBit(tensor::DataType::undefined);

// Presence and element types of the inputs (null: omitted), number of outputs. What is not known passes.
base::Status checkOperands(const Op& op, std::string_view label, std::span<const ir::ValueType* const> inputs,
                           size_t outputCount);

enum class UnknownAttributes { refuse, ignore };
// Kinds, ranges and presence of attributes. A reference to an attribute of the calling function passes.
base::Status checkAttributes(const Op& op, std::string_view label, const ir::Attributes& attributes,
                             UnknownAttributes unknown);

// The attributes of a node of a function body for one call: references are replaced by what the call gives
// (its defaults filled in already), and left out where the call gives nothing.
ir::Attributes resolved(const ir::Attributes& own, const ir::Attributes& call);
bool hasReferences(const ir::Attributes& attributes);
bool hasBodies(const ir::Attributes& attributes);
// What a call hands to a function: the call's attributes over the function's defaults. An error names a
// required attribute that is missing.
base::Result<ir::Attributes> callAttributes(const ir::Function& function, std::string_view label,
                                            const ir::Attributes& attributes);

}  // namespace lathe::ops
