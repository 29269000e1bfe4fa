// StringConcat: z = the text of x followed by the text of y, broadcast.
#include "engine/ops/op.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kText = typeBit(tensor::DataType::string);
// Broadcasting repeats texts, so a small model could ask for far more than its own size.
constexpr uint64_t kMostBytes = uint64_t{1} << 32;

base::Status evaluate(EvalContext& context) {
    const auto shape = broadcastInputs(context);
    if (!shape) return shape.error();
    auto z = context.allocate(tensor::DataType::string, *shape);
    if (!z) return z.error();
    const auto x = context.in(0).values<std::string>(), y = context.in(1).values<std::string>();
    Walk walkX(*shape, broadcastSteps(context.in(0).shape(), *shape));
    Walk walkY(*shape, broadcastSteps(context.in(1).shape(), *shape));
    uint64_t bytes = 0;
    for (auto& text : z->mutableValues<std::string>()) {
        const auto &first = x[static_cast<size_t>(walkX.index())],
                   &second = y[static_cast<size_t>(walkY.index())];
        bytes += first.size() + second.size();
        if (bytes > kMostBytes) return context.error("the texts of the result take more than 4 GiB");
        text = first + second;
        walkX.next();
        walkY.next();
    }
    context.set(0, std::move(*z));
    return {};
}

}  // namespace

Op stringConcatOp() {
    return {.name = "StringConcat",
            .sinceVersion = 20,
            .family = Family::control,
            .summary = "z = the texts of x followed by those of y",
            .inputs = {{"X", kText}, {"Y", kText}},
            .outputs = {{"Z", kText}},
            .attributes = {},
            .infer = inferBroadcast,
            .cost = nullptr,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
