#include <algorithm>

#include "engine/kernels/cpu/micro.h"
#include "engine/kernels/kernel.h"

namespace lathe::kernels {

#define LATHE_KERNEL_FAMILY(family) std::vector<Kernel> family##Kernels();
#include "engine/kernels/cpu/kernels.inc"
#undef LATHE_KERNEL_FAMILY

bool Site::blocked() const {
    const auto isBlocked = [](const Operand& operand) { return operand.layout == Layout::blocked; };
    return std::any_of(inputs.begin(), inputs.end(), isBlocked) ||
           std::any_of(outputs.begin(), outputs.end(), isBlocked);
}

int64_t channelBlock() { return micro().columns / 2; }

int64_t storedElements(tensor::Dimensions shape, Layout layout) {
    int64_t count = tensor::elementCount(shape);
    if (layout == Layout::plain || shape[1] == 0) return count;
    const int64_t block = channelBlock();
    return count / shape[1] * ((shape[1] + block - 1) / block * block);
}

const Kernel* chooseCpuKernel(const Site& site) {
    const bool blocked = site.blocked();
    for (const auto& kernel : cpuKernels())
        if (kernel.op == site.op && kernel.domain == site.domain && kernel.blocked == blocked &&
            kernel.accepts(site))
            return &kernel;
    return nullptr;
}

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
