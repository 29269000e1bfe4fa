// The text form: types, attributes, the graphs in them, and tensors.
#include <fmt/format.h>

#include "engine/ir/text_parser.h"
#include "engine/ir/text_tensor.h"

namespace lathe::ir {

using base::Result;
using base::Status;

namespace {

constexpr uint64_t kLargestGenerated = uint64_t{1} << 26;  // bytes of `fill` and `random`

}  // namespace

Result<ValueType> TextParser::type() {
    m_in.skip();
    const auto place = m_in.place();
    if (auto parsed = parseType(m_in.type())) return std::move(*parsed);
    return m_in.errorAt(place, "expected a type such as float32[N, 3]");
}

Result<SubgraphId> TextParser::graph(const Scope& scope) {
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

Result<Attribute> TextParser::attribute(const Scope& scope) {
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

Result<Attribute> TextParser::emptyList(std::string_view word) {
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

Result<Attribute> TextParser::list(const Scope& scope) {
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
                result.reserve(items.size());
                for (auto& item : items) result.push_back(std::move(std::get<T>(item)));
                return Attribute(std::move(result));
            } else {
                return m_in.errorAt(start, "there are no lists of these");
            }
        },
        items.front());
}

Result<tensor::Tensor> TextParser::tensor() {
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

Result<SparseTensor> TextParser::sparse() {
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

}  // namespace lathe::ir
