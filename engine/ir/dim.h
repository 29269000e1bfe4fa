// A symbolic dimension: an integer expression over named dimensions.
//
//   expression = constant + sum of (coefficient * product of atoms)
//   atom       = name | floor(expression / expression) | max(expression, ...) | min(expression, ...)
//
// Kept in canonical form, so equal expressions compare equal: (N + 2) * 3 == 3*N + 6. Named dimensions stand
// for integers of at least 0. Values are immutable and cheap to copy; a constant owns no memory.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lathe::ir {

class Dim {
  public:
    Dim(int64_t constant = 0) : m_constant(constant) {}
    // A named dimension. The name may hold any text; toString quotes it where it has other characters than a
    // name in an expression.
    static Dim symbol(std::string_view name);
    // Nothing is known. Not equal to anything in `same`.
    static Dim unknown();

    bool isKnown() const { return !m_terms && !m_unknown; }
    bool isUnknown() const { return m_unknown; }
    bool isSymbolic() const { return m_terms != nullptr; }
    std::optional<int64_t> constant() const { return isKnown() ? std::optional(m_constant) : std::nullopt; }
    int64_t constantOr(int64_t otherwise) const { return isKnown() ? m_constant : otherwise; }
    // The name when the expression is one plain named dimension, else empty.
    std::string_view symbolName() const;

    friend Dim operator+(const Dim& a, const Dim& b);
    friend Dim operator-(const Dim& a, const Dim& b);
    friend Dim operator*(const Dim& a, const Dim& b);
    // Rounded towards minus infinity; unknown when b is 0.
    friend Dim floorDiv(const Dim& a, const Dim& b);
    friend Dim ceilDiv(const Dim& a, const Dim& b);
    friend Dim max(const Dim& a, const Dim& b);
    friend Dim min(const Dim& a, const Dim& b);
    // a / b when the division has no remainder for every value of the names, else nothing.
    friend std::optional<Dim> exactDiv(const Dim& a, const Dim& b);

    // Structural equality; unknown equals unknown. For "is it proven to be the same number" use same().
    friend bool operator==(const Dim& a, const Dim& b);
    friend bool same(const Dim& a, const Dim& b) { return !a.m_unknown && !b.m_unknown && a == b; }

    // With names replaced; names not in the map stay.
    Dim bound(const std::map<std::string, Dim, std::less<>>& bindings) const;
    void collectSymbols(std::vector<std::string>& names) const;
    std::string toString() const;  // "N", "3*N + 6", "ceil(H/2) + 1", "?" when unknown
    // Reads what toString writes; nothing when it is no expression.
    static std::optional<Dim> parse(std::string_view text);

  private:
    struct Atom;
    using AtomPtr = std::shared_ptr<const Atom>;
    struct Term {
        int64_t coefficient = 0;
        std::vector<AtomPtr> atoms;  // sorted by key, never empty
    };
    using Terms = std::vector<Term>;  // sorted, no zero coefficients

    enum class AtomKind { symbol, floorDiv, max, min };
    static Dim fromTerms(int64_t constant, Terms terms);
    static Dim fromAtom(AtomKind kind, std::string name, const Dim* a, const Dim* b);
    // The atom when the expression is one atom of this kind and nothing else, else null.
    const Atom* onlyAtom(AtomKind kind) const;
    static std::string listText(const Dim& dim, AtomKind kind);
    static Dim extreme(AtomKind kind, const Dim& a, const Dim& b);
    void collectOperands(AtomKind kind, std::vector<Dim>& operands) const;
    static bool provenAtLeast(const Dim& a, const Dim& b, int depth);
    static int compare(const std::vector<AtomPtr>& a, const std::vector<AtomPtr>& b);
    std::span<const Term> terms() const;
    std::optional<int64_t> lowerBound() const;

    int64_t m_constant = 0;
    bool m_unknown = false;
    std::shared_ptr<const Terms> m_terms;  // null for constants and unknown
};

Dim operator+(const Dim& a, const Dim& b);
Dim operator-(const Dim& a, const Dim& b);
Dim operator*(const Dim& a, const Dim& b);
Dim floorDiv(const Dim& a, const Dim& b);
Dim ceilDiv(const Dim& a, const Dim& b);
Dim max(const Dim& a, const Dim& b);
Dim min(const Dim& a, const Dim& b);
std::optional<Dim> exactDiv(const Dim& a, const Dim& b);
bool operator==(const Dim& a, const Dim& b);

using SymbolicShape = std::vector<Dim>;

// All dimensions multiplied; 1 for a scalar.
Dim product(std::span<const Dim> dimensions);
SymbolicShape symbolicShape(std::span<const int64_t> dimensions);
// The concrete shape when every dimension is a constant.
std::optional<std::vector<int64_t>> concreteShape(std::span<const Dim> dimensions);
std::string toString(std::span<const Dim> dimensions);  // "[N, 3, 32, 32]"

}  // namespace lathe::ir
