// The instruction sets of x86-64. The lowest is what the whole program is compiled for.
#include "engine/kernels/cpu/instruction_set.h"

namespace lathe::kernels {
namespace {

constexpr InstructionSet kSets[] = {{"baseline", microBaseline},
                                    {"avx2", microAvx2},
                                    {"avx512", microAvx512},
                                    {"avx512vnni", microAvx512Vnni, "vnni"}};

}  // namespace

std::span<const InstructionSet> compiledInstructionSets() { return kSets; }

size_t usableInstructionSets() {
    __builtin_cpu_init();
    const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    if (avx512) return __builtin_cpu_supports("avx512vnni") ? 4 : 3;
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 2 : 1;
}

}  // namespace lathe::kernels
