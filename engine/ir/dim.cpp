#include "engine/ir/dim.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "engine/base/text.h"

namespace lathe::ir {

struct Dim::Atom {
    AtomKind kind;
    std::string name;  // of a symbol
    Dim a, b;          // operands of the others
    std::string key;   // printed form; orders and compares atoms
};

namespace {

// Expansion of products stops here: beyond it an expression says nothing to a person and costs time.
constexpr size_t kTermLimit = 64;

bool addChecked(int64_t& sum, int64_t item) { return !__builtin_add_overflow(sum, item, &sum); }

int64_t floorDivide(int64_t a, int64_t b) {
    const int64_t q = a / b;
    return (a % b != 0 && ((a < 0) != (b < 0))) ? q - 1 : q;
}

}  // namespace

int Dim::compare(const std::vector<AtomPtr>& a, const std::vector<AtomPtr>& b) {
    // More factors first, then by name: "H*W + H + W".
    if (a.size() != b.size()) return a.size() > b.size() ? -1 : 1;
    for (size_t i = 0; i < a.size(); ++i)
        if (const int order = a[i]->key.compare(b[i]->key); order != 0) return order;
    return 0;
}

Dim Dim::fromTerms(int64_t constant, Terms terms) {
    std::sort(terms.begin(), terms.end(),
              [](const Term& x, const Term& y) { return compare(x.atoms, y.atoms) < 0; });
    Terms merged;
    for (auto& term : terms) {
        if (!merged.empty() && compare(merged.back().atoms, term.atoms) == 0) {
            if (!addChecked(merged.back().coefficient, term.coefficient)) return unknown();
        } else {
            merged.push_back(std::move(term));
        }
    }
    std::erase_if(merged, [](const Term& t) { return t.coefficient == 0; });
    if (merged.size() > kTermLimit) return unknown();
    Dim result(constant);
    if (!merged.empty()) result.m_terms = std::make_shared<const Terms>(std::move(merged));
    return result;
}

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
            atom->key = fmt::format("floor(({})/({}))", a->toString(), b->toString());
            break;
        case AtomKind::max:
            atom->key = fmt::format("max({}, {})", a->toString(), b->toString());
            break;
        case AtomKind::min:
            atom->key = fmt::format("min({}, {})", a->toString(), b->toString());
            break;
    }
    return fromTerms(0, {Term{1, {std::move(atom)}}});
}

Dim Dim::symbol(std::string_view name) {
    return fromAtom(AtomKind::symbol, std::string(name), nullptr, nullptr);
}

Dim Dim::unknown() {
    Dim result;
    result.m_unknown = true;
    return result;
}

std::span<const Dim::Term> Dim::terms() const {
    return m_terms ? std::span<const Term>(*m_terms) : std::span<const Term>();
}

std::string_view Dim::symbolName() const {
    if (!m_terms || m_constant != 0 || m_terms->size() != 1) return {};
    const auto& term = m_terms->front();
    if (term.coefficient != 1 || term.atoms.size() != 1 || term.atoms[0]->kind != AtomKind::symbol) return {};
    return term.atoms[0]->name;
}

Dim operator+(const Dim& a, const Dim& b) {
    if (a.m_unknown || b.m_unknown) return Dim::unknown();
    int64_t constant = a.m_constant;
    if (!addChecked(constant, b.m_constant)) return Dim::unknown();
    if (!a.m_terms && !b.m_terms) return constant;
    Dim::Terms terms(a.terms().begin(), a.terms().end());
    terms.insert(terms.end(), b.terms().begin(), b.terms().end());
    return Dim::fromTerms(constant, std::move(terms));
}

Dim operator-(const Dim& a, const Dim& b) { return a + b * Dim(-1); }

Dim operator*(const Dim& a, const Dim& b) {
    if ((a.isKnown() && a.m_constant == 0) || (b.isKnown() && b.m_constant == 0)) return 0;
    if (a.m_unknown || b.m_unknown) return Dim::unknown();
    int64_t constant = 0;
    if (__builtin_mul_overflow(a.m_constant, b.m_constant, &constant)) return Dim::unknown();
    if ((a.terms().size() + 1) * (b.terms().size() + 1) > 4 * kTermLimit) return Dim::unknown();
    Dim::Terms terms;
    const auto scale = [&](std::span<const Dim::Term> source, int64_t factor) {
        if (factor == 0) return true;
        for (auto term : source) {
            if (__builtin_mul_overflow(term.coefficient, factor, &term.coefficient)) return false;
            terms.push_back(std::move(term));
        }
        return true;
    };
    if (!scale(a.terms(), b.m_constant) || !scale(b.terms(), a.m_constant)) return Dim::unknown();
    for (const auto& x : a.terms())
        for (const auto& y : b.terms()) {
            Dim::Term term;
            if (__builtin_mul_overflow(x.coefficient, y.coefficient, &term.coefficient))
                return Dim::unknown();
            std::merge(x.atoms.begin(), x.atoms.end(), y.atoms.begin(), y.atoms.end(),
                       std::back_inserter(term.atoms),
                       [](const auto& p, const auto& q) { return p->key < q->key; });
            terms.push_back(std::move(term));
        }
    return Dim::fromTerms(constant, std::move(terms));
}

std::optional<Dim> exactDiv(const Dim& a, const Dim& b) {
    if (a.m_unknown || b.m_unknown || (b.isKnown() && b.m_constant == 0)) return {};
    if (same(a, b)) return Dim(1);
    if (a.isKnown() && a.m_constant == 0) return Dim(0);
    if (b.isKnown()) {
        if (a.m_constant % b.m_constant != 0) return {};
        Dim::Terms terms(a.terms().begin(), a.terms().end());
        for (auto& term : terms) {
            if (term.coefficient % b.m_constant != 0) return {};
            term.coefficient /= b.m_constant;
        }
        return Dim::fromTerms(a.m_constant / b.m_constant, std::move(terms));
    }
    // Long division of polynomials, leading term by leading term, in an order where products keep their
    // leader: divide while something is left, at most as many steps as terms are allowed.
    const Dim::Term& leader = b.m_terms->front();
    Dim quotient = 0, rest = a;
    for (size_t step = 0; step < kTermLimit; ++step) {
        if (rest.isKnown() && rest.m_constant == 0) return quotient;
        if (!rest.m_terms) return {};
        const Dim::Term* divisible = nullptr;
        Dim::Term factor;
        for (const auto& term : *rest.m_terms) {
            if (term.coefficient % leader.coefficient != 0) continue;
            std::vector<Dim::AtomPtr> left = term.atoms;
            bool all = true;
            for (const auto& atom : leader.atoms) {
                const auto it = std::find_if(left.begin(), left.end(),
                                             [&](const auto& p) { return p->key == atom->key; });
                if (it == left.end()) {
                    all = false;
                    break;
                }
                left.erase(it);
            }
            if (!all) continue;
            divisible = &term;
            factor = {term.coefficient / leader.coefficient, std::move(left)};
            break;
        }
        if (!divisible) return {};
        const Dim piece = factor.atoms.empty() ? Dim(factor.coefficient) : Dim::fromTerms(0, {factor});
        quotient = quotient + piece;
        rest = rest - piece * b;
        if (quotient.m_unknown || rest.m_unknown) return {};
    }
    return {};
}

Dim floorDiv(const Dim& a, const Dim& b) {
    if (a.m_unknown || b.m_unknown || (b.isKnown() && b.m_constant == 0)) return Dim::unknown();
    if (a.isKnown() && b.isKnown()) return floorDivide(a.m_constant, b.m_constant);
    if (auto exact = exactDiv(a, b)) return *exact;
    if (b.isKnown() && b.m_constant > 1) {
        // floor((k*A + R)/k) = A + floor(R/k)
        const int64_t k = b.m_constant;
        Dim::Terms whole, rest;
        for (auto term : a.terms()) {
            auto part = term;
            part.coefficient = floorDivide(term.coefficient, k);
            term.coefficient -= part.coefficient * k;
            if (part.coefficient) whole.push_back(part);
            if (term.coefficient) rest.push_back(term);
        }
        const int64_t constant = floorDivide(a.m_constant, k);
        const Dim inner = Dim::fromTerms(a.m_constant - constant * k, std::move(rest));
        const Dim outer = Dim::fromTerms(constant, std::move(whole));
        if (inner.isKnown()) return outer + floorDivide(inner.m_constant, k);
        // floor(floor(x/m)/k) = floor(x/(m*k))
        if (inner.m_constant == 0 && inner.m_terms->size() == 1) {
            const auto& term = inner.m_terms->front();
            if (term.coefficient == 1 && term.atoms.size() == 1 &&
                term.atoms[0]->kind == Dim::AtomKind::floorDiv && term.atoms[0]->b.isKnown())
                return outer + floorDiv(term.atoms[0]->a, term.atoms[0]->b * b);
        }
        return outer + Dim::fromAtom(Dim::AtomKind::floorDiv, {}, &inner, &b);
    }
    return Dim::fromAtom(Dim::AtomKind::floorDiv, {}, &a, &b);
}

Dim ceilDiv(const Dim& a, const Dim& b) { return floorDiv(a + b - 1, b); }

std::optional<int64_t> Dim::lowerBound() const {
    if (m_unknown) return {};
    int64_t bound = m_constant;
    for (const auto& term : terms()) {
        for (const auto& atom : term.atoms) {
            const bool nonNegative =
                atom->kind == AtomKind::symbol ||
                (atom->a.lowerBound().value_or(-1) >= 0 && atom->b.lowerBound().value_or(-1) >= 0);
            if (!nonNegative) return {};
        }
        if (term.coefficient < 0) return {};
    }
    return bound;
}

Dim max(const Dim& a, const Dim& b) {
    if (a.m_unknown || b.m_unknown) return Dim::unknown();
    if (a.isKnown() && b.isKnown()) return std::max(a.m_constant, b.m_constant);
    if ((a - b).lowerBound().value_or(-1) >= 0) return a;
    if ((b - a).lowerBound().value_or(-1) >= 0) return b;
    return Dim::fromAtom(Dim::AtomKind::max, {}, &a, &b);
}

Dim min(const Dim& a, const Dim& b) {
    if (a.m_unknown || b.m_unknown) return Dim::unknown();
    if (a.isKnown() && b.isKnown()) return std::min(a.m_constant, b.m_constant);
    if ((a - b).lowerBound().value_or(-1) >= 0) return b;
    if ((b - a).lowerBound().value_or(-1) >= 0) return a;
    return Dim::fromAtom(Dim::AtomKind::min, {}, &a, &b);
}

bool operator==(const Dim& a, const Dim& b) {
    if (a.m_unknown != b.m_unknown || a.m_constant != b.m_constant) return false;
    if (a.m_terms == b.m_terms) return true;
    const auto x = a.terms(), y = b.terms();
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const Dim::Term& p, const Dim::Term& q) {
        return p.coefficient == q.coefficient && Dim::compare(p.atoms, q.atoms) == 0;
    });
}

Dim Dim::bound(const std::map<std::string, Dim, std::less<>>& bindings) const {
    if (!m_terms) return *this;
    Dim sum(m_constant);
    for (const auto& term : *m_terms) {
        Dim factor(term.coefficient);
        for (const auto& atom : term.atoms) {
            Dim part = fromTerms(0, {Term{1, {atom}}});
            switch (atom->kind) {
                case AtomKind::symbol:
                    if (const auto it = bindings.find(atom->name); it != bindings.end()) part = it->second;
                    break;
                case AtomKind::floorDiv:
                    part = floorDiv(atom->a.bound(bindings), atom->b.bound(bindings));
                    break;
                case AtomKind::max:
                    part = max(atom->a.bound(bindings), atom->b.bound(bindings));
                    break;
                case AtomKind::min:
                    part = min(atom->a.bound(bindings), atom->b.bound(bindings));
                    break;
            }
            factor = factor * part;
        }
        sum = sum + factor;
    }
    return sum;
}

void Dim::collectSymbols(std::vector<std::string>& names) const {
    for (const auto& term : terms())
        for (const auto& atom : term.atoms) {
            if (atom->kind == AtomKind::symbol) {
                if (std::find(names.begin(), names.end(), atom->name) == names.end())
                    names.push_back(atom->name);
            } else {
                atom->a.collectSymbols(names);
                atom->b.collectSymbols(names);
            }
        }
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
            return pair(depth, '/', [](auto& a, auto& b) { return floorDiv(a, b); });
        if (word == "max" && accept('(')) return pair(depth, ',', [](auto& a, auto& b) { return max(a, b); });
        if (word == "min" && accept('(')) return pair(depth, ',', [](auto& a, auto& b) { return min(a, b); });
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
    template <typename Combine>
    std::optional<Dim> pair(int depth, char separator, Combine combine) {
        const auto a = sum(depth + 1);
        if (!a || !accept(separator)) return {};
        const auto b = sum(depth + 1);
        if (!b || !accept(')')) return {};
        return combine(*a, *b);
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

Dim product(std::span<const Dim> dimensions) {
    Dim result = 1;
    for (const auto& d : dimensions) result = result * d;
    return result;
}

SymbolicShape symbolicShape(std::span<const int64_t> dimensions) {
    return {dimensions.begin(), dimensions.end()};
}

std::optional<std::vector<int64_t>> concreteShape(std::span<const Dim> dimensions) {
    std::vector<int64_t> result;
    for (const auto& d : dimensions) {
        if (!d.isKnown()) return {};
        result.push_back(*d.constant());
    }
    return result;
}

std::string toString(std::span<const Dim> dimensions) {
    std::string text = "[";
    for (size_t i = 0; i < dimensions.size(); ++i) text += (i ? ", " : "") + dimensions[i].toString();
    return text + "]";
}

}  // namespace lathe::ir
