// Reading the text form: recursive descent, one function a construct; nesting of bodies is bounded.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "engine/ir/editor.h"
#include "engine/ir/text.h"
#include "engine/ir/text_tensor.h"
#include "engine/ir/text_words.h"
#include "engine/ir/verify.h"

namespace lathe::ir {
namespace {

using base::Error;
using base::Result;
using base::Status;

constexpr int kDeepest = 64;
constexpr uint64_t kLargestGenerated = uint64_t{1} << 26;  // bytes of `fill` and `random`

struct Scope {
    SubgraphId id;
    const Scope* outer = nullptr;
    int depth = 0;
    std::unordered_map<std::string, ValueId> values = {};
};

struct OpName {
    std::string domain, op, overload;
};

class Parser {
  public:
    Parser(std::string_view text, const TensorByHash& tensors) : m_in(text), m_tensors(tensors) {}

    Result<GraphPtr> run() {
        if (auto s = model(); !s) return s.error();
        auto graph = m_editor.finish();
        if (auto s = verify(*graph); !s) return s.error();
        return graph;
    }

  private:
    Status model();
    Status function();
    Status block(Scope& scope);
    Status inputs(Scope& scope);
    // Inputs, outputs, what `between` reads, and the block.
    Status whole(Scope& scope, Status (Parser::*between)(Function&) = nullptr, Function* function = nullptr);
    Status functionExtras(Function& function);
    Status statement(Scope& scope);
    Status call(Scope& scope, const std::vector<ValueId>& outputs);
    Result<OpName> opName();
    Result<ValueId> define(Scope& scope);
    Result<ValueId> read(const Scope& scope);
    Result<Attribute> attribute(const Scope& scope);
    Result<Attribute> list(const Scope& scope);
    Result<Attribute> emptyList(std::string_view word);
    Result<SubgraphId> graph(const Scope& scope);
    Result<tensor::Tensor> tensor();
    Result<SparseTensor> sparse();
    Result<ValueType> type();
    Result<std::string> domain();

    Cursor m_in;
    const TensorByHash& m_tensors;
    Editor m_editor;
};

Result<std::string> Parser::domain() {
    auto name = m_in.name("a domain");
    if (name && *name == "ai.onnx") return std::string();
    return name;
}

Status Parser::model() {
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

Status Parser::function() {
    auto name = opName();
    if (!name) return name.error();
    Function function;
    function.domain = name->domain;
    function.name = name->op;
    function.overload = name->overload;
    function.body = m_editor.addSubgraph(name->op);
    Scope scope{function.body};
    if (auto s = whole(scope, &Parser::functionExtras, &function); !s) return s;
    m_editor.addFunction(std::move(function));
    return {};
}

Status Parser::functionExtras(Function& function) {
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

Status Parser::inputs(Scope& scope) {
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

Status Parser::whole(Scope& scope, Status (Parser::*between)(Function&), Function* function) {
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

Status Parser::block(Scope& scope) {
    if (auto s = m_in.expect("{"); !s) return s;
    while (!m_in.accept("}")) {
        if (m_in.atEnd()) return m_in.error("expected }");
        if (auto s = statement(scope); !s) return s;
    }
    return {};
}

// A name that is new in the scope, with its type; invalid for _.
Result<ValueId> Parser::define(Scope& scope) {
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

Result<ValueId> Parser::read(const Scope& scope) {
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

Status Parser::statement(Scope& scope) {
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

Result<OpName> Parser::opName() {
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

Status Parser::call(Scope& scope, const std::vector<ValueId>& outputs) {
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

Result<ValueType> Parser::type() {
    m_in.skip();
    const auto place = m_in.place();
    if (auto parsed = parseType(m_in.type())) return std::move(*parsed);
    return m_in.errorAt(place, "expected a type such as float32[N, 3]");
}

Result<SubgraphId> Parser::graph(const Scope& scope) {
    const auto id = m_editor.addSubgraph({});
    if (m_in.peek() != '(') {
        const auto name = m_in.name("the graph's name");
        if (!name) return name.error();
        m_editor.setSubgraphName(id, *name);
    }
    Scope inner{id, &scope, scope.depth + 1};
    if (auto s = whole(inner); !s) return s.error();
    return id;
}

Result<Attribute> Parser::attribute(const Scope& scope) {
    const auto wrap = [](auto result) -> Result<Attribute> {
        if (!result) return result.error();
        return Attribute(std::move(*result));
    };
    if (m_in.isQuoted()) return wrap(m_in.quotedText());
    if (m_in.peek() == '[') return list(scope);
    if (m_in.accept("@")) {
        AttributeReference reference;
        auto name = m_in.name("an attribute of the function");
        if (!name) return name.error();
        const auto kind = m_in.integer("the attribute's ONNX type number");
        if (!kind) return kind.error();
        reference.name = std::move(*name);
        reference.onnxType = static_cast<int>(std::clamp<int64_t>(*kind, 0, 1000));
        return Attribute(std::move(reference));
    }
    if (m_in.acceptWord("tensor")) return wrap(tensor());
    if (m_in.acceptWord("sparse")) return wrap(sparse());
    if (m_in.acceptWord("graph")) return wrap(graph(scope));
    if (m_in.acceptWord("type")) return wrap(type());
    for (const auto word : {"ints", "floats", "texts", "tensors", "sparses", "graphs", "types"})
        if (m_in.acceptWord(word)) return emptyList(word);
    m_in.skip();
    const auto place = m_in.place();
    const auto word = m_in.number();
    if (word.find_first_of(".en") == std::string_view::npos) {
        m_in.back(place);
        return wrap(m_in.integer("an attribute's value"));
    }
    float value = 0;
    auto scratch = tensor::Tensor::zeros(tensor::DataType::float32, {});
    if (!setElement(scratch, 0, word)) return m_in.errorAt(place, "expected an attribute's value");
    value = scratch.values<float>()[0];
    return Attribute(value);
}

Result<Attribute> Parser::emptyList(std::string_view word) {
    if (auto s = m_in.expect("["); !s) return s.error();
    if (auto s = m_in.expect("]"); !s) return s.error();
    if (word == "ints") return Attribute(std::vector<int64_t>());
    if (word == "floats") return Attribute(std::vector<float>());
    if (word == "texts") return Attribute(std::vector<std::string>());
    if (word == "tensors") return Attribute(std::vector<tensor::Tensor>());
    if (word == "sparses") return Attribute(std::vector<SparseTensor>());
    if (word == "graphs") return Attribute(std::vector<SubgraphId>());
    return Attribute(std::vector<ValueType>());
}

Result<Attribute> Parser::list(const Scope& scope) {
    m_in.skip();
    const auto start = m_in.place();
    if (auto s = m_in.expect("["); !s) return s.error();
    std::vector<Attribute> items;
    while (!m_in.accept("]")) {
        m_in.skip();
        const auto place = m_in.place();
        if (m_in.here() == '[') return m_in.error("lists do not nest");
        auto item = attribute(scope);
        if (!item) return item.error();
        if (!items.empty() && item->index() != items.front().index())
            return m_in.errorAt(place, "all items of a list have one kind");
        items.push_back(std::move(*item));
        if (!m_in.accept(",") && m_in.peek() != ']') return m_in.error("expected , or ]");
    }
    if (items.empty()) return m_in.errorAt(start, "a list without items needs its kind: ints []");
    return std::visit(
        [&]<typename T>(const T&) -> Result<Attribute> {
            if constexpr (std::is_constructible_v<Attribute, std::vector<T>>) {
                std::vector<T> result;
                for (auto& item : items) result.push_back(std::move(std::get<T>(item)));
                return Attribute(std::move(result));
            } else {
                return m_in.errorAt(start, "there are no lists of these");
            }
        },
        items.front());
}

Result<tensor::Tensor> Parser::tensor() {
    m_in.skip();
    const auto place = m_in.place();
    auto declared = type();
    if (!declared) return declared.error();
    const auto shape = declared->shape ? concreteShape(*declared->shape) : std::nullopt;
    if (!declared->isTensor() || !shape || declared->element == tensor::DataType::undefined)
        return m_in.errorAt(place, "a tensor needs an element type and numbers as dimensions");
    if (m_in.accept("sha256:")) {
        const auto hash = m_in.word();
        auto found = hash && m_tensors ? m_tensors(*hash) : std::nullopt;
        if (!found) return m_in.errorAt(place, "the numbers of this tensor are not in the text");
        if (found->type() != declared->element ||
            !std::equal(found->shape().begin(), found->shape().end(), shape->begin(), shape->end()))
            return m_in.errorAt(place, "the tensor with that hash has another type or shape");
        return std::move(*found);
    }
    const auto count = tensor::checkedElementCount(*shape);
    const auto size = declared->element == tensor::DataType::string
                          ? std::optional<uint64_t>(static_cast<uint64_t>(count.value_or(0)) * 32)
                          : tensor::checkedByteSize(declared->element, *shape);
    if (!count || !size || *count > INT64_MAX / 2) return m_in.errorAt(place, "the shape is too large");
    const bool fill = m_in.acceptWord("fill"), random = !fill && m_in.acceptWord("random");
    const auto words = wordCount(declared->element, *count);
    // Every written word takes a character at least, so the text bounds what is allocated.
    if (fill || random ? *size > kLargestGenerated : static_cast<uint64_t>(words) > m_in.left())
        return m_in.errorAt(place, "the shape is larger than its numbers");
    auto result = tensor::Tensor::zeros(declared->element, *shape);
    if (random) {
        const auto seed = m_in.integer("a seed");
        if (!seed) return seed.error();
        fillRandom(result, static_cast<uint64_t>(*seed));
        return result;
    }
    if (!fill)
        if (auto s = m_in.expect("{"); !s) return s.error();
    std::string word;
    const auto next = [&]() -> Status {
        if (m_in.isQuoted()) {
            auto text = m_in.quotedText();
            if (!text) return text.error();
            word = std::move(*text);
        } else {
            word = m_in.number();
        }
        return {};
    };
    const auto wrong = [&](int64_t index) {
        return m_in.error(
            fmt::format("element {}: \"{}\" is not a {}", index, word, tensor::name(declared->element)));
    };
    if (fill)
        if (auto s = next(); !s) return s.error();
    for (int64_t i = 0; i < words; ++i) {
        if (!fill) {
            if (i && !m_in.accept(","))
                return m_in.error(fmt::format("expected {} numbers, got {}", words, i));
            if (auto s = next(); !s) return s.error();
        }
        if (!setElement(result, i, word)) return wrong(i);
    }
    if (!fill && !m_in.accept("}")) return m_in.error(fmt::format("expected {} numbers and }}", words));
    return result;
}

Result<SparseTensor> Parser::sparse() {
    SparseTensor result;
    if (auto s = m_in.expect("["); !s) return s.error();
    while (!m_in.accept("]")) {
        const auto dimension = m_in.integer("a dimension");
        if (!dimension) return dimension.error();
        result.shape.push_back(*dimension);
        if (!m_in.accept(",") && m_in.peek() != ']') return m_in.error("expected , or ]");
    }
    if (auto s = m_in.expect("("); !s) return s.error();
    for (auto* part : {&result.values, &result.indices}) {
        if (!m_in.acceptWord("tensor")) return m_in.error("expected tensor");
        auto read = tensor();
        if (!read) return read.error();
        *part = std::move(*read);
        if (auto s = m_in.expect(part == &result.values ? "," : ")"); !s) return s.error();
    }
    return result;
}

}  // namespace

Result<GraphPtr> parseText(std::string_view text, const TensorByHash& tensors) {
    return Parser(text, tensors).run();
}

}  // namespace lathe::ir
