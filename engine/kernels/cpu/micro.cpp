#include "engine/kernels/cpu/micro.h"

#include "engine/kernels/cpu/instruction_set.h"

namespace lathe::kernels {

const Micro& micro() {
    static const Micro kMicro = [] {
        switch (instructionSet()) {
            case InstructionSet::avx512vnni:
                return microAvx512Vnni();
            case InstructionSet::avx512:
                return microAvx512();
            case InstructionSet::avx2:
                return microAvx2();
            case InstructionSet::baseline:
                break;
        }
        return microBaseline();
    }();
    return kMicro;
}

}  // namespace lathe::kernels
