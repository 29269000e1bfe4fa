// Elementwise, moving, softmax and reducing kernels against the plain evaluation.
#include <gtest/gtest.h>

#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

using Integers = std::vector<int64_t>;
using tensor::Tensor;

Tensor positive(Integers shape, unsigned seed) {
    std::vector<float> values;
    const auto random = randomFloats(tensor::Dimensions(shape), seed);
    for (const auto value : random.values<float>()) values.push_back(value * value + 0.01f);
    return Tensor::of<float>(tensor::Dimensions(shape), std::span<const float>(values));
}

TEST(Unary, AgreesOnOddCountsAndSpecialValues) {
    const std::vector<std::pair<std::string, std::string>> ops = {{"Abs", "unary_abs"},
                                                                  {"Ceil", "unary_ceil"},
                                                                  {"Elu", "unary_elu"},
                                                                  {"Erf", "unary_erf"},
                                                                  {"Exp", "unary_exp"},
                                                                  {"Floor", "unary_floor"},
                                                                  {"Gelu", "unary_gelu"},
                                                                  {"HardSigmoid", "unary_hard_sigmoid"},
                                                                  {"HardSwish", "unary_hard_swish"},
                                                                  {"LeakyRelu", "unary_leaky_relu"},
                                                                  {"Neg", "unary_neg"},
                                                                  {"Relu", "unary_relu"},
                                                                  {"Sigmoid", "unary_sigmoid"},
                                                                  {"Softplus", "unary_softplus"},
                                                                  {"Tanh", "unary_tanh"}};
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    for (const auto& [op, kernel] : ops) {
        checkKernel({.kernel = kernel, .op = op, .inputs = {randomFloats({3, 7, 11}, 1)}, .tolerance = 2e-6});
        checkKernel({.kernel = kernel, .op = op, .inputs = {randomFloats({40000}, 2)}, .tolerance = 2e-6});
        checkKernel(
            {.kernel = kernel,
             .op = op,
             .inputs = {Tensor::of<float>({8}, {0.0f, -0.0f, 80.0f, -80.0f, 1e-6f, -1e-6f, 5.5f, -9.0f})},
             .tolerance = 2e-6});
    }
    for (const auto* op : {"Sigmoid", "Tanh", "Relu"})
        checkKernel({.kernel = op == std::string("Sigmoid") ? "unary_sigmoid"
                               : op == std::string("Tanh")  ? "unary_tanh"
                                                            : "unary_relu",
                     .op = op,
                     .inputs = {Tensor::of<float>({2}, {kInfinity, -kInfinity})},
                     .tolerance = 2e-6});
    for (const auto* op : {"Log", "Sqrt", "Reciprocal"})
        checkKernel({.kernel = op == std::string("Log")    ? "unary_log"
                               : op == std::string("Sqrt") ? "unary_sqrt"
                                                           : "unary_reciprocal",
                     .op = op,
                     .inputs = {positive({5, 9}, 3)},
                     .tolerance = 2e-6});
    checkKernel({.kernel = "unary_clip",
                 .op = "Clip",
                 .inputs = {randomFloats({5, 9}, 3), Tensor::scalar(-0.5f), Tensor::scalar(0.7f)},
                 .constants = {1, 2}});
    checkKernel({.kernel = "unary_gelu",
                 .op = "Gelu",
                 .attributes = {{"approximate", std::string("tanh")}},
                 .inputs = {randomFloats({5, 9}, 3)},
                 .tolerance = 2e-6});
}

TEST(Binary, BroadcastsEveryWay) {
    const std::vector<std::pair<Integers, Integers>> shapes = {{{2, 3, 4, 5}, {2, 3, 4, 5}},
                                                               {{2, 3, 4, 5}, {}},
                                                               {{}, {3, 4}},
                                                               {{2, 3, 4, 5}, {1, 3, 1, 1}},
                                                               {{3, 1, 1}, {2, 3, 4, 5}},
                                                               {{2, 3, 4, 5}, {5}},
                                                               {{2, 1, 4, 1}, {1, 3, 1, 5}},
                                                               {{1, 70, 300}, {70, 1}},
                                                               {{6, 1}, {1, 7}},
                                                               {{2, 3, 1, 5, 1}, {4, 1, 6}},
                                                               {{1}, {1}}};
    for (const auto& [op, kernel] :
         std::vector<std::pair<std::string, std::string>>{{"Add", "binary_add"},
                                                          {"Sub", "binary_sub"},
                                                          {"Mul", "binary_mul"},
                                                          {"Div", "binary_div"},
                                                          {"Max", "binary_max"},
                                                          {"Min", "binary_min"},
                                                          {"Less", "binary_less"},
                                                          {"Greater", "binary_greater"},
                                                          {"Equal", "binary_equal"}})
        for (const auto& [a, b] : shapes)
            checkKernel(
                {.kernel = kernel, .op = op, .inputs = {positive(a, 1), positive(b, 2)}, .tolerance = 1e-6});
    checkKernel({.kernel = "binary_pow",
                 .op = "Pow",
                 .inputs = {positive({3, 5}, 1), Tensor::scalar(2.0f)},
                 .tolerance = 1e-6});
    checkKernel({.kernel = "binary_add_int64",
                 .op = "Add",
                 .inputs = {Tensor::of<int64_t>({3}, {1, -2, INT64_MAX}), Tensor::of<int64_t>({1}, {5})},
                 .tolerance = 0});
}

TEST(Binary, ComparesIntegers) {
    const auto a = Tensor::of<int32_t>({4, 1}, {1, -2, INT32_MAX, INT32_MIN});
    const auto b = Tensor::of<int32_t>({3}, {1, INT32_MIN, -2});
    for (const std::string op : {"Equal", "Greater", "Less"}) {
        const std::string kernel = "binary_" + std::string(op == "Equal"  ? "equal"
                                                           : op == "Less" ? "less"
                                                                          : "greater");
        checkKernel({.kernel = kernel + "_int32", .op = op, .inputs = {a, b}, .tolerance = 0});
    }
}

TEST(Cast, FromIntegers) {
    const std::vector<Tensor> inputs = {
        Tensor::of<bool>({3}, {true, false, true}), Tensor::of<uint8_t>({4}, {0, 1, 200, 255}),
        Tensor::of<int8_t>({4}, {0, 1, -128, 127}),
        Tensor::of<int32_t>({5}, {0, 1, -7, INT32_MAX, INT32_MIN}),
        Tensor::of<int64_t>({6}, {0, 1, -7, INT64_MAX, INT64_MIN, int64_t{1} << 32})};
    for (const auto& input : inputs)
        for (const auto to : {tensor::DataType::float32, tensor::DataType::int32, tensor::DataType::int64,
                              tensor::DataType::boolean})
            checkKernel({.kernel = "cast_integers",
                         .op = "Cast",
                         .attributes = {{"to", static_cast<int64_t>(to)}},
                         .inputs = {input},
                         .tolerance = 0});
}

TEST(Copy, MovesElements) {
    for (const auto& permutation :
         std::vector<Integers>{{0, 2, 3, 1}, {3, 2, 1, 0}, {0, 1, 3, 2}, {1, 0, 2, 3}})
        checkKernel({.kernel = "copy_transpose",
                     .op = "Transpose",
                     .attributes = {{"perm", permutation}},
                     .inputs = {randomFloats({2, 3, 5, 7}, 1)},
                     .tolerance = 0});
    checkKernel({.kernel = "copy_transpose",
                 .op = "Transpose",
                 .inputs = {randomFloats({70, 90}, 1)},
                 .tolerance = 0});
    for (const int64_t axis : {0, 1, -1})
        checkKernel({.kernel = "copy_concat",
                     .op = "Concat",
                     .attributes = {{"axis", axis}},
                     .inputs = {randomFloats({2, 3, 4}, 1), randomFloats({2, 3, 4}, 2)},
                     .tolerance = 0});
    checkKernel({.kernel = "copy_split",
                 .op = "Split",
                 .attributes = {{"axis", int64_t{1}}},
                 .inputs = {randomFloats({2, 5, 4}, 1), Tensor::of<int64_t>({2}, {2, 3})},
                 .constants = {1},
                 .tolerance = 0,
                 .outputs = 2});
    checkKernel({.kernel = "copy_slice",
                 .op = "Slice",
                 .inputs = {randomFloats({4, 9, 7}, 1), Tensor::of<int64_t>({2}, {-1, 1}),
                            Tensor::of<int64_t>({2}, {-100, 100}), Tensor::of<int64_t>({2}, {1, 2}),
                            Tensor::of<int64_t>({2}, {-3, 2})},
                 .constants = {1, 2, 3, 4},
                 .tolerance = 0});
    checkKernel({.kernel = "copy_pad",
                 .op = "Pad",
                 .inputs = {randomFloats({2, 3, 4}, 1), Tensor::of<int64_t>({6}, {0, 1, 2, 1, 0, 3}),
                            Tensor::scalar(0.5f)},
                 .constants = {1, 2},
                 .tolerance = 0});
    checkKernel({.kernel = "copy_expand",
                 .op = "Expand",
                 .inputs = {randomFloats({3, 1, 4}, 1), Tensor::of<int64_t>({4}, {2, 3, 5, 4})},
                 .constants = {1},
                 .tolerance = 0});
}

TEST(Softmax, AlongEveryAxis) {
    for (const int64_t axis : {0, 1, 2, -1})
        checkKernel({.kernel = "softmax_rows",
                     .op = "Softmax",
                     .attributes = {{"axis", axis}},
                     .inputs = {randomFloats({3, 37, 5}, 1)},
                     .tolerance = 2e-6});
    checkKernel({.kernel = "softmax_rows",
                 .op = "Softmax",
                 .inputs = {Tensor::of<float>({1, 4}, {1000.0f, 999.0f, -1000.0f, 0.0f})},
                 .tolerance = 2e-6});
}

TEST(Reduce, OverNeighbouringAxes) {
    for (const auto& [op, kernel] :
         std::vector<std::pair<std::string, std::string>>{{"ReduceMean", "reduce_mean"},
                                                          {"ReduceSum", "reduce_sum"},
                                                          {"ReduceMax", "reduce_max"},
                                                          {"ReduceMin", "reduce_min"}})
        for (const Integers& axes :
             {Integers{-1}, Integers{1, 2}, Integers{0}, Integers{2, 3}, Integers{3, 1, 2}})
            for (const int64_t keep : {0, 1})
                checkKernel({.kernel = kernel,
                             .op = op,
                             .attributes = {{"keepdims", keep}},
                             .inputs = {randomFloats({4, 3, 5, 7}, 1), Tensor::vector<int64_t>(axes)},
                             .constants = {1},
                             .tolerance = 2e-6});
}

}  // namespace
}  // namespace lathe::test
