// The table of passes, made once from passes.inc.
#include <array>

#include "engine/passes/pass.h"

namespace lathe::passes {

#define LATHE_PASS(name) Pass name##Pass();
#include "engine/passes/passes.inc"
#undef LATHE_PASS

std::span<const Pass> all() {
    static const std::array kPasses = {
#define LATHE_PASS(name) name##Pass(),
#include "engine/passes/passes.inc"
#undef LATHE_PASS
    };
    return kPasses;
}

const Pass* find(std::string_view name) {
    for (const auto& pass : all())
        if (pass.name == name) return &pass;
    return nullptr;
}

}  // namespace lathe::passes
