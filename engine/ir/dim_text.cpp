// Symbolic dimensions as text, written and read.
#include <fmt/format.h>

#include <cctype>

#include "engine/base/text.h"
#include "engine/ir/dim_atom.h"

namespace lathe::ir {
namespace {

// A name with characters that mean something in an expression is quoted, so that parse() reads it back.
std::string symbolText(const std::string& name) {
    const bool plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9') && name != "..." &&
                       name.find_first_of("+-*/(), \t\r\n?\"\\[]#") == std::string::npos;
    if (plain) return name;
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    return text + '"';
}

// An operand of a division: in brackets when it is not one factor.
std::string factorText(const Dim& dim) {
    auto text = dim.toString();
    return text.find_first_of(" *-") == std::string::npos ? text : "(" + text + ")";
}

}  // namespace

Dim Dim::fromAtom(AtomKind kind, std::string name, const Dim* a, const Dim* b) {
    auto atom = std::make_shared<Atom>();
    atom->kind = kind;
    atom->name = name;
    if (a) atom->a = *a;
    if (b) atom->b = *b;
    switch (kind) {
        case AtomKind::symbol:
            atom->key = symbolText(name);
            break;
        case AtomKind::floorDiv:
            // floor((x + k - 1)/k) is x/k rounded up.
            atom->key = b->isKnown() && b->m_constant > 1 && a->m_constant == b->m_constant - 1
                            ? fmt::format("ceil({}/{})", factorText(*a - a->m_constant), factorText(*b))
                            : fmt::format("floor({}/{})", factorText(*a), factorText(*b));
            break;
        case AtomKind::max:
        case AtomKind::min:
            atom->key = fmt::format("{}({}, {})", kind == AtomKind::max ? "max" : "min", listText(*a, kind),
                                    b->toString());
            break;
    }
    return fromTerms(0, {Term{1, {std::move(atom)}}});
}

// The operands of nested maxima (or minima) without the inner names: "a, b".
std::string Dim::listText(const Dim& dim, AtomKind kind) {
    const auto text = dim.toString();
    const auto* atom = dim.onlyAtom(kind);
    return atom ? text.substr(4, text.size() - 5) : text;  // "max(" and ")"
}

std::string Dim::toString() const {
    if (m_unknown) return "?";
    if (!m_terms) return fmt::format("{}", m_constant);
    std::string text;
    for (const auto& term : *m_terms) {
        const int64_t size = term.coefficient < 0 ? -term.coefficient : term.coefficient;
        if (!text.empty())
            text += term.coefficient < 0 ? " - " : " + ";
        else if (term.coefficient < 0)
            text += "-";
        if (size != 1) text += fmt::format("{}*", size);
        for (size_t i = 0; i < term.atoms.size(); ++i) text += (i ? "*" : "") + term.atoms[i]->key;
    }
    if (m_constant != 0) text += fmt::format(" {} {}", m_constant < 0 ? "-" : "+", std::abs(m_constant));
    return text;
}

namespace {

// Recursive descent over what toString writes. Depth is bounded, for the text may come from a file.
class Parser {
  public:
    explicit Parser(std::string_view text) : m_text(text) {}
    std::optional<Dim> whole() {
        auto result = sum(0);
        skip();
        return m_at == m_text.size() ? result : std::nullopt;
    }

  private:
    std::optional<Dim> sum(int depth) {
        if (depth > 32) return {};
        const bool negative = accept('-');
        auto left = product(depth);
        if (left && negative) left = *left * Dim(-1);
        while (left) {
            const bool plus = accept('+');
            if (!plus && !accept('-')) break;
            const auto right = product(depth);
            if (!right) return {};
            left = plus ? *left + *right : *left - *right;
        }
        return left;
    }
    std::optional<Dim> product(int depth) {
        auto left = atom(depth);
        while (left && accept('*')) {
            const auto right = atom(depth);
            if (!right) return {};
            left = *left * *right;
        }
        return left;
    }
    std::optional<Dim> atom(int depth) {
        skip();
        if (accept('?')) return Dim::unknown();
        if (accept('(')) {
            auto inner = sum(depth + 1);
            return accept(')') ? inner : std::nullopt;
        }
        if (accept('"')) return quotedSymbol();
        const size_t start = m_at;
        while (m_at < m_text.size() &&
               std::string_view("+-*/(), \t").find(m_text[m_at]) == std::string_view::npos)
            ++m_at;
        const auto word = m_text.substr(start, m_at - start);
        if (word.empty()) return {};
        if (const auto number = base::parseInteger(word)) return Dim(*number);
        if (std::isdigit(static_cast<unsigned char>(word[0]))) return {};
        if (word == "floor" && accept('('))
            return call(depth, '/', [](const Dim& a, const Dim& b) { return floorDiv(a, b); });
        if (word == "ceil" && accept('('))
            return call(depth, '/', [](const Dim& a, const Dim& b) { return ceilDiv(a, b); });
        if (word == "max" && accept('('))
            return call(depth, ',', [](const Dim& a, const Dim& b) { return max(a, b); });
        if (word == "min" && accept('('))
            return call(depth, ',', [](const Dim& a, const Dim& b) { return min(a, b); });
        return Dim::symbol(word);
    }
    std::optional<Dim> quotedSymbol() {
        std::string name;
        for (; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '"') {
                ++m_at;
                return Dim::symbol(name);
            }
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size()) ++m_at;
            name += m_text[m_at];
        }
        return {};
    }
    // Two operands, or more of a maximum or minimum.
    std::optional<Dim> call(int depth, char separator, Dim (*combine)(const Dim&, const Dim&)) {
        auto result = sum(depth + 1);
        bool first = true;
        while (result && (first || separator == ',') && accept(separator)) {
            const auto next = sum(depth + 1);
            if (!next) return {};
            result = combine(*result, *next);
            first = false;
        }
        return result && !first && accept(')') ? result : std::nullopt;
    }
    void skip() {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t')) ++m_at;
    }
    bool accept(char c) {
        skip();
        if (m_at >= m_text.size() || m_text[m_at] != c) return false;
        ++m_at;
        return true;
    }

    std::string_view m_text;
    size_t m_at = 0;
};

}  // namespace

std::optional<Dim> Dim::parse(std::string_view text) { return Parser(text).whole(); }

}  // namespace lathe::ir
