// LSTM and GRU against the plain evaluation.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/kernels/kernel.h"
#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

struct Sizes {
    int64_t steps, batch, input, hidden;
};

// Weights small enough that the gates are not at their ends.
Tensor weights(std::initializer_list<int64_t> shape, unsigned seed) {
    auto result = randomFloats(shape, seed);
    for (auto& value : result.mutableValues<float>()) value *= 0.3f;
    return result;
}

KernelCase recurrentCase(const std::string& op, const Sizes& s, const std::string& direction,
                         int64_t layout) {
    const bool lstm = op == "LSTM";
    const int64_t directions = direction == "bidirectional" ? 2 : 1, rows = (lstm ? 4 : 3) * s.hidden;
    const auto state = [&](unsigned seed) {
        return layout ? randomFloats({s.batch, directions, s.hidden}, seed)
                      : randomFloats({directions, s.batch, s.hidden}, seed);
    };
    KernelCase c{.kernel = lstm ? "recurrent_lstm" : "recurrent_gru",
                 .op = op,
                 .inputs = {layout ? randomFloats({s.batch, s.steps, s.input}, 1)
                                   : randomFloats({s.steps, s.batch, s.input}, 1),
                            weights({directions, rows, s.input}, 2), weights({directions, rows, s.hidden}, 3),
                            weights({directions, 2 * rows}, 4), Tensor(), state(5)},
                 .constants = {1, 2, 3},
                 .outputs = lstm ? size_t{3} : size_t{2}};
    if (lstm) c.inputs.push_back(state(6));
    c.attributes.set("hidden_size", s.hidden);
    c.attributes.set("direction", direction);
    c.attributes.set("layout", layout);
    return c;
}

const std::vector<Sizes> kSizes = {{1, 1, 128, 128}, {7, 1, 20, 33}, {5, 3, 9, 16}, {3, 17, 40, 70}};

TEST(Recurrent, DirectionsLayouts) {
    for (const auto& sizes : kSizes)
        for (const auto* direction : {"forward", "reverse", "bidirectional"})
            for (const int64_t layout : {0, 1}) {
                checkKernel(recurrentCase("LSTM", sizes, direction, layout));
                for (const int64_t linear : {0, 1}) {
                    auto c = recurrentCase("GRU", sizes, direction, layout);
                    c.attributes.set("linear_before_reset", linear);
                    checkKernel(c);
                }
            }
}

TEST(Recurrent, OmittedOperands) {
    for (const auto* op : {"LSTM", "GRU"}) {
        auto c = recurrentCase(op, {6, 2, 11, 18}, "bidirectional", 0);
        c.inputs.resize(3);
        c.constants = {1, 2};
        c.outputs = 1;
        checkKernel(c);
        c = recurrentCase(op, {6, 2, 11, 18}, "forward", 0);
        c.inputs[4] = Tensor::vector<int32_t>(std::vector<int32_t>{6, 6});
        c.constants.push_back(4);
        checkKernel(c);
    }
}

// Several blocks of the depth, and gates that are shared among threads.
TEST(Recurrent, ManyUnits) {
    checkKernel(recurrentCase("LSTM", {2, 20, 30, 500}, "forward", 0));
    checkKernel(recurrentCase("GRU", {2, 20, 30, 500}, "forward", 1));
}

bool taken(const KernelCase& c) {
    kernels::Site site;
    site.op = c.op;
    site.attributes = &c.attributes;
    for (size_t i = 0; i < c.inputs.size(); ++i) {
        const bool constant = std::find(c.constants.begin(), c.constants.end(), i) != c.constants.end();
        site.inputs.push_back({c.inputs[i].type(), c.inputs[i].shape(), constant ? &c.inputs[i] : nullptr});
    }
    site.outputs.push_back({tensor::DataType::float32, {}});
    return kernels::chooseCpuKernel(site) != nullptr;
}

TEST(Recurrent, LeavesTheRestToThePlainEvaluation) {
    const auto usual = recurrentCase("LSTM", {6, 2, 11, 18}, "forward", 0);
    EXPECT_TRUE(taken(usual));
    auto c = usual;
    c.attributes.set("clip", 3.0f);
    EXPECT_FALSE(taken(c));
    c = usual;
    c.attributes.set("input_forget", int64_t{1});
    EXPECT_FALSE(taken(c));
    c = usual;
    c.attributes.set("activations", std::vector<std::string>{"Sigmoid", "Relu", "Tanh"});
    EXPECT_FALSE(taken(c));
    c = usual;
    c.inputs[4] = Tensor::vector<int32_t>(std::vector<int32_t>{6, 4});
    c.constants.push_back(4);
    EXPECT_FALSE(taken(c));
    c.constants = {1, 3};
    c.inputs[4] = Tensor();
    EXPECT_FALSE(taken(c));
    c = usual;
    c.inputs.push_back(randomFloats({1, 3 * 18}, 7));
    EXPECT_FALSE(taken(c));
}

}  // namespace
}  // namespace lathe::test
