// Division of symbolic dimensions.
#include <algorithm>

#include "engine/ir/dim_atom.h"

namespace lathe::ir {
namespace {

int64_t floorDivide(int64_t a, int64_t b) {
    const int64_t q = a / b;
    return (a % b != 0 && ((a < 0) != (b < 0))) ? q - 1 : q;
}

}  // namespace

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
        // floor((floor(x/m) + c)/k) = floor((x + c*m)/(m*k)) for whole m, k above 0
        const Dim part = inner - inner.m_constant;
        if (const auto* atom = part.onlyAtom(Dim::AtomKind::floorDiv); atom && atom->b.constantOr(0) > 0) {
            const Dim numerator = atom->a + inner.m_constant * atom->b, divisor = atom->b * k;
            if (!numerator.m_unknown && !divisor.m_unknown) return outer + floorDiv(numerator, divisor);
        }
        return outer + Dim::fromAtom(Dim::AtomKind::floorDiv, {}, &inner, &b);
    }
    return Dim::fromAtom(Dim::AtomKind::floorDiv, {}, &a, &b);
}

Dim ceilDiv(const Dim& a, const Dim& b) { return floorDiv(a + b - 1, b); }

}  // namespace lathe::ir
