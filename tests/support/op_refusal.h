// Expecting that a call of an op is refused with a certain text.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "engine/ops/infer.h"
#include "engine/ops/interpreter.h"
#include "tests/support/op_cases.h"

namespace lathe::test {

// The shape rule refuses the call when all inputs have the shapes of the tensors; where only the values are
// at fault, the evaluation does.
inline void expectRefused(const OpCase& opCase, std::string_view text) {
    const auto graph = graphOf(opCase, OpCaseForm::concrete);
    const auto typed = ops::inferred(graph);
    std::string message;
    if (!typed) {
        message = typed.error().message;
    } else {
        const auto results = ops::interpret(*graph, inputsOf(opCase, OpCaseForm::concrete));
        ASSERT_FALSE(results) << "case \"" << opCase.name << "\" of " << opCase.op << " was accepted";
        message = results.error().message;
    }
    EXPECT_NE(message.find(text), std::string::npos)
        << "case \"" << opCase.name << "\" of " << opCase.op << " says: " << message;
}

}  // namespace lathe::test
