// The inner loops for AVX-512 with VNNI: 16 lanes, 14 by 32 tiles, integer dot products.
#include <immintrin.h>

#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {
namespace {

constexpr int kLanes = 16;
constexpr int kByteRows = 14;
constexpr int kRows = 14;
typedef float Vec __attribute__((vector_size(kLanes * 4)));
typedef int32_t IntVec __attribute__((vector_size(kLanes * 4)));

inline IntVec dotPairs(IntVec sum, IntVec a, IntVec b) {
    return reinterpret_cast<IntVec>(_mm512_dpwssd_epi32(
        reinterpret_cast<__m512i>(sum), reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
}

#include "engine/kernels/cpu/micro_lanes_avx512.inc"

using Left = IntVec;
using Right = IntVec;
inline Left leftBytes(int32_t word) { return reinterpret_cast<IntVec>(_mm512_set1_epi32(word)); }
inline Left leftWords(IntVec words) { return words; }
inline Right rightBytes(const int8_t* p) { return reinterpret_cast<IntVec>(_mm512_loadu_si512(p)); }
inline IntVec dotBytes(IntVec sum, Left a, Right b) {
    return reinterpret_cast<IntVec>(_mm512_dpbusd_epi32(
        reinterpret_cast<__m512i>(sum), reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
}

#include "engine/kernels/cpu/micro_loops.inc"

#include "engine/kernels/cpu/micro_bytes_avx512.inc"

#include "engine/kernels/cpu/micro_integer.inc"

}  // namespace

Micro microAvx512Vnni() { return withIntegers(table()); }

}  // namespace lathe::kernels
