// Products with weights of a few bits against the plain evaluation.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/kernels/kernel.h"
#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

Tensor randomBytes(std::initializer_list<int64_t> shape, unsigned seed) {
    auto result = Tensor::zeros(tensor::DataType::uint8, tensor::Dimensions(shape.begin(), shape.size()));
    std::mt19937 random(seed);
    for (auto& value : result.mutableValues<uint8_t>()) value = static_cast<uint8_t>(random());
    return result;
}

KernelCase lowBitCase(std::vector<int64_t> shape, int64_t columns, int64_t bits, int64_t blockSize) {
    const int64_t depth = shape.back(), blocks = (depth + blockSize - 1) / blockSize;
    KernelCase c{
        .kernel = "mat_mul_low_bit",
        .op = "MatMulNBits",
        .inputs = {randomFloats(tensor::Dimensions(shape), 1),
                   randomBytes({columns, blocks, blockSize * bits / 8}, 2),
                   randomFloats({columns, blocks}, 3), randomBytes({columns, (blocks * bits + 7) / 8}, 4),
                   Tensor(), randomFloats({columns}, 5)},
        .constants = {1, 2, 3, 5},
        .domain = "com.microsoft"};
    c.attributes.set("K", depth);
    c.attributes.set("N", columns);
    c.attributes.set("bits", bits);
    c.attributes.set("block_size", blockSize);
    return c;
}

TEST(MatMulNBits, RowsColumnsBlocks) {
    const std::vector<std::pair<std::vector<int64_t>, int64_t>> sizes = {
        {{1, 64}, 32},     {{1, 200}, 77}, {{1, 1, 1100}, 300}, {{130}, 5},        {{3, 64}, 40},
        {{2, 5, 200}, 77}, {{4, 200}, 77}, {{31, 1100}, 70},    {{2, 350, 40}, 33}};
    for (const auto& [shape, columns] : sizes)
        for (const int64_t bits : {4, 8})
            for (const int64_t blockSize : {16, 32, 128, 512})
                checkKernel(lowBitCase(shape, columns, bits, blockSize));
}

TEST(MatMulNBits, OmittedOperands) {
    for (const int64_t rows : {1, 4, 9})
        for (const int64_t bits : {4, 8}) {
            auto c = lowBitCase({rows, 200}, 45, bits, 32);
            c.inputs.resize(3);
            c.constants = {1, 2};
            checkKernel(c);
        }
}

TEST(MatMulNBits, LeavesTheRestToThePlainEvaluation) {
    const auto taken = [](const KernelCase& c) {
        kernels::Site site;
        site.domain = c.domain;
        site.op = c.op;
        site.attributes = &c.attributes;
        for (size_t i = 0; i < c.inputs.size(); ++i) {
            const bool constant = std::find(c.constants.begin(), c.constants.end(), i) != c.constants.end();
            site.inputs.push_back(
                {c.inputs[i].type(), c.inputs[i].shape(), constant ? &c.inputs[i] : nullptr});
        }
        site.outputs.push_back({tensor::DataType::float32, {}});
        return kernels::chooseCpuKernel(site) != nullptr;
    };
    const auto usual = lowBitCase({2, 64}, 8, 4, 32);
    EXPECT_TRUE(taken(usual));
    auto c = usual;
    c.inputs[3] = randomFloats({8, 2}, 6);
    EXPECT_FALSE(taken(c));
    c = usual;
    c.inputs[4] = Tensor::zeros(tensor::DataType::int32, tensor::Shape{64});
    EXPECT_FALSE(taken(c));
    c = usual;
    c.constants = {2, 3, 5};
    EXPECT_FALSE(taken(c));
    c = usual;
    c.attributes.set("bits", int64_t{2});
    EXPECT_FALSE(taken(c));
}

}  // namespace
}  // namespace lathe::test
