// The lines of kernels.inc, for who writes a shorter one: a program with the kernels of one model.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/kernels/kernel.h"

namespace lathe::kernels {

struct Family {
    std::string_view name;  // as in the list: "convBlocked"
    std::vector<Kernel> (*kernels)() = nullptr;
};
// By preference, as in cpuKernels().
std::span<const Family> cpuFamilies();

}  // namespace lathe::kernels
