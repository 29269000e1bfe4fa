// A value seen as elements of another one at regular distances: what Transpose, Slice, Split, Reshape and
// their like compute without arithmetic.
#pragma once

#include <optional>
#include <vector>

#include "engine/runtime/draft.h"

namespace lathe::runtime {

struct StridedView {
    uint32_t base = kNone;  // the value that is read; contiguous
    int64_t start = 0;
    std::vector<int64_t> dims, strides;  // in elements of the base
    double scale = 1;                    // the elements are multiplied by this
    std::vector<uint32_t> passed;        // nodes that need not run for a reader of the view
};

// Looks as far back as the nodes allow; at worst the value itself. Follows products and quotients with one
// constant number when `scales`.
StridedView stridedView(const Draft& draft, const DraftUses& uses, uint32_t value, bool scales);

// What a Transpose, Slice, Split, Gather or Expand takes from its input for one of its outputs.
std::optional<StridedView> takenBy(const Draft& draft, const PlanNode& node, uint32_t output);

// The constant number that a Mul or Div multiplies its other input with, and which input that is.
struct ScaleNode {
    uint32_t input = kNone;
    double factor = 1;
};
std::optional<ScaleNode> scaleOf(const Draft& draft, const PlanNode& node);

}  // namespace lathe::runtime
