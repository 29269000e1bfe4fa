// The inner loops for AVX2 with FMA: 8 lanes, 6 by 16 tiles.
#include <immintrin.h>

#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {
namespace {

constexpr int kLanes = 8;
constexpr int kByteRows = 4;
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
inline Vec nibble(IntVec x, int i) { return __builtin_convertvector((x << (28 - 4 * i)) >> 28, Vec); }
inline Vec widenFloat16(const uint16_t* p) {
    return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
}
inline void storeFloat16(uint16_t* p, Vec v) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm256_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT));
}
inline void keepRounded(Vec& v) { asm("" : "+x"(v)); }

inline IntVec widenBytes(const uint8_t* p) {
    return reinterpret_cast<IntVec>(
        _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p))));
}
inline void storeBytes(uint8_t* p, IntVec v) {
    const __m256i gather = _mm256_set1_epi32(0x0c080400);
    const __m256i words = _mm256_shuffle_epi8(reinterpret_cast<__m256i>(v), gather);
    _mm_storel_epi64(reinterpret_cast<__m128i*>(p),
                     _mm_unpacklo_epi32(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1)));
}
inline IntVec wordsOf(const uint8_t* p) {
    const __m256i order = _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7);
    const __m256i turn =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
    const __m256i places = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    return reinterpret_cast<IntVec>(_mm256_shuffle_epi8(_mm256_permutevar8x32_epi32(places, order), turn));
}
// Correctly rounded: two steps of Markstein's correction, each remainder exact in the fused product.
inline Vec divided(Vec x, Vec by, Vec reciprocal) {
    Vec q = x * reciprocal;
    for (int i = 0; i < 2; ++i) q = _mm256_fmadd_ps(_mm256_fnmadd_ps(q, by, x), reciprocal, q);
    return q;
}

#include "engine/kernels/cpu/micro_loops.inc"

#include "engine/kernels/cpu/micro_bytes_as_pairs.inc"

#include "engine/kernels/cpu/micro_places.inc"

#include "engine/kernels/cpu/micro_integer.inc"

}  // namespace

Micro microAvx2() { return withIntegers(table()); }

}  // namespace lathe::kernels
