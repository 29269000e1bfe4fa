// Pooling, normalisation, softmax and reductions against the plain evaluation.
#include <gtest/gtest.h>

#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

using Integers = std::vector<int64_t>;

tensor::Tensor positive(tensor::Tensor tensor) {
    std::vector<float> values;
    for (const auto value : tensor.values<float>()) values.push_back(value * value + 0.1f);
    return tensor::Tensor::of<float>(tensor.shape(), std::span<const float>(values));
}

TEST(Pool, WindowsOfAllKinds) {
    for (const auto* op : {"MaxPool", "AveragePool"})
        for (const int64_t stride : {1, 2, 3})
            for (const int64_t ceil : {0, 1})
                for (const Integers& pads : {Integers{0, 0, 0, 0}, Integers{1, 0, 1, 2}}) {
                    ir::Attributes attributes;
                    attributes.set("kernel_shape", Integers{3, 3});
                    attributes.set("strides", Integers{stride, stride});
                    attributes.set("pads", pads);
                    attributes.set("ceil_mode", ceil);
                    if (std::string(op) == "AveragePool") attributes.set("count_include_pad", ceil);
                    checkKernel({.kernel = std::string(op) == "MaxPool" ? "pool_max" : "pool_average",
                                 .op = op,
                                 .attributes = attributes,
                                 .inputs = {randomFloats({2, 3, 9, 12}, 5)}});
                }
    checkKernel({.kernel = "pool_max",
                 .op = "MaxPool",
                 .attributes = {{"kernel_shape", Integers{2, 3}},
                                {"dilations", Integers{2, 1}},
                                {"auto_pad", std::string("SAME_UPPER")}},
                 .inputs = {randomFloats({1, 4, 7, 8}, 6)}});
    checkKernel({.kernel = "pool_average",
                 .op = "AveragePool",
                 .attributes = {{"kernel_shape", Integers{4}}, {"strides", Integers{2}}},
                 .inputs = {randomFloats({2, 3, 17}, 6)}});
}

TEST(Normalize, LayerBatch) {
    for (const int64_t axis : {-1, 1})
        checkKernel({.kernel = "normalize_layer",
                     .op = "LayerNormalization",
                     .attributes = {{"axis", axis}, {"epsilon", 1e-3f}},
                     .inputs = {randomFloats({3, 5, 19}, 1),
                                axis == 1 ? randomFloats({5, 19}, 2) : randomFloats({19}, 2),
                                axis == 1 ? randomFloats({5, 19}, 3) : randomFloats({19}, 3)}});
    for (const int64_t length : {1, 7, 16, 65, 300}) {
        const auto x = randomFloats({4, length}, 1), scale = randomFloats({length}, 2);
        checkKernel({.kernel = "normalize_layer",
                     .op = "LayerNormalization",
                     .inputs = {x, scale, randomFloats({length}, 3)}});
        checkKernel({.kernel = "normalize_layer", .op = "LayerNormalization", .inputs = {x, scale}});
        checkKernel({.kernel = "normalize_root_mean_square", .op = "RMSNormalization", .inputs = {x, scale}});
        checkKernel({.kernel = "normalize_simplified_layer",
                     .op = "SimplifiedLayerNormalization",
                     .inputs = {x, scale}});
    }
    checkKernel({.kernel = "normalize_batch",
                 .op = "BatchNormalization",
                 .inputs = {randomFloats({2, 6, 5, 3}, 1), randomFloats({6}, 2), randomFloats({6}, 3),
                            randomFloats({6}, 4), positive(randomFloats({6}, 5))},
                 .constants = {1, 2, 3, 4}});
}

// A mean that is large against the deviation leaves its rounding in every element unless it is taken off.
TEST(Normalize, MeansFarFromZero) {
    const auto x = randomFloats({3, 300}, 1);
    std::vector<float> raised;
    for (const auto value : x.values<float>()) raised.push_back(value + 10000.0f);
    checkKernel({.kernel = "normalize_layer",
                 .op = "LayerNormalization",
                 .inputs = {tensor::Tensor::of<float>(x.shape(), std::span<const float>(raised)),
                            randomFloats({300}, 2), randomFloats({300}, 3)}});
}

TEST(Softmax, RowsAndColumns) {
    for (const int64_t length : {1, 5, 16, 33, 130, 700})
        for (const int64_t axis : {-1, 1}) {
            const ir::Attributes attributes = {{"axis", axis}};
            const auto x = randomFloats({3, length, 2}, 1), rows = randomFloats({3, 2, length}, 1);
            checkKernel({.kernel = "softmax_rows",
                         .op = "Softmax",
                         .attributes = attributes,
                         .inputs = {axis == 1 ? x : rows}});
        }
    for (const int64_t length : {1, 5, 130})
        checkKernel(
            {.kernel = "softmax_logarithm", .op = "LogSoftmax", .inputs = {randomFloats({3, 2, length}, 1)}});
}

TEST(Reduce, GlobalPools) {
    for (const auto& [op, name] : std::vector<std::pair<std::string, std::string>>{
             {"GlobalAveragePool", "reduce_global_average"}, {"GlobalMaxPool", "reduce_global_max"}})
        checkKernel({.kernel = name, .op = op, .inputs = {randomFloats({2, 7, 9, 5}, 1)}});
}

}  // namespace
}  // namespace lathe::test
