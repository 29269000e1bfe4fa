#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftMatMulNBitsCases() {
    return {
        {.name = "default_zero_point",
         .op = "MatMulNBits",
         .domain = "com.microsoft",
         .attributes = {{"K", int64_t{16}}, {"N", int64_t{1}}, {"block_size", int64_t{16}}},
         .inputs = {Tensor::of<float>({1, 16}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}),
                    Tensor::of<uint8_t>({1, 1, 8}, {153, 153, 153, 153, 153, 153, 153, 153}),
                    Tensor::of<float>({1}, {0.5f})},
         .expected = {Tensor::of<float>({1, 1}, {8})}},
        {.name = "given_zero_point_and_bias",
         .op = "MatMulNBits",
         .domain = "com.microsoft",
         .attributes = {{"K", int64_t{16}}, {"N", int64_t{1}}, {"block_size", int64_t{16}}},
         .inputs = {Tensor::of<float>({1, 16}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}),
                    Tensor::of<uint8_t>({1, 1, 8}, {153, 153, 153, 153, 153, 153, 153, 153}),
                    Tensor::of<float>({1}, {0.5f}), Tensor::of<uint8_t>({1}, {7}), std::nullopt,
                    Tensor::of<float>({1}, {3})},
         .expected = {Tensor::of<float>({1, 1}, {19})}},
        {.name = "low_nibble_first",
         .op = "MatMulNBits",
         .domain = "com.microsoft",
         .attributes = {{"K", int64_t{16}}, {"N", int64_t{1}}, {"block_size", int64_t{16}}},
         .inputs = {Tensor::of<float>({1, 16}, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
                    Tensor::of<uint8_t>({1, 1, 8}, {138, 136, 136, 136, 136, 136, 136, 136}),
                    Tensor::of<float>({1}, {1})},
         .expected = {Tensor::of<float>({1, 1}, {2})}},
        // The first row of the weights takes the scale of the second block: (9 - 8) * 2.
        {.name = "group_index",
         .op = "MatMulNBits",
         .domain = "com.microsoft",
         .attributes = {{"K", int64_t{32}}, {"N", int64_t{1}}, {"block_size", int64_t{16}}},
         .inputs = {Tensor::of<float>({1, 32}, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
                    Tensor::of<uint8_t>({1, 2, 8}, {153, 153, 153, 153, 153, 153, 153, 153, 153, 153, 153,
                                                    153, 153, 153, 153, 153}),
                    Tensor::of<float>({2}, {1, 2}), std::nullopt,
                    Tensor::of<int32_t>({32}, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                               0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})},
         .expected = {Tensor::of<float>({1, 1}, {2})}},
        {.name = "short_last_block",
         .op = "MatMulNBits",
         .domain = "com.microsoft",
         .attributes = {{"K", int64_t{20}}, {"N", int64_t{2}}, {"block_size", int64_t{16}}},
         .inputs = {ramp({2, 3, 20}),
                    Tensor::of<uint8_t>({2, 2, 8},
                                        {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                         16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31}),
                    ramp({4})}},
    };
}

namespace {

TEST(ComMicrosoftMatMulNBits, Cases) { checkCases(comMicrosoftMatMulNBitsCases()); }

TEST(ComMicrosoftMatMulNBits, RefusesOtherInner) {
    const OpCase opCase{.name = "m",
                        .op = "MatMulNBits",
                        .domain = "com.microsoft",
                        .attributes = {{"K", int64_t{16}}, {"N", int64_t{1}}, {"block_size", int64_t{16}}},
                        .inputs = {ramp({1, 15}), Tensor::of<uint8_t>({1, 1, 8}, {0, 0, 0, 0, 0, 0, 0, 0}),
                                   Tensor::of<float>({1}, {1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("A has 15 columns, but K is 16"));
}

TEST(ComMicrosoftMatMulNBits, RefusesLayoutOfOneDevice) {
    const OpCase opCase{.name = "m",
                        .op = "MatMulNBits",
                        .domain = "com.microsoft",
                        .attributes = {{"K", int64_t{16}},
                                       {"N", int64_t{1}},
                                       {"block_size", int64_t{16}},
                                       {"weight_prepacked", int64_t{1}}},
                        .inputs = {ramp({1, 16}), Tensor::of<uint8_t>({1, 1, 8}, {0, 0, 0, 0, 0, 0, 0, 0}),
                                   Tensor::of<float>({1}, {1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("weight_prepacked is 1, a layout of one device"));
}

TEST(ComMicrosoftMatMulNBits, RefusesBlockSize) {
    const OpCase opCase{.name = "m",
                        .op = "MatMulNBits",
                        .domain = "com.microsoft",
                        .attributes = {{"K", int64_t{16}}, {"N", int64_t{1}}, {"block_size", int64_t{24}}},
                        .inputs = {ramp({1, 16}), Tensor::of<uint8_t>({1, 1, 8}, {0, 0, 0, 0, 0, 0, 0, 0}),
                                   Tensor::of<float>({1}, {1})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("block_size is 24, expected a power of two of at least 16"));
}

}  // namespace
}  // namespace lathe::test
