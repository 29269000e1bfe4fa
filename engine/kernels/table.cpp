#include "engine/kernels/kernel.h"

namespace lathe::kernels {

#define LATHE_KERNEL_FAMILY(family) std::vector<Kernel> family##Kernels();
#include "engine/kernels/cpu/kernels.inc"
#undef LATHE_KERNEL_FAMILY

std::span<const Kernel> cpuKernels() {
    static const std::vector<Kernel> kTable = [] {
        std::vector<Kernel> table;
#define LATHE_KERNEL_FAMILY(family) \
    for (auto& kernel : family##Kernels()) table.push_back(kernel);
#include "engine/kernels/cpu/kernels.inc"
#undef LATHE_KERNEL_FAMILY
        return table;
    }();
    return kTable;
}

}  // namespace lathe::kernels
