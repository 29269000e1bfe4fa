#include "engine/ops/entries.h"

namespace lathe::ops {

#define LATHE_OP(op) Op op##Op();
#include "engine/ops/ops.inc"
#undef LATHE_OP

std::span<const Entry> entries() {
    static constexpr Entry kEntries[] = {
#define LATHE_OP(op) {#op, op##Op},
#include "engine/ops/ops.inc"
#undef LATHE_OP
    };
    return kEntries;
}

}  // namespace lathe::ops
