#include "engine/ops/support_arg.h"

namespace lathe::ops {

base::Status inferPick(InferContext& context) {
    const auto* shape = context.shape(0);
    if (!shape) {
        context.setOutput(0, tensor::DataType::int64, std::nullopt);
        return {};
    }
    const auto axis =
        axisOf(context, context.attributes().integer("axis", 0), static_cast<int64_t>(shape->size()));
    if (!axis) return axis.error();
    ir::SymbolicShape result = *shape;
    if (context.attributes().integer("keepdims", 1) != 0)
        result[*axis] = 1;
    else
        result.erase(result.begin() + static_cast<std::ptrdiff_t>(*axis));
    context.setOutput(0, tensor::DataType::int64, std::move(result));
    return {};
}

}  // namespace lathe::ops
