// The inner loops for 64-bit Arm with dot products of bytes of one sign: 4 lanes, 12 by 8 tiles.
//
// Unsigned activations a meet signed weights w. They are lowered to signed numbers, and what that takes away
// is in the bias beforehand:  sum(a w) + bias = sum((a - 128) w) + (bias + 128 sum(w)).
#include <arm_neon.h>

#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {
namespace {

#include "engine/kernels/cpu/micro_lanes_neon.inc"

#include "engine/kernels/cpu/micro_loops.inc"

#include "engine/kernels/cpu/micro_bytes_neon.inc"

using Left = IntVec;
using Right = IntVec;
using RowWords = int8x16_t;

inline Left leftWords(IntVec words) { return words ^ splatInt(INT32_C(-0x7f7f7f80)); }
inline Left leftBytes(int32_t word) { return leftWords(splatInt(word)); }
inline Right rightBytes(const int8_t* p) { return reinterpret_cast<IntVec>(vld1q_s8(p)); }
inline IntVec dotBytes(IntVec sum, Left a, Right b) {
    return vdotq_s32(sum, reinterpret_cast<int8x16_t>(a), reinterpret_cast<int8x16_t>(b));
}
inline RowWords rowWords(const uint8_t* p) {
    return reinterpret_cast<int8x16_t>(veorq_u8(vld1q_u8(p), vdupq_n_u8(0x80)));
}
template <int Word>
inline IntVec dotWord(IntVec sum, Right w, RowWords x) {
    return vdotq_laneq_s32(sum, reinterpret_cast<int8x16_t>(w), x, Word);
}

#include "engine/kernels/cpu/micro_words_neon.inc"

#include "engine/kernels/cpu/micro_integer.inc"

// raised = biases + 128 * the sum of each lane's weights, `step` bytes from one word to the next.
inline void raiseBiases(const int32_t* biases, const int8_t* weights, int64_t words, int64_t step,
                        int32_t* raised) {
    int32x4_t sums[4] = {};
    const int8x16_t ones = vdupq_n_s8(1);
    int64_t k = 0;
    for (; k + 4 <= words; k += 4)
#pragma GCC unroll 4
        for (int i = 0; i < 4; ++i) sums[i] = vdotq_s32(sums[i], vld1q_s8(weights + (k + i) * step), ones);
    for (; k < words; ++k) sums[0] = vdotq_s32(sums[0], vld1q_s8(weights + k * step), ones);
    const int32x4_t sum = vaddq_s32(vaddq_s32(sums[0], sums[1]), vaddq_s32(sums[2], sums[3]));
    vst1q_s32(raised, vaddq_s32(vld1q_s32(biases), vshlq_n_s32(sum, 7)));
}

void loweredByteTile(const ByteTile& tile) {
    ByteTile t = tile;
    int32_t biases[kColumns];
    const int64_t words = t.loops[0].count * t.loops[1].count * t.loops[2].count * t.depth;
    for (int64_t v = 0; v < kColumns; v += kLanes)
        raiseBiases(tile.finish.biases + v, t.b + v * 4, words, kColumns * 4, biases + v);
    t.finish.biases = biases;
    byteTile(t);
}

void loweredByteDepthwiseWords(const ByteDepthwiseWords& words) {
    ByteDepthwiseWords d = words;
    int32_t biases[kLanes];
    raiseBiases(words.finish.biases, d.weights, d.rowCount * d.wordCount, kLanes * 4, biases);
    d.finish.biases = biases;
    byteDepthwiseWords(d);
}

}  // namespace

Micro microNeonDot() {
    Micro result = withIntegers(table());
    result.byteTile = loweredByteTile;
    result.byteDepthwiseWords = loweredByteDepthwiseWords;
    return result;
}

}  // namespace lathe::kernels
