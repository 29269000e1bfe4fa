// The instruction sets of x86-64. The lowest is what the whole program is compiled for.
#include <cpuid.h>

#include "engine/kernels/cpu/instruction_set.h"

namespace lathe::kernels {
namespace {

// One a line: an exported project leaves out what differs for integers alone where no kernel uses integers.
constexpr InstructionSet kSets[] = {
    {"baseline", microBaseline},
    {"avx2", microAvx2},
    {"avx512", microAvx512},
    {"avx512vnni", microAvx512Vnni, "vnni"},
};

// Not every compiler knows this one by name.
bool convertsHalves() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_F16C);
}

}  // namespace

std::span<const InstructionSet> compiledInstructionSets() { return kSets; }

size_t usableInstructionSets() {
    __builtin_cpu_init();
    const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    if (avx512) return __builtin_cpu_supports("avx512vnni") ? 4 : 3;
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return avx2 && convertsHalves() ? 2 : 1;
}

}  // namespace lathe::kernels
