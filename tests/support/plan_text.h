// A session's plan as text, for tests that ask what is in it.
#pragma once

#include <string>

#include "engine/runtime/session.h"

namespace lathe::test {

// One line a step: "conv_blocked lathe.Conv conv1 relu1 -> float32 [1, 16, 9, 9] blocked".
std::string planText(const runtime::Session& session);

}  // namespace lathe::test
