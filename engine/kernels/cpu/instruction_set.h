// Which of the compiled instruction sets the kernels use: the best this processor has, or what LATHE_CPU
// names.
#pragma once

#include <string_view>

namespace lathe::kernels {

enum class InstructionSet { baseline, avx2, avx512, avx512vnni };

// Decided once, at the first call. LATHE_CPU=baseline|avx2|avx512|avx512vnni (or vnni) chooses a lower one; a
// name this processor does not have counts as the best it has.
InstructionSet instructionSet();
std::string_view instructionSetName();

}  // namespace lathe::kernels
