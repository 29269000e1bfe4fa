// A shape rule's result together with what a file recorded.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/ir/type.h"

namespace lathe::ops {

// The rule wins where it knows; `recorded` fills in where the rule does not. A recorded number also replaces
// a name that starts with `freshPrefix` (a size that depends on data: the file may know it). When the two
// contradict each other, `contradiction` says how and the rule's type is the result.
ir::ValueType mergeTypes(const ir::ValueType& rule, const ir::ValueType& recorded,
                         std::string_view freshPrefix, std::string& contradiction);

using Bindings = std::map<std::string, ir::Dim, std::less<>>;
// The type with named dimensions replaced, inner types too.
ir::ValueType boundType(const ir::ValueType& type, const Bindings& bindings);

}  // namespace lathe::ops
