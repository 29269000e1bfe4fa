// The inner loops for 64-bit Arm with dot products of unsigned by signed bytes: 4 lanes, 12 by 8 tiles.
#include <arm_neon.h>

#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {
namespace {

#include "engine/kernels/cpu/micro_lanes_neon.inc"

#include "engine/kernels/cpu/micro_loops.inc"

#include "engine/kernels/cpu/micro_bytes_neon.inc"

using Left = IntVec;
using Right = IntVec;
using RowWords = uint8x16_t;

inline Left leftWords(IntVec words) { return words; }
inline Left leftBytes(int32_t word) { return splatInt(word); }
inline Right rightBytes(const int8_t* p) { return reinterpret_cast<IntVec>(vld1q_s8(p)); }
inline IntVec dotBytes(IntVec sum, Left a, Right b) {
    return vusdotq_s32(sum, reinterpret_cast<uint8x16_t>(a), reinterpret_cast<int8x16_t>(b));
}
inline RowWords rowWords(const uint8_t* p) { return vld1q_u8(p); }
template <int Word>
inline IntVec dotWord(IntVec sum, Right w, RowWords x) {
    return vsudotq_laneq_s32(sum, reinterpret_cast<int8x16_t>(w), x, Word);
}

#include "engine/kernels/cpu/micro_words_neon.inc"

#include "engine/kernels/cpu/micro_integer.inc"

}  // namespace

Micro microNeonI8mm() { return withIntegers(table()); }

}  // namespace lathe::kernels
