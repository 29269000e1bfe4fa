// Unique: the different elements of x (or rows along an axis), ascending or in order of appearance; where
// each comes first, which one every element of x is, and how often each comes.
#include <algorithm>
#include <numeric>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {
namespace {

using Order = std::vector<int64_t>;

// -1, 0 or 1 for two elements. NaN comes after every number and equals itself.
int compareElements(const tensor::Tensor& x, int64_t i, int64_t j) {
    if (x.type() == tensor::DataType::string) {
        const auto texts = x.values<std::string>();
        const int order = texts[static_cast<size_t>(i)].compare(texts[static_cast<size_t>(j)]);
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    }
    if (tensor::isFloat(x.type())) {
        const double a = x.realAt(i), b = x.realAt(j);
        if (a != a || b != b) return (a != a ? 1 : 0) - (b != b ? 1 : 0);
        return a < b ? -1 : a > b ? 1 : 0;
    }
    const int64_t a = x.integerAt(i), b = x.integerAt(j);
    if (x.type() == tensor::DataType::uint64)
        return static_cast<uint64_t>(a) < static_cast<uint64_t>(b) ? -1 : a == b ? 0 : 1;
    return a < b ? -1 : a > b ? 1 : 0;
}

int compareRows(const tensor::Tensor& x, const Cut& cut, int64_t i, int64_t j) {
    for (int64_t block = 0; block < cut.outer; ++block)
        for (int64_t k = 0; k < cut.inner; ++k)
            if (const int order = compareElements(x, (block * cut.length + i) * cut.inner + k,
                                                  (block * cut.length + j) * cut.inner + k))
                return order;
    return 0;
}

base::Status infer(InferContext& context) {
    const ir::Dim count = context.freshDim("count");
    const auto* shape = context.shape(0);
    std::optional<ir::SymbolicShape> result = ir::SymbolicShape{count};
    ir::Dim length = shape ? product(*shape) : ir::Dim::unknown();
    if (context.attributes().has("axis")) {
        result.reset();
        if (shape) {
            const auto axis =
                axisOf(context, context.attributes().integer("axis", 0), static_cast<int64_t>(shape->size()));
            if (!axis) return axis.error();
            result = *shape;
            length = (*shape)[*axis];
            (*result)[*axis] = count;
        }
    }
    context.setOutput(0, context.element(0), std::move(result));
    for (const size_t i : {size_t{1}, size_t{3}})
        context.setOutput(i, tensor::DataType::int64, ir::SymbolicShape{count});
    context.setOutput(2, tensor::DataType::int64, ir::SymbolicShape{length});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const bool flat = !context.attributes().has("axis");
    const auto x = flat ? context.in(0).reshaped(tensor::Shape{context.in(0).elementCount()}) : context.in(0);
    const auto axis = axisOf(context, flat ? 0 : context.attributes().integer("axis", 0), x.rank());
    if (!axis) return axis.error();
    const Cut cut(x.shape(), *axis);
    // Equal rows side by side, each group in order of appearance.
    Order order(static_cast<size_t>(cut.length));
    std::iota(order.begin(), order.end(), int64_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](int64_t i, int64_t j) { return compareRows(x, cut, i, j) < 0; });
    std::vector<Order> groups;
    for (const int64_t row : order)
        if (groups.empty() || compareRows(x, cut, groups.back().front(), row) != 0)
            groups.push_back({row});
        else
            groups.back().push_back(row);
    if (context.attributes().integer("sorted", 1) == 0)
        std::sort(groups.begin(), groups.end(),
                  [](const Order& a, const Order& b) { return a.front() < b.front(); });
    Order first, inverse(order.size()), counts;
    for (const auto& group : groups) {
        for (const int64_t row : group)
            inverse[static_cast<size_t>(row)] = static_cast<int64_t>(first.size());
        first.push_back(group.front());
        counts.push_back(static_cast<int64_t>(group.size()));
    }
    auto shape = x.shape();
    shape[*axis] = static_cast<int64_t>(first.size());
    auto y = context.allocate(x.type(), shape);
    if (!y) return y.error();
    Mover mover(x, *y);
    int64_t to = 0;
    for (int64_t block = 0; !y->empty() && block < cut.outer; ++block)
        for (const int64_t row : first) {
            mover.copy(to, (block * cut.length + row) * cut.inner, cut.inner);
            to += cut.inner;
        }
    context.set(0, std::move(*y));
    context.set(1, tensor::Tensor::vector<int64_t>(first));
    context.set(2, tensor::Tensor::vector<int64_t>(inverse));
    context.set(3, tensor::Tensor::vector<int64_t>(counts));
    return {};
}

}  // namespace

Op uniqueOp() {
    return {.name = "Unique",
            .sinceVersion = 11,
            .family = Family::shape,
            .summary = "y = the different elements of x",
            .inputs = {{"X", kNumbers | kBool | typeBit(tensor::DataType::string), "T"}},
            .outputs = {{"Y", kNumbers | kBool | typeBit(tensor::DataType::string), "T"},
                        {"indices", kInt64, {}, Presence::optional},
                        {"inverse_indices", kInt64, {}, Presence::optional},
                        {"counts", kInt64, {}, Presence::optional}},
            .attributes = {integerAttribute("axis", 0, "axis of the rows; absent: x is taken flat"),
                           flagAttribute("sorted", 1, "1: ascending, 0: in order of appearance")},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
