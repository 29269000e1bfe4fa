// The inner loops for every x86-64-v2 processor: 4 lanes, 6 by 8 tiles.
#include <immintrin.h>

#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {
namespace {

constexpr int kLanes = 4;
constexpr int kByteRows = 4;
constexpr int kRows = 6;
typedef float Vec __attribute__((vector_size(kLanes * 4)));
typedef int32_t IntVec __attribute__((vector_size(kLanes * 4)));

inline IntVec dotPairs(IntVec sum, IntVec a, IntVec b) {
    return sum + reinterpret_cast<IntVec>(
                     _mm_madd_epi16(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
}
// A lane is four bytes, which the byte shuffle names one by one.
inline Vec pickLanes(Vec x, IntVec lanes) {
    const IntVec bytes = lanes * 0x04040404 + 0x03020100;
    return reinterpret_cast<Vec>(
        _mm_shuffle_epi8(reinterpret_cast<__m128i>(x), reinterpret_cast<__m128i>(bytes)));
}
inline float lane(const float* p, int i, int count) {
    float value = 0;
    if (i < count) __builtin_memcpy(&value, p + i, sizeof(value));  // it may lie unaligned
    return value;
}
inline Vec loadPart(const float* p, int count) {
    return Vec{lane(p, 0, count), lane(p, 1, count), lane(p, 2, count), lane(p, 3, count)};
}
inline void storePart(float* p, Vec v, int count) {
    for (int i = 0; i < count; ++i) p[i] = v[i];
}
// In two steps, so that neither overflows early.
inline Vec powerOfTwo(IntVec n) { return reinterpret_cast<Vec>((n + 127) << 23); }
inline Vec timesPowerOfTwo(Vec y, Vec n) {
    const IntVec whole = __builtin_convertvector(n, IntVec), half = whole >> 1;
    return y * powerOfTwo(half) * powerOfTwo(whole - half);
}
inline Vec reciprocal(Vec x) { return 1.0f / x; }
inline Vec nibble(IntVec x, int i) { return __builtin_convertvector((x << (28 - 4 * i)) >> 28, Vec); }
inline void keepRounded(Vec& v) { asm("" : "+x"(v)); }

inline IntVec widenBytes(const uint8_t* p) {
    return reinterpret_cast<IntVec>(_mm_cvtepu8_epi32(_mm_loadu_si32(p)));
}
inline void storeBytes(uint8_t* p, IntVec v) {
    _mm_storeu_si32(p, _mm_shuffle_epi8(reinterpret_cast<__m128i>(v), _mm_set1_epi32(0x0c080400)));
}
inline IntVec wordsOf(const uint8_t* p) {
    const __m128i turn = _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    return reinterpret_cast<IntVec>(
        _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), turn));
}
inline Vec divided(Vec x, Vec by, Vec) { return x / by; }

#include "engine/kernels/cpu/micro_float16.inc"

#include "engine/kernels/cpu/micro_loops.inc"

#include "engine/kernels/cpu/micro_bytes_as_pairs.inc"

#include "engine/kernels/cpu/micro_places.inc"

#include "engine/kernels/cpu/micro_integer.inc"

}  // namespace

Micro microBaseline() { return withIntegers(table()); }

}  // namespace lathe::kernels
