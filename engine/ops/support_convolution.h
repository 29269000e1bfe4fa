// What the convolutions share: operand shapes checked and placed, and the sum itself for any number type.
//
//   y[n, m, o] += sum over c, k of x[n, c, o*stride + k*dilation - pad] * w[m, c, k]
//
// with the channels split into groups. The transposed convolution is the same sum read the other way.
#pragma once

#include <span>

#include "engine/ops/cost_context.h"
#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"
#include "engine/ops/support_window.h"

namespace lathe::ops {

struct ConvolutionPlan {
    int64_t batch = 0, groups = 1;
    int64_t inPerGroup = 0, outPerGroup = 0;
    WindowRuns runs;
    tensor::Shape outputShape;
};

// Checks x [N, C, ...] and w [M, C/groups, ...] and works out where every product goes.
base::Result<ConvolutionPlan> planConvolution(const EvalContext& context, const tensor::Tensor& x,
                                              const tensor::Tensor& w);

// The output shape of a convolution of input `x` with weight `w`, as far as it is known. An error names the
// node.
base::Result<std::optional<ir::SymbolicShape>> convolutionShape(const InferContext& context, size_t x,
                                                                size_t w);
// Checks that input i, when there and known, is a vector with one item an output channel.
base::Status checkChannelVector(const InferContext& context, size_t i, std::string_view what,
                                const ir::SymbolicShape& output);
// Multiply-accumulates of a convolution with these operands.
double convolutionMacs(const CostContext& context, size_t w);

// y holds the start values, [batch, groups*outPerGroup, output plane].
template <typename T>
void convolve(const ConvolutionPlan& plan, std::span<const T> x, std::span<const T> w, std::span<T> y) {
    const int64_t inPlane = plan.runs.inputCount, outPlane = plan.runs.outputCount, step = plan.runs.step;
    const T* weight = w.data();
    for (int64_t n = 0; n < plan.batch; ++n) {
        const T* next = weight;
        for (int64_t m = 0; m < plan.groups * plan.outPerGroup; ++m) {
            T* out = y.data() + (n * plan.groups * plan.outPerGroup + m) * outPlane;
            const int64_t firstChannel = (n * plan.groups + m / plan.outPerGroup) * plan.inPerGroup;
            for (int64_t c = 0; c < plan.inPerGroup; ++c) {
                const T* in = x.data() + (firstChannel + c) * inPlane;
                for (const auto& runs : plan.runs.runs) {
                    const T factor = *next++;
                    for (const auto& run : runs) {
                        T* o = out + run.output;
                        const T* i = in + run.input;
                        for (int64_t j = 0; j < run.count; ++j) o[j] += factor * i[j * step];
                    }
                }
            }
        }
    }
}

}  // namespace lathe::ops
