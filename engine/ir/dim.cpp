#include "engine/ir/dim.h"

#include <algorithm>

#include "engine/ir/dim_atom.h"

namespace lathe::ir {
namespace {

bool addChecked(int64_t& sum, int64_t item) { return !__builtin_add_overflow(sum, item, &sum); }

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

const Dim::Atom* Dim::onlyAtom(AtomKind kind) const {
    if (!m_terms || m_constant != 0 || m_terms->size() != 1) return nullptr;
    const auto& term = m_terms->front();
    if (term.coefficient != 1 || term.atoms.size() != 1 || term.atoms[0]->kind != kind) return nullptr;
    return term.atoms[0].get();
}

std::string_view Dim::symbolName() const {
    const auto* atom = onlyAtom(AtomKind::symbol);
    return atom ? std::string_view(atom->name) : std::string_view();
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
