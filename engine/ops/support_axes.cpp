#include "engine/ops/support_axes.h"

namespace lathe::ops {

std::optional<std::vector<int64_t>> knownIntegers(const InferContext& context, size_t i) {
    const auto contents = context.contents(i);
    if (!contents) return {};
    return ir::concreteShape(*contents);
}

std::vector<int64_t> integersOf(const EvalContext& context, size_t i) {
    return context.has(i) ? tensor::toIntegers(context.in(i)) : std::vector<int64_t>{};
}

base::Result<int64_t> integerOf(const EvalContext& context, size_t i, std::string_view what,
                                int64_t otherwise) {
    if (!context.has(i)) return otherwise;
    const auto& input = context.in(i);
    if (input.elementCount() != 1)
        return context.error("{} has {} elements, expected 1", what, input.elementCount());
    return input.integerAt(0);
}

base::Result<ir::Dim> mergeDims(const InferContext& context, const ir::Dim& a, const ir::Dim& b,
                                std::string_view what) {
    if (a.isKnown() && b.isKnown() && !same(a, b))
        return context.error("{} {} and {} differ", what, a.toString(), b.toString());
    if (a.isKnown() || b.isUnknown()) return a;
    return b.isKnown() || a.isUnknown() ? b : a;
}

bool provenAtLeast(const ir::Dim& dim, int64_t bound) {
    if (dim.isUnknown()) return false;
    return same(max(dim, ir::Dim(bound)), dim);
}

ir::SymbolicShape unknownShape(size_t rank) { return ir::SymbolicShape(rank, ir::Dim::unknown()); }

}  // namespace lathe::ops
