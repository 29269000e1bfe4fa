#include "engine/ir/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/ir/editor.h"

namespace lathe::ir {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

struct Chain {
    Editor editor;
    ValueId x;
    NodeId a, b;
    Chain() {
        x = editor.addInput("x", {});
        a = editor.addNode({.op = "Relu", .inputs = {x}, .name = "a"});
        b = editor.addNode({.op = "Neg", .inputs = {out(a)}, .name = "b"});
        editor.setGraphOutputs(kMain, {out(b)});
    }
    ValueId out(NodeId id) const { return editor.graph().node(id).output(); }
    std::string message() {
        const auto status = verify(*editor.finish());
        return status ? "good" : status.error().message;
    }
};

TEST(Verify, AcceptsASaneGraph) { EXPECT_EQ(Chain().message(), "good"); }

TEST(Verify, AcceptsBodiesThatReadOuterValues) {
    Chain chain;
    const auto body = chain.editor.addSubgraph("then");
    const auto inner = chain.editor.add({.op = "Abs", .inputs = {chain.out(chain.a)}, .subgraph = body});
    chain.editor.setGraphOutputs(body, {inner});
    chain.editor.addNode({.op = "If", .inputs = {chain.x}, .attributes = {{"then_branch", body}}});
    EXPECT_EQ(chain.message(), "good");
}

TEST(Verify, NamesTheReaderOfARemovedValue) {
    Chain chain;
    chain.editor.removeNode(chain.a);
    EXPECT_EQ(chain.message(), "Neg \"b\": input 0 is a value that does not exist.");
}

TEST(Verify, NamesTheReaderOfAValueNobodyMakes) {
    Chain chain;
    chain.editor.setInput(chain.b, 0, chain.editor.addValue("loose", {}));
    EXPECT_EQ(chain.message(),
              "Neg \"b\": input 0: reads value \"loose\", which no node makes and which is neither an input "
              "nor a constant.");
}

TEST(Verify, NamesBothOwnersOfOneName) {
    Chain chain;
    chain.editor.setName(chain.out(chain.a), "same");
    chain.editor.setName(chain.out(chain.b), "same");
    EXPECT_EQ(chain.message(),
              "Two values of the graph have the name \"same\": one is an output of Relu \"a\", the other an "
              "output of Neg \"b\".");
}

TEST(Verify, AllowsTheSameNameInAnotherScope) {
    Chain chain;
    const auto body = chain.editor.addSubgraph("then");
    const auto inner = chain.editor.add({.op = "Abs", .inputs = {chain.x}, .subgraph = body});
    chain.editor.setName(inner, chain.editor.graph().value(chain.out(chain.a)).name());
    chain.editor.setGraphOutputs(body, {inner});
    chain.editor.addNode({.op = "If", .inputs = {chain.x}, .attributes = {{"then_branch", body}}});
    EXPECT_EQ(chain.message(), "good");
}

TEST(Verify, NamesTheNodesOnACycleAndNotThoseBehindIt) {
    Chain chain;
    chain.editor.setInput(chain.a, 0, chain.out(chain.b));
    chain.editor.addNode({.op = "Abs", .inputs = {chain.out(chain.b)}, .name = "behind"});
    const auto text = chain.message();
    EXPECT_THAT(text, HasSubstr("cycle through"));
    EXPECT_THAT(text, HasSubstr("Relu \"a\""));
    EXPECT_THAT(text, HasSubstr("Neg \"b\""));
    EXPECT_THAT(text, Not(HasSubstr("behind")));
}

TEST(Verify, FindsACycleThroughABody) {
    Chain chain;
    const auto body = chain.editor.addSubgraph("then");
    const auto inner = chain.editor.add({.op = "Abs", .inputs = {chain.out(chain.b)}, .subgraph = body});
    chain.editor.setGraphOutputs(body, {inner});
    const auto owner = chain.editor.addNode(
        {.op = "If", .inputs = {chain.x}, .attributes = {{"then_branch", body}}, .name = "if"});
    chain.editor.setInput(chain.a, 0, chain.out(owner));
    EXPECT_THAT(chain.message(), MatchesRegex("The graph has a cycle through .*If \"if\".*"));
}

TEST(Verify, RefusesABodyWithTwoOwners) {
    Chain chain;
    const auto body = chain.editor.addSubgraph("then");
    chain.editor.setGraphOutputs(body, {chain.x});
    for (const auto* name : {"first", "second"})
        chain.editor.addNode(
            {.op = "If", .inputs = {chain.x}, .attributes = {{"then_branch", body}}, .name = name});
    EXPECT_EQ(chain.message(), "If \"second\": its body also belongs to If \"first\".");
}

TEST(Verify, RefusesABodyWithoutOwner) {
    Chain chain;
    chain.editor.addSubgraph("lost");
    EXPECT_EQ(chain.message(), "sub-graph 1 \"lost\": no node and no function owns it.");
}

TEST(Verify, RefusesABodyThatHoldsItsOwner) {
    Chain chain;
    const auto body = chain.editor.addSubgraph("then");
    chain.editor.addNode({.op = "If", .inputs = {}, .attributes = {{"then_branch", body}}, .subgraph = body});
    EXPECT_EQ(chain.message(), "sub-graph 1 \"then\": it is not part of the model.");
}

TEST(Verify, RefusesToReadIntoABody) {
    Chain chain;
    const auto body = chain.editor.addSubgraph("then");
    const auto inner = chain.editor.add({.op = "Abs", .inputs = {chain.x}, .name = "in", .subgraph = body});
    chain.editor.setGraphOutputs(body, {inner});
    chain.editor.addNode({.op = "If", .inputs = {chain.x}, .attributes = {{"then_branch", body}}});
    chain.editor.setInput(chain.b, 0, inner);
    EXPECT_THAT(chain.message(), HasSubstr("Neg \"b\": input 0: reads value \"in_output\" of sub-graph 1 "
                                           "\"then\", which is not visible from there"));
}

TEST(Verify, RefusesAFunctionThatReadsTheMainGraph) {
    Chain chain;
    const auto body = chain.editor.addSubgraph("F");
    chain.editor.addNode({.op = "Abs", .inputs = {chain.x}, .name = "in", .subgraph = body});
    Function function;
    function.name = "F";
    function.body = body;
    chain.editor.addFunction(std::move(function));
    EXPECT_THAT(chain.message(), HasSubstr("Abs \"in\": input 0: reads value \"x\" of the graph"));
}

TEST(Verify, RefusesAnInputThatANodeMakes) {
    Chain chain;
    chain.editor.setGraphInputs(kMain, {chain.x, chain.out(chain.a)});
    EXPECT_EQ(chain.message(), "the graph: input value \"a_output\" is an output of Relu \"a\".");
}

TEST(Verify, RefusesAConstantOfAnotherTypeThanRecorded) {
    Chain chain;
    const auto c = chain.editor.addConstant(tensor::Tensor::scalar(1.0f), "c");
    chain.editor.setType(c, ValueType::tensorOf(tensor::DataType::int64));
    EXPECT_EQ(chain.message(), "value \"c\": recorded as int64[...], its constant is float32 [].");
}

}  // namespace
}  // namespace lathe::ir
