// The inner loops for AVX-512 (F, BW, DQ, VL): 16 lanes, 14 by 32 tiles.
#include <immintrin.h>

#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {
namespace {

constexpr int kLanes = 16;
constexpr int kByteRows = 12;
constexpr int kRows = 14;
typedef float Vec __attribute__((vector_size(kLanes * 4)));
typedef int32_t IntVec __attribute__((vector_size(kLanes * 4)));

inline IntVec dotPairs(IntVec sum, IntVec a, IntVec b) {
    return sum + reinterpret_cast<IntVec>(
                     _mm512_madd_epi16(reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
}

#include "engine/kernels/cpu/micro_lanes_avx512.inc"

#include "engine/kernels/cpu/micro_loops.inc"

#include "engine/kernels/cpu/micro_bytes_as_pairs.inc"

#include "engine/kernels/cpu/micro_bytes_avx512.inc"

#include "engine/kernels/cpu/micro_integer.inc"

}  // namespace

Micro microAvx512() { return withIntegers(table()); }

}  // namespace lathe::kernels
