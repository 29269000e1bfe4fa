// The refusal of a call by the schema or the shape rule of its op.
#pragma once

#include <string>

#include "tests/support/op_cases.h"

namespace lathe::test {

// The message of the inference over the concrete form; "accepted" when there is none.
std::string inferenceError(const OpCase& opCase);

}  // namespace lathe::test
