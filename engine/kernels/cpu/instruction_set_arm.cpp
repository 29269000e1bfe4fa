// The instruction sets of 64-bit Arm. The lowest is what the whole program is compiled for.
#include <sys/auxv.h>

#include "engine/kernels/cpu/instruction_set.h"

namespace lathe::kernels {
namespace {

// One a line: an exported project leaves out what differs for integers alone where no kernel uses integers.
constexpr InstructionSet kSets[] = {
    {"neon", microNeon},
    {"neondot", microNeonDot},
    {"neoni8mm", microNeonI8mm},
};

// Linux, arch/arm64/include/uapi/asm/hwcap.h; not every C library names them.
constexpr unsigned long kDotProducts = 1ul << 20;        // HWCAP_ASIMDDP
constexpr unsigned long kMixedSignProducts = 1ul << 13;  // HWCAP2_I8MM

}  // namespace

std::span<const InstructionSet> compiledInstructionSets() { return kSets; }

size_t usableInstructionSets() {
    if (!(getauxval(AT_HWCAP) & kDotProducts)) return 1;
    return getauxval(AT_HWCAP2) & kMixedSignProducts ? 3 : 2;
}

}  // namespace lathe::kernels
