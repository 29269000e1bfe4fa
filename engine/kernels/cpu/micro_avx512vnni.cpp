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
inline Vec pickLanes(Vec x, IntVec lanes) {
    return reinterpret_cast<Vec>(
        _mm512_maskz_permutexvar_ps(0xffff, reinterpret_cast<__m512i>(lanes), reinterpret_cast<__m512>(x)));
}
inline __mmask16 lanes(int count) { return static_cast<__mmask16>((1u << count) - 1); }
inline Vec loadPart(const float* p, int count) { return _mm512_maskz_loadu_ps(lanes(count), p); }
inline void storePart(float* p, Vec v, int count) { _mm512_mask_storeu_ps(p, lanes(count), v); }
inline Vec timesPowerOfTwo(Vec y, Vec n) {
    return reinterpret_cast<Vec>(
        _mm512_maskz_scalef_ps(0xffff, reinterpret_cast<__m512>(y), reinterpret_cast<__m512>(n)));
}
// A step of Newton's iteration from 14 bits.
inline Vec reciprocal(Vec x) {
    const Vec r = reinterpret_cast<Vec>(_mm512_maskz_rcp14_ps(0xffff, reinterpret_cast<__m512>(x)));
    return r + r * (1.0f - x * r);
}
inline void keepRounded(Vec& v) { asm("" : "+v"(v)); }

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
