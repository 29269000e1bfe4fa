#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::DataType;
using tensor::Tensor;

namespace {

ir::Attributes to(DataType type) { return {{"to", static_cast<int64_t>(type)}}; }

}  // namespace

std::vector<OpCase> bitCastCases() {
    return {
        // 1 = 0x3f800000 and -2 = 0xc0000000 in binary32
        {.name = "float_to_integer",
         .op = "BitCast",
         .attributes = to(DataType::uint32),
         .inputs = {Tensor::of<float>({2}, {1, -2})},
         .expected = {Tensor::of<uint32_t>({2}, {0x3f800000, 0xc0000000})}},
        {.name = "signed_to_unsigned",
         .op = "BitCast",
         .attributes = to(DataType::uint8),
         .inputs = {Tensor::of<int8_t>({2, 1}, {-1, 5})},
         .expected = {Tensor::of<uint8_t>({2, 1}, {255, 5})}},
        {.name = "scalar_to_bool",
         .op = "BitCast",
         .attributes = to(DataType::boolean),
         .inputs = {Tensor::scalar<uint8_t>(2)},
         .expected = {Tensor::scalar<bool>(true)}},
        {.name = "empty",
         .op = "BitCast",
         .attributes = to(DataType::int64),
         .inputs = {Tensor::of<double>({0, 3}, {})},
         .expected = {Tensor::of<int64_t>({0, 3}, {})}},
    };
}

namespace {

TEST(BitCast, Cases) { checkCases(bitCastCases()); }

TEST(BitCast, RefusesAnotherWidth) {
    expectRefused({.name = "b", .op = "BitCast", .attributes = to(DataType::float64), .inputs = {ramp({2})}},
                  "BitCast \"b\": float32 has 32 bits, float64 has 64; both must have the same");
}

TEST(BitCast, RefusesTypesWithoutBits) {
    for (const int64_t type : {-1, 0, 8, 27, 1000})
        expectRefused({.name = "b", .op = "BitCast", .attributes = {{"to", type}}, .inputs = {ramp({2})}},
                      "which is no type with a bit pattern");
}

}  // namespace
}  // namespace lathe::test
