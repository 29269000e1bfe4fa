// Shape: the dimensions of x from `start` up to `end` as an int64 vector.
#include <algorithm>
#include <utility>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"

namespace lathe::ops {
namespace {

// [start, end) cut to the rank, as the standard says.
std::pair<int64_t, int64_t> rangeOf(const ir::Attributes& attributes, int64_t rank) {
    auto start = attributes.integer("start", 0), end = attributes.integer("end", rank);
    start = std::clamp<int64_t>(start < 0 ? start + rank : start, 0, rank);
    end = std::clamp<int64_t>(end < 0 ? end + rank : end, 0, rank);
    return {start, std::max(start, end)};
}

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    if (!shape) {
        context.setOutput(0, tensor::DataType::int64, unknownShape(1));
        return {};
    }
    const auto [start, end] = rangeOf(context.attributes(), static_cast<int64_t>(shape->size()));
    context.setOutput(0, tensor::DataType::int64, ir::SymbolicShape{end - start});
    context.setContents(0, SymbolicContents(shape->begin() + start, shape->begin() + end));
    return {};
}

// Nothing of x is read.
Cost cost(const CostContext& context) { return {0, 0, 0, 8 * context.outputElements()}; }

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto [start, end] = rangeOf(context.attributes(), x.rank());
    context.set(0, tensor::Tensor::vector<int64_t>(tensor::Dimensions(x.shape()).subspan(
                       static_cast<size_t>(start), static_cast<size_t>(end - start))));
    return {};
}

}  // namespace

Op shapeOp() {
    return {.name = "Shape",
            .sinceVersion = 25,
            .family = Family::shape,
            .summary = "y = the dimensions of x",
            .inputs = {{"data"}},
            .outputs = {{"shape", kInt64}},
            .attributes = {integerAttribute("start", 0, "first dimension, from the end when negative"),
                           integerAttribute(
                               "end", 0,
                               "behind the last dimension, from the end when negative; absent: the rank")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
