// What the parts of Dim share: one factor of a term.
#pragma once

#include <string>

#include "engine/ir/dim.h"

namespace lathe::ir {

struct Dim::Atom {
    AtomKind kind;
    std::string name;  // of a symbol
    Dim a, b;          // operands of the others
    std::string key;   // printed form; orders and compares atoms
};

// Expansion of products stops here: beyond it an expression says nothing to a person and costs time.
inline constexpr size_t kTermLimit = 64;

}  // namespace lathe::ir
