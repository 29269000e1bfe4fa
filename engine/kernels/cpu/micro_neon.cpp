// The inner loops for every 64-bit Arm processor: 4 lanes, 12 by 8 tiles.
#include <arm_neon.h>

#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {
namespace {

#include "engine/kernels/cpu/micro_lanes_neon.inc"

#include "engine/kernels/cpu/micro_loops.inc"

#include "engine/kernels/cpu/micro_bytes_neon.inc"

// Bytes are widened to 16 bits and sorted by their place in the word: a product of each lane with one element
// is one instruction, and nothing is added across lanes.
struct Words {
    int16x8_t upper, lower;  // bytes 0 of all lanes, bytes 1; bytes 2, bytes 3
};
using Left = int16x4_t;
using Right = Words;

inline Left leftBytes(int32_t word) {
    return vget_low_s16(reinterpret_cast<int16x8_t>(vmovl_u8(vcreate_u8(static_cast<uint32_t>(word)))));
}
inline Words leftWords(IntVec words) {
    const uint8x16_t bytes = turned(reinterpret_cast<uint8x16_t>(words));
    return {reinterpret_cast<int16x8_t>(vmovl_u8(vget_low_u8(bytes))),
            reinterpret_cast<int16x8_t>(vmovl_high_u8(bytes))};
}
inline Right rightBytes(const int8_t* p) {
    const auto bytes = reinterpret_cast<int8x16_t>(turned(reinterpret_cast<uint8x16_t>(vld1q_s8(p))));
    return {vmovl_s8(vget_low_s8(bytes)), vmovl_high_s8(bytes)};
}
inline IntVec dotBytes(IntVec sum, Left a, Right b) {
    int32x4_t s = sum;
    s = vmlal_lane_s16(s, vget_low_s16(b.upper), a, 0);
    s = vmlal_high_lane_s16(s, b.upper, a, 1);
    s = vmlal_lane_s16(s, vget_low_s16(b.lower), a, 2);
    return vmlal_high_lane_s16(s, b.lower, a, 3);
}
inline IntVec dotBytes(IntVec sum, Words a, Right b) {
    int32x4_t s = sum;
    s = vmlal_s16(s, vget_low_s16(a.upper), vget_low_s16(b.upper));
    s = vmlal_high_s16(s, a.upper, b.upper);
    s = vmlal_s16(s, vget_low_s16(a.lower), vget_low_s16(b.lower));
    return vmlal_high_s16(s, a.lower, b.lower);
}

#include "engine/kernels/cpu/micro_integer.inc"

}  // namespace

Micro microNeon() { return withIntegers(table()); }

}  // namespace lathe::kernels
