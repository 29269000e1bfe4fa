#include "engine/kernels/cpu/instruction_set.h"

#include <algorithm>
#include <cstdlib>

namespace lathe::kernels {
namespace {

const InstructionSet& chosen() {
    const auto compiled = compiledInstructionSets();
    const auto usable = compiled.first(std::min(compiled.size(), usableInstructionSets()));
    const char* wish = std::getenv("LATHE_CPU");
    if (!wish) return usable.back();
    for (const auto& set : usable)
        if (set.name == wish || (!set.shortName.empty() && set.shortName == wish)) return set;
    return usable.back();
}

}  // namespace

const InstructionSet& instructionSet() {
    static const InstructionSet& kSet = chosen();
    return kSet;
}

std::string_view instructionSetName() { return instructionSet().name; }

}  // namespace lathe::kernels
