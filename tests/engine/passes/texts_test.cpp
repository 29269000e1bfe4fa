// Every pass by before and after texts: <pass>.ir holds cases
//
//   === what the case shows
//   graph (...) -> (...) { before }
//   ---
//   graph (...) -> (...) { after }      or the word: unchanged
//
// Compared is the structure from the outputs up: operators, attributes, edges, names of outputs, constants by
// type and shape, and small integer constants by value. What the floating-point constants hold is seen by
// running both graphs on random inputs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/ir/text.h"
#include "engine/ops/interpreter.h"
#include "engine/passes/pass.h"
#include "engine/runtime/session.h"
#include "tests/support/test_paths.h"

namespace lathe::passes {
namespace {

struct TextCase {
    std::string title, before, after;
};

std::vector<TextCase> casesOf(std::string_view pass) {
    std::ifstream file(test::sourceDir() / "tests/engine/passes" / fmt::format("{}.ir", pass));
    std::vector<TextCase> cases;
    std::string* part = nullptr;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("=== ")) {
            cases.push_back({line.substr(4), "", ""});
            part = &cases.back().before;
        } else if (line == "---" && !cases.empty()) {
            part = &cases.back().after;
        } else if (part) {
            *part += line + "\n";
        }
    }
    return cases;
}

// The graph as lines without names of intermediate values, in the order the outputs ask for them.
class Structure {
  public:
    explicit Structure(const ir::Graph& graph) : m_graph(graph) {}
    std::string text() {
        std::string tail;
        for (const auto output : m_graph.outputs())
            tail += fmt::format("output {} = {}\n", m_graph.value(output).name(), name(output));
        return m_lines + tail;
    }

  private:
    std::string name(ir::ValueId value) {
        if (!value) return "_";
        const auto known = m_names.find(value);
        if (known != m_names.end()) return known->second;
        const auto view = m_graph.value(value);
        if (const auto* constant = view.constant()) return m_names[value] = constantText(*constant);
        if (!view.producer()) return m_names[value] = fmt::format("input {}", view.name());
        const auto node = m_graph.node(view.producer());
        std::string inputs;
        for (const auto input : node.inputs()) inputs += (inputs.empty() ? "" : ", ") + name(input);
        const auto number = m_count++;
        for (size_t i = 0; i < node.outputs().size(); ++i)
            if (node.output(i)) m_names[node.output(i)] = fmt::format("%{}.{}", number, i);
        m_lines += fmt::format("%{} = {}({}){}\n", number, node.op(), inputs, attributes(node.id()));
        return m_names[value];
    }
    std::string constantText(const tensor::Tensor& constant) {
        auto text = fmt::format("constant {}", tensor::toString(constant.type(), constant.shape()));
        if (tensor::isInteger(constant.type()) && constant.elementCount() <= 16)
            for (const auto number : tensor::toIntegers(constant.aligned()))
                text += fmt::format(" {}", number);
        return text;
    }
    std::string attributes(ir::NodeId id) {
        const auto line = ir::printNode(m_graph, id);
        const auto brace = line.find(" {");
        return brace == std::string::npos ? "" : line.substr(brace);
    }

    const ir::Graph& m_graph;
    std::map<ir::ValueId, std::string> m_names;
    std::string m_lines;
    int m_count = 0;
};

void expectSameNumbers(const ir::Graph& before, const ir::Graph& after) {
    for (uint64_t seed = 1; seed <= 3; ++seed) {
        const auto inputs = runtime::randomInputs(before, seed, {{"N", 2}, {"M", 3}});
        ASSERT_TRUE(inputs.ok()) << inputs.error().message;
        const auto a = ops::interpret(before, *inputs), b = ops::interpret(after, *inputs);
        ASSERT_TRUE(a.ok()) << a.error().message;
        ASSERT_TRUE(b.ok()) << b.error().message;
        for (size_t i = 0; i < a->size(); ++i) {
            ASSERT_EQ((*a)[i].tensor()->shape(), (*b)[i].tensor()->shape());
            ASSERT_EQ((*a)[i].tensor()->type(), (*b)[i].tensor()->type());
            const auto x = tensor::toReals(*(*a)[i].tensor()), y = tensor::toReals(*(*b)[i].tensor());
            double scale = 1e-3;
            for (const double number : x)
                if (std::isfinite(number)) scale = std::max(scale, std::fabs(number));
            for (size_t k = 0; k < x.size(); ++k) {
                // Equal infinities have no difference that NEAR could see.
                if (x[k] == y[k] || (std::isnan(x[k]) && std::isnan(y[k]))) continue;
                ASSERT_NEAR(x[k], y[k], 2e-5 * scale)
                    << "output " << i << " element " << k << " seed " << seed;
            }
        }
    }
}

class PassTexts : public ::testing::TestWithParam<std::string> {};

TEST_P(PassTexts, BeforeAndAfter) {
    const auto cases = casesOf(GetParam());
    ASSERT_FALSE(cases.empty()) << "write tests/engine/passes/" << GetParam() << ".ir";
    for (const auto& [title, beforeText, afterText] : cases) {
        SCOPED_TRACE(title);
        const auto before = ir::parseText(beforeText);
        ASSERT_TRUE(before.ok()) << before.error().message;
        const std::vector<Step> steps{{.name = GetParam()}, {.name = "remove_unused"}};
        const auto change = run(*before, steps, {});
        ASSERT_TRUE(change.ok()) << change.error().message;
        const bool unchanged = afterText.find("unchanged") == 0;
        const auto after = ir::parseText(unchanged ? beforeText : afterText);
        ASSERT_TRUE(after.ok()) << after.error().message;
        EXPECT_EQ(Structure(*change->graph).text(), Structure(**after).text())
            << ir::printText(*change->graph);
        expectSameNumbers(**before, *change->graph);
        for (const auto id : change->graph->order())
            for (const auto origin : change->graph->node(id).origins())
                EXPECT_TRUE((*before)->contains(origin)) << change->graph->node(id).label();
    }
}

std::vector<std::string> passNames() {
    std::vector<std::string> names;
    for (const auto& pass : all()) names.emplace_back(pass.name);
    return names;
}

INSTANTIATE_TEST_SUITE_P(All, PassTexts, ::testing::ValuesIn(passNames()),
                         [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace lathe::passes
