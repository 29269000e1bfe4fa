// Reductions over axes: shape rule, evaluation and schema that the Reduce family shares.
// Axes come as input 1. None means all of them or, with noop_with_empty_axes, none: then every element is a
// lane of its own (ReduceSumSquare is a square).
#pragma once

#include "engine/base/function_ref.h"
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {

// Shape rule of the Reduce family.
base::Status inferReduction(InferContext& context);
// The same, and a vector of known contents folds to one number.
base::Status inferReductionOfContents(InferContext& context, DimOperation operation);

// Which elements of input 0 meet in which element of the output.
struct Reduction {
    tensor::Shape shape;                 // of the output
    tensor::Shape keptShape, keptSteps;  // walk over where a lane starts, in output order
    tensor::Shape laneShape, laneSteps;  // walk inside a lane
    int64_t laneLength = 1;
};
base::Result<Reduction> planReduction(const EvalContext& context);

// Calls reduce(lane) for every output element in order, W: double, int64_t or uint64_t.
template <typename W>
base::Status reduceAs(EvalContext& context, base::FunctionRef<W(std::span<const W>)> reduce);
extern template base::Status reduceAs<double>(EvalContext&,
                                              base::FunctionRef<double(std::span<const double>)>);
extern template base::Status reduceAs<int64_t>(EvalContext&,
                                               base::FunctionRef<int64_t(std::span<const int64_t>)>);
extern template base::Status reduceAs<uint64_t>(EvalContext&,
                                                base::FunctionRef<uint64_t(std::span<const uint64_t>)>);

// y = reduce(lane) where `reduce` takes a span of the wide type and gives that type.
template <typename Reduce>
base::Status reduceNumbers(EvalContext& context, Reduce reduce) {
    return visitWide(context.in(0).type(), [&](auto tag) {
        using W = typename decltype(tag)::type;
        return reduceAs<W>(context, [&](std::span<const W> lane) -> W { return reduce(lane); });
    });
}

// A value of the output's shape, with size 1 on each axis that was reduced: broadcasts against input 0.
ir::ValueId keptAxes(GradientContext& context, ir::ValueId value);

// Factory of the family's schema; only name, equation and functions differ.
Op reductionOp(std::string_view name, int sinceVersion, std::string_view summary, TypeSet types,
               base::Status (*infer)(InferContext&), base::Status (*evaluate)(EvalContext&),
               base::Status (*gradient)(GradientContext&) = nullptr);

}  // namespace lathe::ops
