#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> bitShiftCases() {
    using tensor::Tensor;
    return {
        {.name = "left",
         .op = "BitShift",
         .attributes = {{"direction", std::string("LEFT")}},
         .inputs = {Tensor::of<uint8_t>({3}, {16, 4, 1}), Tensor::of<uint8_t>({3}, {1, 2, 3})},
         .expected = {Tensor::of<uint8_t>({3}, {32, 16, 8})}},
        {.name = "right",
         .op = "BitShift",
         .attributes = {{"direction", std::string("RIGHT")}},
         .inputs = {Tensor::of<uint8_t>({3}, {16, 4, 1}), Tensor::of<uint8_t>({3}, {1, 2, 3})},
         .expected = {Tensor::of<uint8_t>({3}, {8, 1, 0})}},
        {.name = "all_lost",
         .op = "BitShift",
         .attributes = {{"direction", std::string("LEFT")}},
         .inputs = {Tensor::of<uint8_t>({2}, {255, 255}), Tensor::of<uint8_t>({2}, {8, 200})},
         .expected = {Tensor::of<uint8_t>({2}, {0, 0})}},
        {.name = "empty",
         .op = "BitShift",
         .attributes = {{"direction", std::string("LEFT")}},
         .inputs = {Tensor::zeros(tensor::dataTypeOf<uint8_t>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<uint8_t>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(BitShift, Cases) { checkCases(bitShiftCases()); }

TEST(BitShift, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r",
         .op = "BitShift",
         .attributes = {{"direction", std::string("LEFT")}},
         .inputs = {Tensor::of<uint8_t>({2, 3}, {1, 1, 1, 1, 1, 1}), Tensor::of<uint8_t>({2}, {1, 1})}},
        "BitShift \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
