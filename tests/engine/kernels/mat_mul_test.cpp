// The float matrix products against the plain evaluation.
#include <gtest/gtest.h>

#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

TEST(MatMul, ConstantAndComputedOperands) {
    const std::vector<std::pair<std::vector<int64_t>, std::vector<int64_t>>> shapes = {
        {{3, 4}, {4, 5}},
        {{1, 700}, {700, 33}},
        {{13, 65}, {65, 70}},
        {{2, 3, 4}, {4, 5}},
        {{2, 3, 4}, {2, 4, 5}},
        {{2, 1, 3, 4}, {3, 4, 6}},
        {{4}, {4, 5}},
        {{3, 4}, {4}},
        {{1, 2, 9, 8}, {5, 1, 8, 3}},
        {{100, 30}, {30, 129}},
        {{130, 800}, {800, 40}},
        {{6, 9, 20}, {6, 20, 33}},
        {{5, 1, 9, 20}, {1, 7, 20, 3}},
        {{500, 17}, {17, 31}},
        {{7}, {7}}};
    for (const auto& [a, b] : shapes)
        for (const bool constant : {false, true})
            checkKernel(
                {.kernel = "mat_mul_packed",
                 .op = "MatMul",
                 .inputs = {randomFloats(tensor::Dimensions(a), 1), randomFloats(tensor::Dimensions(b), 2)},
                 .constants = constant ? std::vector<size_t>{1} : std::vector<size_t>{}});
}

TEST(Gemm, TurnsScalesBiases) {
    for (const int64_t turnA : {0, 1})
        for (const int64_t turnB : {0, 1})
            for (const std::vector<int64_t>& c :
                 std::vector<std::vector<int64_t>>{{}, {1}, {19}, {1, 19}, {14, 1}, {1, 1}}) {
                ir::Attributes attributes;
                attributes.set("transA", turnA);
                attributes.set("transB", turnB);
                attributes.set("alpha", 0.5f);
                attributes.set("beta", 2.0f);
                checkKernel({.kernel = "gemm_packed",
                             .op = "Gemm",
                             .attributes = attributes,
                             .inputs = {turnA ? randomFloats({23, 14}, 1) : randomFloats({14, 23}, 1),
                                        turnB ? randomFloats({19, 23}, 2) : randomFloats({23, 19}, 2),
                                        randomFloats(tensor::Dimensions(c), 3)},
                             .constants = {1, 2}});
            }
    checkKernel({.kernel = "gemm_packed",
                 .op = "Gemm",
                 .inputs = {randomFloats({5, 6}, 1), randomFloats({6, 7}, 2)}});
}

TEST(Gemm, AddsAMatrix) {
    for (const bool constant : {false, true})
        checkKernel(
            {.kernel = "gemm_packed",
             .op = "Gemm",
             .inputs = {randomFloats({30, 900}, 1), randomFloats({900, 37}, 2), randomFloats({30, 37}, 3)},
             .constants = constant ? std::vector<size_t>{1, 2} : std::vector<size_t>{}});
}

}  // namespace
}  // namespace lathe::test
