#include "engine/ops/support_ml_rows.h"

#include "engine/ops/support_reals.h"

namespace lathe::ops {

base::Result<Rows> rowsOf(const EvalContext& context, const tensor::Tensor& x) {
    if (x.rank() != 1 && x.rank() != 2)
        return context.error("the input has {} dimensions, expected 1 or 2", x.rank());
    return x.rank() == 1 ? Rows{1, x.dimension(0)} : Rows{x.dimension(0), x.dimension(1)};
}

base::Result<SymbolicRows> symbolicRows(const InferContext& context) {
    const auto* shape = context.shape(0);
    if (!shape) return SymbolicRows{};
    if (shape->size() != 1 && shape->size() != 2)
        return context.error("the input has {} dimensions, expected 1 or 2", shape->size());
    return shape->size() == 1 ? SymbolicRows{ir::Dim(1), (*shape)[0]}
                              : SymbolicRows{(*shape)[0], (*shape)[1]};
}

std::vector<double> realsOfTensor(const ir::Attributes& attributes, std::string_view name) {
    const auto* tensor = attributes.tensor(name);
    return tensor && tensor::isFloat(tensor->type()) ? reals(tensor->aligned()) : std::vector<double>{};
}

std::vector<double> realsAttributeOf(const ir::Attributes& attributes, std::string_view name) {
    const auto list = attributes.reals(name);
    if (!list.empty()) return {list.begin(), list.end()};
    return realsOfTensor(attributes, std::string(name) + "_as_tensor");
}

}  // namespace lathe::ops
