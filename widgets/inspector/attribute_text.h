// An attribute as a person reads it.
#pragma once

#include <QString>

#include "engine/ir/attribute.h"

namespace lathe::inspector {

// "[3, 3]", "0.1", "SAME_UPPER", "float32 [2, 2]", "graph"; long lists end with "…".
QString attributeText(const ir::Attribute& attribute);

}  // namespace lathe::inspector
