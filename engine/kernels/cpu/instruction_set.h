// Which of the compiled instruction sets the kernels use: the best this processor has, or what LATHE_CPU
// names.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {

struct InstructionSet {
    std::string_view name;
    Micro (*micro)() = nullptr;
    std::string_view shortName = {};  // LATHE_CPU may say this instead
};

// Decided once, at the first call. LATHE_CPU=baseline|avx2|avx512|avx512vnni (or vnni) chooses a lower one on
// x86-64, LATHE_CPU=neon|neondot|neoni8mm on 64-bit Arm; a name this processor does not have counts as the
// best it has.
const InstructionSet& instructionSet();
std::string_view instructionSetName();

// Said by the file of the processor family, instruction_set_x86.cpp or instruction_set_arm.cpp: what is
// compiled, lowest first, and how many of them this processor has, at least one.
std::span<const InstructionSet> compiledInstructionSets();
size_t usableInstructionSets();

}  // namespace lathe::kernels
