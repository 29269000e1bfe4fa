// Equal: c = a == b, broadcast; NaN equals nothing.
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kEquatable = kNumbers | kBool | typeBit(tensor::DataType::string);

base::Status infer(InferContext& context) {
    return inferComparison(context, [](const ir::Dim& a, const ir::Dim& b) { return provenEqual(a, b); });
}

base::Status evaluate(EvalContext& context) {
    if (context.in(0).type() == tensor::DataType::string)
        return compareStrings(context, [](const std::string& a, const std::string& b) { return a == b; });
    return compareNumbers(context, [](auto a, auto b) { return a == b; });
}

}  // namespace

Op equalOp() {
    return {.name = "Equal",
            .sinceVersion = 19,
            .family = Family::elementwise,
            .summary = "c = a == b",
            .inputs = {{"A", kEquatable, "T"}, {"B", kEquatable, "T"}},
            .outputs = {{"C", kBool}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
