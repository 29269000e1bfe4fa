// The text form: models, functions, blocks and statements.
#include <fmt/format.h>

#include "engine/ir/text_parser.h"
#include "engine/ir/verify.h"

namespace lathe::ir {

using base::Result;
using base::Status;

namespace {

constexpr int kDeepest = 64;

}  // namespace

Result<std::string> TextParser::domain() {
    auto name = m_in.name("a domain");
    if (name && *name == "ai.onnx") return std::string();
    return name;
}

Status TextParser::model() {
    while (true) {
        if (m_in.acceptWord("opset")) {
            auto key = domain();
            if (!key) return key.error();
            const auto version = m_in.integer("the opset's version");
            if (!version) return version.error();
            m_editor.info().opsets[*key] = *version;
        } else if (m_in.acceptWord("function")) {
            if (auto s = function(); !s) return s;
        } else {
            break;
        }
    }
    if (!m_in.acceptWord("graph")) return m_in.error("expected opset, function or graph");
    Scope scope{kMain};
    if (m_in.peek() != '(') {
        const auto name = m_in.name("the graph's name");
        if (!name) return name.error();
        m_editor.setSubgraphName(kMain, *name);
    }
    if (auto s = whole(scope); !s) return s;
    if (!m_in.atEnd()) return m_in.error("expected the end of the text");
    return {};
}

Status TextParser::function() {
    auto name = opName();
    if (!name) return name.error();
    Function function;
    function.domain = name->domain;
    function.name = name->op;
    function.overload = name->overload;
    function.body = m_editor.addSubgraph(name->op);
    Scope scope{function.body};
    if (auto s = whole(scope, &TextParser::functionExtras, &function); !s) return s;
    m_editor.addFunction(std::move(function));
    return {};
}

Status TextParser::functionExtras(Function& function) {
    const Scope nothing{kMain};
    if (m_in.acceptWord("attributes")) {
        if (auto s = m_in.expect("{"); !s) return s;
        while (!m_in.accept("}")) {
            auto key = m_in.name("an attribute");
            if (!key) return key.error();
            if (m_in.accept("=")) {
                auto value = attribute(nothing);
                if (!value) return value.error();
                function.defaultAttributes.set(std::move(*key), std::move(*value));
            } else {
                function.requiredAttributes.push_back(std::move(*key));
            }
            if (!m_in.accept(",") && m_in.peek() != '}') return m_in.error("expected , or }");
        }
    }
    if (m_in.acceptWord("opsets")) {
        if (auto s = m_in.expect("{"); !s) return s;
        while (!m_in.accept("}")) {
            auto key = domain();
            if (!key) return key.error();
            if (auto s = m_in.expect("="); !s) return s;
            const auto version = m_in.integer("the opset's version");
            if (!version) return version.error();
            function.opsets[*key] = *version;
            if (!m_in.accept(",") && m_in.peek() != '}') return m_in.error("expected , or }");
        }
    }
    return {};
}

Status TextParser::inputs(Scope& scope) {
    if (auto s = m_in.expect("("); !s) return s;
    std::vector<ValueId> list;
    while (!m_in.accept(")")) {
        const auto place = m_in.place();
        auto id = define(scope);
        if (!id) return id.error();
        if (!*id) return m_in.errorAt(place, "an input needs a name");
        list.push_back(*id);
        if (m_in.accept("=")) {
            const auto recorded = m_editor.graph().value(*id).type();
            auto initial = tensor();
            if (!initial) return initial.error();
            m_editor.setConstant(*id, std::move(*initial));
            if (recorded.kind != ValueType::Kind::unknown) m_editor.setType(*id, recorded);
        }
        if (!m_in.accept(",") && m_in.peek() != ')') return m_in.error("expected , or )");
    }
    m_editor.setGraphInputs(scope.id, std::move(list));
    return {};
}

Status TextParser::whole(Scope& scope, Status (TextParser::*between)(Function&), Function* function) {
    if (scope.depth > kDeepest) return m_in.error(fmt::format("bodies are nested deeper than {}", kDeepest));
    if (auto s = inputs(scope); !s) return s;
    if (auto s = m_in.expect("->"); !s) return s;
    if (auto s = m_in.expect("("); !s) return s;
    std::vector<size_t> places;
    while (!m_in.accept(")")) {
        m_in.skip();
        places.push_back(m_in.place());
        if (auto name = m_in.name("an output"); !name) return name.error();
        if (!m_in.accept(",") && m_in.peek() != ')') return m_in.error("expected , or )");
    }
    if (between)
        if (auto s = (this->*between)(*function); !s) return s;
    if (auto s = block(scope); !s) return s;
    const auto end = m_in.place();
    std::vector<ValueId> outputs;
    for (const auto place : places) {
        m_in.back(place);
        auto id = read(scope);
        if (!id) return id.error();
        if (!*id) return m_in.errorAt(place, "an output needs a name");
        outputs.push_back(*id);
    }
    m_in.back(end);
    m_editor.setGraphOutputs(scope.id, std::move(outputs));
    return {};
}

Status TextParser::block(Scope& scope) {
    if (auto s = m_in.expect("{"); !s) return s;
    while (!m_in.accept("}")) {
        if (m_in.atEnd()) return m_in.error("expected }");
        if (auto s = statement(scope); !s) return s;
    }
    return {};
}

// A name that is new in the scope, with its type; invalid for _.
Result<ValueId> TextParser::define(Scope& scope) {
    m_in.skip();
    const auto place = m_in.place();
    const bool quote = m_in.isQuoted();
    auto name = m_in.name("a name");
    if (!name) return name.error();
    if (!quote && *name == "_") return ValueId{};
    if (scope.values.contains(*name)) return m_in.errorAt(place, fmt::format("{} is defined already", *name));
    ValueType known;
    if (m_in.accept(":")) {
        auto given = type();
        if (!given) return given.error();
        known = std::move(*given);
    }
    const auto id = m_editor.addValue(*name, std::move(known), scope.id);
    scope.values.emplace(std::move(*name), id);
    return id;
}

Result<ValueId> TextParser::read(const Scope& scope) {
    m_in.skip();
    const auto place = m_in.place();
    const bool quote = m_in.isQuoted();
    auto name = m_in.name("a value");
    if (!name) return name.error();
    if (!quote && *name == "_") return ValueId{};
    for (const auto* at = &scope; at; at = at->outer)
        if (const auto it = at->values.find(*name); it != at->values.end()) return it->second;
    return m_in.errorAt(place, fmt::format("there is no value {}", *name));
}

Status TextParser::statement(Scope& scope) {
    m_in.skip();
    const auto start = m_in.place();
    if (auto first = m_in.name("a value or an operator"); !first) return first.error();
    const bool bare = m_in.peek() == '(' || m_in.peek() == '<' || m_in.peek() == '.';
    m_in.back(start);
    if (bare) return call(scope, {});
    // The outputs' names are no values yet where the call's inputs and bodies are read.
    Scope defined{scope.id};
    std::vector<ValueId> outputs;
    do {
        m_in.skip();
        const auto place = m_in.place();
        auto id = define(defined);
        if (!id) return id.error();
        outputs.push_back(*id);
        if (*id)
            if (const auto name = std::string(m_editor.graph().value(*id).name());
                scope.values.contains(name))
                return m_in.errorAt(place, fmt::format("{} is defined already", name));
    } while (m_in.accept(","));
    if (auto s = m_in.expect("="); !s) return s;
    if (m_in.acceptWord("constant")) {
        auto value = tensor();
        if (!value) return value.error();
        if (outputs.size() != 1 || !outputs[0]) return m_in.errorAt(start, "a constant has one name");
        m_editor.setConstant(outputs[0], std::move(*value));
    } else if (auto s = call(scope, outputs); !s) {
        return s;
    }
    scope.values.merge(defined.values);
    return {};
}

Result<TextParser::OpName> TextParser::opName() {
    OpName result;
    m_in.skip();
    const auto place = m_in.place();
    if (m_in.isQuoted()) {
        auto first = m_in.quotedText();
        if (!first) return first.error();
        result.op = std::move(*first);
        if (m_in.here() == '.') {
            m_in.accept(".");
            result.domain = std::move(result.op);
            auto op = m_in.name("an operator");
            if (!op) return op.error();
            result.op = std::move(*op);
        }
    } else {
        auto word = m_in.name("an operator");
        if (!word) return word.error();
        const auto dot = word->rfind('.');
        if (dot != std::string::npos) result.domain = word->substr(0, dot);
        result.op = dot == std::string::npos ? *word : word->substr(dot + 1);
        if (result.op.empty() && m_in.here() == '"') {
            auto op = m_in.quotedText();
            if (!op) return op.error();
            result.op = std::move(*op);
        }
    }
    if (result.op.empty()) return m_in.errorAt(place, "expected an operator");
    if (result.domain == "ai.onnx") result.domain.clear();
    if (m_in.accept("<")) {
        auto overload = m_in.name("an overload");
        if (!overload) return overload.error();
        result.overload = std::move(*overload);
        if (auto s = m_in.expect(">"); !s) return s.error();
    }
    return result;
}

Status TextParser::call(Scope& scope, const std::vector<ValueId>& outputs) {
    const auto name = opName();
    if (!name) return name.error();
    if (auto s = m_in.expect("("); !s) return s;
    std::vector<ValueId> inputs;
    while (!m_in.accept(")")) {
        auto id = read(scope);
        if (!id) return id.error();
        inputs.push_back(*id);
        if (!m_in.accept(",") && m_in.peek() != ')') return m_in.error("expected , or )");
    }
    std::string label;
    m_in.skip(true);  // a quoted name on the next line is that line's
    if (m_in.here() == '"') {
        auto text = m_in.quotedText();
        if (!text) return text.error();
        label = std::move(*text);
    }
    Attributes attributes;
    if (m_in.accept("{")) {
        while (!m_in.accept("}")) {
            auto key = m_in.name("an attribute");
            if (!key) return key.error();
            if (attributes.has(*key)) return m_in.error(fmt::format("attribute {} is given twice", *key));
            if (auto s = m_in.expect("="); !s) return s;
            auto value = attribute(scope);
            if (!value) return value.error();
            attributes.set(std::move(*key), std::move(*value));
            if (!m_in.accept(",") && m_in.peek() != '}') return m_in.error("expected , or }");
        }
    }
    const auto node = m_editor.addNode({.op = name->op,
                                        .inputs = std::move(inputs),
                                        .attributes = std::move(attributes),
                                        .name = label,
                                        .domain = name->domain,
                                        .outputCount = 0,
                                        .subgraph = scope.id,
                                        .overload = name->overload});
    m_editor.setOutputs(node, outputs);
    return {};
}

Result<GraphPtr> TextParser::run() {
    if (auto s = model(); !s) return s.error();
    auto graph = m_editor.finish();
    if (auto s = verify(*graph); !s) return s.error();
    return graph;
}

Result<GraphPtr> parseText(std::string_view text, const TensorByHash& tensors) {
    return TextParser(text, tensors).run();
}

}  // namespace lathe::ir
