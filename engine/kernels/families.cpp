#include "engine/kernels/families.h"

namespace lathe::kernels {

#define LATHE_KERNEL_FAMILY(family) std::vector<Kernel> family##Kernels();
#include "engine/kernels/cpu/kernels.inc"
#undef LATHE_KERNEL_FAMILY

std::span<const Family> cpuFamilies() {
    static constexpr Family kFamilies[] = {
#define LATHE_KERNEL_FAMILY(family) {#family, family##Kernels},
#include "engine/kernels/cpu/kernels.inc"
#undef LATHE_KERNEL_FAMILY
    };
    return kFamilies;
}

}  // namespace lathe::kernels
