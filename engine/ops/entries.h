// The lines of ops.inc, for who writes a shorter one: a program with the operators of one model.
#pragma once

#include <span>
#include <string_view>

#include "engine/ops/op.h"

namespace lathe::ops {

struct Entry {
    std::string_view name;  // as in the list: "globalAveragePool"
    Op (*op)() = nullptr;
};
std::span<const Entry> entries();

// The model whose operators alone are in this program; empty: all are.
std::string_view builtFor();

}  // namespace lathe::ops
