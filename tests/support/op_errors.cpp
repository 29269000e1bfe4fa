#include "tests/support/op_errors.h"

#include "engine/ops/infer.h"

namespace lathe::test {

std::string inferenceError(const OpCase& opCase) {
    const auto typed = ops::inferred(graphOf(opCase, OpCaseForm::concrete));
    return typed ? "accepted" : typed.error().message;
}

}  // namespace lathe::test
