#include "engine/kernels/cpu/micro.h"

#include "engine/kernels/cpu/instruction_set.h"

namespace lathe::kernels {

const Micro& micro() {
    static const Micro kMicro = instructionSet().micro();
    return kMicro;
}

}  // namespace lathe::kernels
