// Attributes and types as a person reads them.
#pragma once

#include <QString>

#include "engine/ir/attribute.h"
#include "engine/ir/type.h"

namespace lathe::inspector {

// "[3, 3]", "0.1", "SAME_UPPER", "float32 [2, 2]", "graph"; long lists end with "…".
QString attributeText(const ir::Attribute& attribute);
// "int8 [N, 64, 8, 8]".
QString typeText(const ir::ValueType& type);

}  // namespace lathe::inspector
