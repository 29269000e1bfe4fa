// Bounds, maximum and minimum of symbolic dimensions.
#include <algorithm>

#include "engine/ir/dim_atom.h"

namespace lathe::ir {

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

// Whether a >= b for every value of the names, as far as this can see.
bool Dim::provenAtLeast(const Dim& a, const Dim& b, int depth) {
    if ((a - b).lowerBound().value_or(-1) >= 0) return true;
    if (depth == 0) return false;
    if (const auto* least = b.onlyAtom(AtomKind::min))
        if (provenAtLeast(a, least->a, depth - 1) || provenAtLeast(a, least->b, depth - 1)) return true;
    if (const auto* most = a.onlyAtom(AtomKind::max))
        return provenAtLeast(most->a, b, depth - 1) || provenAtLeast(most->b, b, depth - 1);
    return false;
}

void Dim::collectOperands(AtomKind kind, std::vector<Dim>& operands) const {
    if (const auto* atom = onlyAtom(kind)) {
        atom->a.collectOperands(kind, operands);
        atom->b.collectOperands(kind, operands);
    } else {
        operands.push_back(*this);
    }
}

// The operands of nested ones side by side, sorted, without those that another covers.
Dim Dim::extreme(AtomKind kind, const Dim& a, const Dim& b) {
    constexpr int kDepth = 4;
    std::vector<Dim> all, kept;
    a.collectOperands(kind, all);
    b.collectOperands(kind, all);
    const auto covers = [&](const Dim& x, const Dim& y) {
        return kind == AtomKind::max ? provenAtLeast(x, y, kDepth) : provenAtLeast(y, x, kDepth);
    };
    for (const auto& candidate : all) {
        const auto covered = [&](const Dim& other) { return covers(other, candidate); };
        if (std::any_of(kept.begin(), kept.end(), covered)) continue;
        std::erase_if(kept, [&](const Dim& other) { return covers(candidate, other); });
        kept.push_back(candidate);
    }
    std::sort(kept.begin(), kept.end(),
              [](const Dim& x, const Dim& y) { return x.toString() < y.toString(); });
    Dim result = kept.front();
    for (size_t i = 1; i < kept.size(); ++i) result = fromAtom(kind, {}, &result, &kept[i]);
    return result;
}

Dim max(const Dim& a, const Dim& b) {
    if (a.m_unknown || b.m_unknown) return Dim::unknown();
    return Dim::extreme(Dim::AtomKind::max, a, b);
}

Dim min(const Dim& a, const Dim& b) {
    if (a.m_unknown || b.m_unknown) return Dim::unknown();
    return Dim::extreme(Dim::AtomKind::min, a, b);
}

}  // namespace lathe::ir
