// Sequences, optionals, maps and texts through a session: with kernels, plainly and beside the interpreter.
#include <gtest/gtest.h>

#include "engine/evaluate/value_difference.h"
#include "engine/ir/text.h"
#include "engine/ops/interpreter.h"
#include "engine/runtime/session.h"
#include "tests/support/sequence_values.h"

namespace lathe::runtime {
namespace {

using tensor::RuntimeValue;
using tensor::Tensor;
using test::sequence;
using Values = std::vector<RuntimeValue>;

std::unique_ptr<Session> opened(std::string_view text, bool plain = false) {
    const auto graph = ir::parseText(text);
    EXPECT_TRUE(graph) << (graph ? "" : graph.error().message);
    if (!graph) return nullptr;
    auto session = open(*graph, {.threads = 1, .plainOnly = plain});
    EXPECT_TRUE(session) << (session ? "" : session.error().message);
    return session ? std::move(*session) : nullptr;
}

// Runs twice each way, as memory of the first run must not show in the second.
Values runAllWays(std::string_view text, const Values& inputs) {
    Values last;
    for (const bool plain : {true, false}) {
        const auto session = opened(text, plain);
        if (!session) return {};
        const auto typed = ops::inferred(session->graph());
        EXPECT_TRUE(typed) << (typed ? "" : typed.error().message);
        if (!typed) return {};
        const auto wanted = ops::interpret(**typed, inputs);
        EXPECT_TRUE(wanted) << (wanted ? "" : wanted.error().message);
        for (int run = 0; run < 2; ++run) {
            auto outputs = session->run(inputs);
            EXPECT_TRUE(outputs) << (outputs ? "" : outputs.error().message);
            if (!outputs || !wanted) return {};
            for (size_t i = 0; i < outputs->size(); ++i)
                EXPECT_EQ(evaluate::difference((*outputs)[i], (*wanted)[i]), "") << "output " << i;
            last = std::move(*outputs);
        }
    }
    return last;
}

Tensor numbers(std::initializer_list<float> values) {
    return Tensor::vector<float>({values.begin(), values.size()});
}

// Kernels write `a` and `b` into the arena; the sequence must not keep that memory.
TEST(SessionValues, SequencesOutliveTheArena) {
    const auto outputs = runAllWays(R"(opset ai.onnx 25
graph main (x: float32[4]) -> (s, last) {
  a = Relu(x)
  b = Add(a, a)
  s = SequenceConstruct(a, b)
  c = Sub(b, x)
  d = Mul(c, b)
  one = constant int64[] {1}
  e = SequenceAt(s, one)
  last = Add(e, d)
}
)",
                                    {numbers({-1, 2, 3, -4})});
    ASSERT_EQ(outputs.size(), 2u);
    // b = 2 relu(x), d = (b - x) b = [0, 8, 18, 0].
    test::expectItems(outputs[0], {numbers({0, 2, 3, 0}), numbers({0, 4, 6, 0})});
    EXPECT_EQ(*outputs[1].tensor(), numbers({0, 12, 24, 0}));
}

TEST(SessionValues, SequencesComeIn) {
    constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (s: sequence(float32[N])) -> (y, n, rest) {
  y = ConcatFromSequence(s) {axis = 0}
  n = SequenceLength(s)
  rest = SequenceErase(s)
}
)";
    const auto outputs = runAllWays(kText, {sequence({numbers({1}), numbers({2, 3})})});
    ASSERT_EQ(outputs.size(), 3u);
    EXPECT_EQ(*outputs[0].tensor(), numbers({1, 2, 3}));
    EXPECT_EQ(*outputs[1].tensor(), Tensor::scalar<int64_t>(2));
    test::expectItems(outputs[2], {numbers({1})});
    const auto session = opened(kText);
    ASSERT_NE(session, nullptr);
    for (const size_t count : {1u, 4u, 2u}) {
        const auto run = session->run(Values{sequence(std::vector<Tensor>(count, numbers({7})))});
        ASSERT_TRUE(run) << run.error().message;
        EXPECT_EQ(run->at(0).tensor()->elementCount(), static_cast<int64_t>(count));
    }
}

TEST(SessionValues, NamesTheSequenceThatDoesNotFit) {
    const auto session = opened(R"(opset ai.onnx 25
graph main (s: sequence(float32[2])) -> (n) {
  n = SequenceLength(s)
}
)");
    ASSERT_NE(session, nullptr);
    const auto message = [&](RuntimeValue value) {
        const auto run = session->run(Values{std::move(value)});
        EXPECT_FALSE(run);
        return run ? std::string() : run.error().message;
    };
    EXPECT_EQ(message(numbers({1, 2})), "Input \"s\": expected sequence(float32[2]), given float32 [2].");
    EXPECT_EQ(message(sequence({Tensor::of<int64_t>({2}, {1, 2})})),
              "Input \"s\": expected sequence(float32[2]), given sequence(int64[...]).");
    EXPECT_NE(message(sequence({numbers({1, 2, 3})})).find("expected sequence(float32[2])"),
              std::string::npos);
    EXPECT_NE(message({}).find("Input \"s\" is missing"), std::string::npos);
}

// A branch gives a sequence of what it took from outside, and kernels then compute in place where that lay.
TEST(SessionValues, BranchesGiveSequences) {
    constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (x: float32[2], c: bool[]) -> (s, y) {
  a = Neg(x)
  s = If(c) {else_branch = graph () -> (e) {
    e = SequenceConstruct(a)
  }, then_branch = graph () -> (t) {
    b = Mul(a, a)
    t = SequenceConstruct(a, b)
  }}
  d = Add(a, a)
  y = Mul(d, d)
}
)";
    const auto both = runAllWays(kText, {numbers({1, 2}), Tensor::scalar(true)});
    ASSERT_EQ(both.size(), 2u);
    test::expectItems(both[0], {numbers({-1, -2}), numbers({1, 4})});
    const auto one = runAllWays(kText, {numbers({1, 2}), Tensor::scalar(false)});
    ASSERT_EQ(one.size(), 2u);
    test::expectItems(one[0], {numbers({-1, -2})});
}

// The condition is known when the plan is made, so the body takes the place of the If.
TEST(SessionValues, DecidedBranchesGiveSequences) {
    const auto outputs = runAllWays(R"(opset ai.onnx 25
graph main (x: float32[2], text: string[1]) -> (s, t) {
  c = OptionalHasElement(x)
  s, t = If(c) {else_branch = graph () -> (e, f) {
    e = SequenceEmpty()
    f = Identity(text)
  }, then_branch = graph () -> (g, h) {
    b = Neg(x)
    g = SequenceConstruct(x, b)
    h = Concat(text, text) {axis = 0}
  }}
}
)",
                                    {numbers({1, 2}), Tensor::of<std::string>({1}, {"é"})});
    ASSERT_EQ(outputs.size(), 2u);
    test::expectItems(outputs[0], {numbers({1, 2}), numbers({-1, -2})});
    EXPECT_EQ(*outputs[1].tensor(), Tensor::of<std::string>({2}, {"é", "é"}));
}

TEST(SessionValues, LoopsCarrySequences) {
    const auto outputs = runAllWays(R"(opset ai.onnx 25
graph main (m: int64[], x: float32[1]) -> (last) {
  first = SequenceEmpty()
  last = Loop(m, _, first) {body = graph (i: int64[], go: bool[], s: sequence(float32[1])) -> (go, next) {
    f = Cast(i) {to = 1}
    y = Add(x, f)
    next = SequenceInsert(s, y)
  }}
}
)",
                                    {Tensor::scalar<int64_t>(3), numbers({10})});
    ASSERT_EQ(outputs.size(), 1u);
    test::expectItems(outputs[0], {numbers({10}), numbers({11}), numbers({12})});
}

TEST(SessionValues, LoopsThatNeverRunKeepTypes) {
    const auto outputs = runAllWays(R"(opset ai.onnx 25
graph main (x: int64[3]) -> (last, seen) {
  none = constant int64[] {0}
  last, seen = Loop(none, _, x) {body = graph (i: int64[], go: bool[], v: int64[3]) -> (go, next, out) {
    next = Add(v, v)
    out = Identity(v)
  }}
}
)",
                                    {Tensor::of<int64_t>({3}, {1, 2, 3})});
    ASSERT_EQ(outputs.size(), 2u);
    EXPECT_EQ(*outputs[0].tensor(), Tensor::of<int64_t>({3}, {1, 2, 3}));
    EXPECT_EQ(tensor::toString(outputs[1].tensor()->type(), outputs[1].tensor()->shape()), "int64 [0, 3]");
}

TEST(SessionValues, OptionalsComeInFullAndEmpty) {
    constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (x: float32[2], o: optional(float32[2])) -> (y, same) {
  there = OptionalHasElement(o)
  y = If(there) {else_branch = graph () -> (e) {
    e = Neg(x)
  }, then_branch = graph () -> (t) {
    v = OptionalGetElement(o)
    t = Add(x, v)
  }}
  same = Identity(o)
}
)";
    const auto x = numbers({1, 2});
    const tensor::Optional full{std::make_shared<const RuntimeValue>(numbers({10, 20}))};
    const auto given = runAllWays(kText, {x, full});
    ASSERT_EQ(given.size(), 2u);
    EXPECT_EQ(*given[0].tensor(), numbers({11, 22}));
    ASSERT_NE(given[1].optional(), nullptr);
    EXPECT_EQ(*given[1].optional()->value->tensor(), numbers({10, 20}));
    for (const Values& inputs : {Values{x, tensor::Optional{}}, Values{x, RuntimeValue()}, Values{x}}) {
        const auto empty = runAllWays(kText, inputs);
        ASSERT_EQ(empty.size(), 2u);
        EXPECT_EQ(*empty[0].tensor(), numbers({-1, -2}));
        ASSERT_NE(empty[1].optional(), nullptr);
        EXPECT_EQ(empty[1].optional()->value, nullptr);
    }
}

TEST(SessionValues, TextsMove) {
    const auto outputs = runAllWays(R"(opset ai.onnx 25
graph main (t: string[2, 2]) -> (y, z, same) {
  more = constant string[1, 2] {"x", "y"}
  a = Concat(t, more) {axis = 0}
  b = Transpose(a)
  shape = constant int64[1] {6}
  y = Reshape(b, shape)
  picks = constant int64[2] {2, 0}
  z = Gather(a, picks)
  same = Equal(t, more)
}
)",
                                    {Tensor::of<std::string>({2, 2}, {"a", "b", "x", "d"})});
    ASSERT_EQ(outputs.size(), 3u);
    EXPECT_EQ(*outputs[0].tensor(), Tensor::of<std::string>({6}, {"a", "x", "x", "b", "d", "y"}));
    EXPECT_EQ(*outputs[1].tensor(), Tensor::of<std::string>({2, 2}, {"x", "y", "a", "b"}));
    EXPECT_EQ(*outputs[2].tensor(), Tensor::of<bool>({2, 2}, {false, false, true, false}));
}

TEST(SessionValues, MapsPassThrough) {
    tensor::Map map;
    map.keys = Tensor::of<std::string>({2}, {"cat", "dog"});
    map.values = {Tensor::scalar(0.25f), Tensor::scalar(0.75f)};
    const auto session = opened(R"(opset ai.onnx 25
graph main (m: map(string, float32[])) -> (same) {
  same = Identity(m)
}
)");
    ASSERT_NE(session, nullptr);
    const auto outputs = session->run(Values{map});
    ASSERT_TRUE(outputs) << outputs.error().message;
    ASSERT_NE(outputs->at(0).map(), nullptr);
    EXPECT_EQ(outputs->at(0).map()->keys, map.keys);
    EXPECT_EQ(*outputs->at(0).map()->values[1].tensor(), Tensor::scalar(0.75f));
}

TEST(SessionValues, RandomInputsHaveEveryKind) {
    const auto graph = ir::parseText(R"(opset ai.onnx 25
graph main (s: sequence(float32[N]), o: optional(sequence(int64[2])), t: string[3], m: map(int64, float32[])) -> (n) {
  n = SequenceLength(s)
}
)");
    ASSERT_TRUE(graph) << graph.error().message;
    const auto values = randomInputs(**graph, 5, {{"N", 4}});
    ASSERT_TRUE(values) << values.error().message;
    ASSERT_EQ(values->at(0).sequence()->items.size(), 3u);
    EXPECT_EQ(values->at(0).sequence()->items[2].tensor()->shape(), tensor::Shape{4});
    EXPECT_NE(values->at(1).optional()->value->sequence(), nullptr);
    EXPECT_EQ(values->at(2).tensor()->type(), tensor::DataType::string);
    EXPECT_EQ(values->at(3).map()->keys.type(), tensor::DataType::int64);
    const auto session = open(*graph, {.threads = 1});
    ASSERT_TRUE(session) << session.error().message;
    const auto run = (*session)->run(*values);
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->at(0).tensor(), Tensor::scalar<int64_t>(3));
}

}  // namespace
}  // namespace lathe::runtime
