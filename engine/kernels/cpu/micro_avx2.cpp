// The inner loops for AVX2 with FMA: 8 lanes, 6 by 16 tiles.
#include <immintrin.h>

#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {
namespace {

constexpr int kLanes = 8;
constexpr int kRows = 6;
typedef float Vec __attribute__((vector_size(kLanes * 4)));
typedef int32_t IntVec __attribute__((vector_size(kLanes * 4)));

inline IntVec dotPairs(IntVec sum, IntVec a, IntVec b) {
    return sum + reinterpret_cast<IntVec>(
                     _mm256_madd_epi16(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
}
inline Vec pickLanes(Vec x, IntVec lanes) {
    return reinterpret_cast<Vec>(
        _mm256_permutevar8x32_ps(reinterpret_cast<__m256>(x), reinterpret_cast<__m256i>(lanes)));
}
inline __m256i lanes(int count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
inline Vec loadPart(const float* p, int count) { return _mm256_maskload_ps(p, lanes(count)); }
inline void storePart(float* p, Vec v, int count) { _mm256_maskstore_ps(p, lanes(count), v); }
// In two steps, so that neither overflows early.
inline Vec powerOfTwo(IntVec n) { return reinterpret_cast<Vec>((n + 127) << 23); }
inline Vec timesPowerOfTwo(Vec y, Vec n) {
    const IntVec whole = __builtin_convertvector(n, IntVec), half = whole >> 1;
    return y * powerOfTwo(half) * powerOfTwo(whole - half);
}
inline Vec reciprocal(Vec x) { return 1.0f / x; }
inline void keepRounded(Vec& v) { asm("" : "+x"(v)); }

#include "engine/kernels/cpu/micro_loops.inc"

}  // namespace

Micro microAvx2() { return table(); }

}  // namespace lathe::kernels
