#include "engine/kernels/cpu/instruction_set.h"

#include <array>
#include <cstdlib>

namespace lathe::kernels {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"baseline", "avx2", "avx512", "avx512vnni"};

InstructionSet best() {
#if defined(__x86_64__)
    __builtin_cpu_init();
    const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    if (avx512 && __builtin_cpu_supports("avx512vnni")) return InstructionSet::avx512vnni;
    if (avx512) return InstructionSet::avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return InstructionSet::avx2;
#endif
    return InstructionSet::baseline;
}

InstructionSet chosen() {
    const auto limit = best();
    const char* text = std::getenv("LATHE_CPU");
    if (!text) return limit;
    const std::string_view wish = std::string_view(text) == "vnni" ? "avx512vnni" : text;
    for (size_t i = 0; i <= static_cast<size_t>(limit); ++i)
        if (kNames[i] == wish) return static_cast<InstructionSet>(i);
    return limit;
}

}  // namespace

InstructionSet instructionSet() {
    static const InstructionSet kSet = chosen();
    return kSet;
}

std::string_view instructionSetName() { return kNames[static_cast<size_t>(instructionSet())]; }

}  // namespace lathe::kernels
