// Inputs of the domain ai.onnx.ml: rows of features, [N, F], where [F] counts as one row.
#pragma once

#include <span>

#include "engine/ops/op.h"

namespace lathe::ops {

inline constexpr TypeSet kMlNumbers = typeSet(tensor::DataType::float32, tensor::DataType::float64,
                                              tensor::DataType::int64, tensor::DataType::int32);
inline constexpr TypeSet kFloat32 = typeBit(tensor::DataType::float32);
inline constexpr TypeSet kLabels = typeSet(tensor::DataType::int64, tensor::DataType::string);

struct Rows {
    int64_t count = 0, width = 0;
};
// An error when the input has another rank than 1 or 2.
base::Result<Rows> rowsOf(const EvalContext& context, const tensor::Tensor& x);

struct SymbolicRows {
    ir::Dim count = ir::Dim::unknown(), width = ir::Dim::unknown();  // unknown with the rank
};
base::Result<SymbolicRows> symbolicRows(const InferContext& context);

// The list of numbers of an attribute, which may have its type double as "<name>_as_tensor" instead.
std::vector<double> realsAttributeOf(const ir::Attributes& attributes, std::string_view name);
std::vector<double> realsOfTensor(const ir::Attributes& attributes, std::string_view name);

// The error of a list that has neither one item nor one for each feature.
template <typename Context>
base::Status checkPerFeature(const Context& context, std::string_view attribute, size_t items,
                             int64_t features) {
    if (items == 1 || static_cast<int64_t>(items) == features) return {};
    return context.error("{} has {} items, expected 1 or one for each of the {} features", attribute, items,
                         features);
}

}  // namespace lathe::ops
