// Whole blocks of convolutional networks stay on blocked channels, and compute what they should.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/ir/editor.h"
#include "engine/ops/interpreter.h"
#include "engine/runtime/session.h"
#include "tests/support/compare.h"
#include "tests/support/kernel_check.h"
#include "tests/support/plan_text.h"

namespace lathe::runtime {
namespace {

using Integers = std::vector<int64_t>;
using tensor::Tensor;
using testing::HasSubstr;
using testing::Not;

class Network {
  public:
    explicit Network(Integers shape) : m_input(test::randomFloats(tensor::Dimensions(shape), 1)) {
        x = editor.addInput("x",
                            ir::ValueType::tensorOf(tensor::DataType::float32, ir::symbolicShape(shape)));
    }

    ir::ValueId integers(const Integers& values) {
        return editor.addConstant(Tensor::vector<int64_t>(values));
    }
    ir::ValueId conv(ir::ValueId in, int64_t from, int64_t to, int64_t size, int64_t group = 1) {
        const auto weight = test::randomFloats({to, from / group, size, size}, ++m_seed);
        const auto bias = test::randomFloats({to}, ++m_seed);
        const int64_t pad = size / 2;
        return add("Conv", {in, editor.addConstant(weight), editor.addConstant(bias)},
                   {{"pads", Integers{pad, pad, pad, pad}}, {"group", group}});
    }
    ir::ValueId slice(ir::ValueId in, int64_t from, int64_t to) {
        return add("Slice", {in, integers({from}), integers({to}), integers({1})});
    }
    ir::ValueId shuffle(ir::ValueId in, int64_t groups, const Integers& shape) {
        in = add("Reshape", {in, integers({shape[0], groups, shape[1] / groups, shape[2], shape[3]})});
        in = add("Transpose", {in}, {{"perm", Integers{0, 2, 1, 3, 4}}});
        return add("Reshape", {in, integers(shape)});
    }
    ir::ValueId add(std::string_view op, std::vector<ir::ValueId> inputs, ir::Attributes attributes = {}) {
        return editor.add({.op = op, .inputs = std::move(inputs), .attributes = std::move(attributes)});
    }

    // Compares with the plain evaluation and returns the plan.
    std::string check(ir::ValueId output) {
        editor.setGraphOutputs(ir::kMain, {output});
        const auto graph = editor.finish();
        const std::vector<tensor::RuntimeValue> inputs = {m_input};
        const auto expected = ops::interpret(*graph, inputs);
        EXPECT_TRUE(expected) << expected.error().message;
        auto session = open(graph);
        EXPECT_TRUE(session) << session.error().message;
        if (!expected || !session) return {};
        const auto actual = (*session)->run(inputs);
        EXPECT_TRUE(actual) << actual.error().message;
        if (actual) test::expectClose(*actual, *expected, 1e-4, "fused");
        return test::planText(**session);
    }

    ir::Editor editor;
    ir::ValueId x;

  private:
    Tensor m_input;
    unsigned m_seed = 1;
};

size_t count(const std::string& text, const std::string& word) {
    size_t found = 0;
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
    return found;
}

TEST(Layouts, ShuffledChannelsStayBlocked) {
    Network n({1, 3, 9, 9});
    auto y = n.conv(n.x, 3, 116, 3);
    for (int unit = 0; unit < 3; ++unit) {
        const auto left = n.slice(y, 0, 58);
        auto right = n.slice(y, 58, INT64_MAX);
        right = n.add("Relu", {n.conv(right, 58, 58, 1)});
        right = n.conv(right, 58, 58, 3, 58);
        right = n.add("Relu", {n.conv(right, 58, 58, 1)});
        y = n.add("Concat", {left, right}, {{"axis", int64_t{1}}});
        y = n.shuffle(y, 2, {1, 116, 9, 9});
    }
    y = n.add("ReduceMean", {y, n.integers({2, 3})}, {{"keepdims", int64_t{0}}});
    const auto plan = n.check(y);
    EXPECT_THAT(plan, Not(HasSubstr("reorder"))) << plan;
    EXPECT_THAT(plan, Not(HasSubstr("copy_"))) << plan;
    EXPECT_EQ(count(plan, "channels_blocked"), 5u) << plan;  // two slices, then all in the shuffles
}

TEST(Layouts, ShuffleOfPlainChannels) {
    Network n({2, 12, 5, 7});
    const auto y = n.add("Relu", {n.shuffle(n.x, 3, {2, 12, 5, 7})});
    const auto plan = n.check(n.add("Exp", {y}));
    EXPECT_THAT(plan, HasSubstr("ChannelShuffle")) << plan;
}

TEST(Layouts, OtherTransposesAreLeftAlone) {
    Network n({2, 12, 5, 5});
    auto y = n.add("Reshape", {n.x, n.integers({2, 3, 4, 5, 5})});
    y = n.add("Transpose", {y}, {{"perm", Integers{0, 2, 1, 4, 3}}});
    y = n.add("Reshape", {y, n.integers({2, 12, 5, 5})});
    EXPECT_THAT(n.check(y), Not(HasSubstr("ChannelShuffle")));
}

TEST(Layouts, SqueezeAndExciteStaysBlocked) {
    Network n({2, 3, 14, 14});
    const auto y = n.add("HardSwish", {n.conv(n.x, 3, 24, 3)});
    auto wide = n.add("HardSwish", {n.conv(y, 24, 72, 1)});
    wide = n.add("HardSwish", {n.conv(wide, 72, 72, 5, 72)});
    auto gate = n.add("GlobalAveragePool", {wide});
    gate = n.add("Relu", {n.conv(gate, 72, 24, 1)});
    gate = n.add("HardSigmoid", {n.conv(gate, 24, 72, 1)});
    wide = n.add("Mul", {wide, gate});
    auto out = n.add("Add", {n.conv(wide, 72, 24, 1), y});
    out = n.add("Identity", {out});
    out = n.add("MaxPool", {out}, {{"kernel_shape", Integers{3, 3}}, {"strides", Integers{2, 2}}});
    out = n.add("ReduceMean", {out, n.integers({2, 3})}, {{"keepdims", int64_t{0}}});
    const auto plan = n.check(out);
    EXPECT_THAT(plan, Not(HasSubstr("reorder"))) << plan;
}

TEST(Layouts, UpsamplingStaysBlocked) {
    Network n({1, 3, 12, 10});
    const auto numbers = [&](int64_t channels, unsigned seed) {
        return n.editor.addConstant(test::randomFloats({channels}, seed));
    };
    auto y = n.conv(n.x, 3, 40, 3);
    y = n.add("GroupNormalization", {y, numbers(40, 1), numbers(40, 2)}, {{"num_groups", int64_t{5}}});
    for (const std::string mode : {"linear", "cubic", "nearest"}) {
        y = n.add("Resize", {y, {}, {}, n.integers({1, 40, 25, 19})}, {{"mode", mode}});
        y = n.add("Relu", {n.conv(y, 40, 40, 3)});
        y = n.add("InstanceNormalization", {y, numbers(40, 3), numbers(40, 4)});
    }
    y = n.add("ReduceMean", {y, n.integers({2, 3})}, {{"keepdims", int64_t{0}}});
    const auto plan = n.check(y);
    EXPECT_THAT(plan, Not(HasSubstr("reorder"))) << plan;
    EXPECT_THAT(plan, Not(HasSubstr("plain Resize"))) << plan;
}

// The small image is put in order, not the large one.
TEST(Layouts, UpsampledResultIsPlain) {
    for (const bool asClasses : {false, true}) {
        Network n({1, 3, 12, 10});
        auto y = n.conv(n.x, 3, 21, 3);
        y = n.add("Resize", {y, {}, {}, n.integers({1, 21, 96, 80})}, {{"mode", std::string("linear")}});
        if (asClasses) y = n.add("ArgMax", {y}, {{"axis", int64_t{1}}});
        const auto plan = n.check(y);
        EXPECT_EQ(count(plan, "reorder"), 1u) << plan;
        EXPECT_THAT(plan, Not(HasSubstr("resize_blocked"))) << plan;
    }
}

}  // namespace
}  // namespace lathe::runtime
