// com.microsoft QLinearGlobalAveragePool: Y = quantize(mean of dequantize(X) over all spatial axes); channels
// are axis 1, or with channels_last the last axis.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

size_t channelAxis(const ir::Attributes& attributes, size_t rank) {
    return attributes.integer("channels_last", 0) != 0 ? rank - 1 : 1;
}

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (!x) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    if (x->size() < 3) return context.error("input has {} dimensions, expected at least 3", x->size());
    ir::SymbolicShape shape(x->size(), 1);
    const auto axis = channelAxis(context.attributes(), x->size());
    shape[0] = (*x)[0];
    shape[axis] = (*x)[axis];
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    if (x.rank() < 3) return context.error("input has {} dimensions, expected at least 3", x.rank());
    const auto axis = channelAxis(context.attributes(), x.shape().size());
    const auto batch = static_cast<size_t>(x.shape()[0]), channels = static_cast<size_t>(x.shape()[axis]);
    const auto in = dequantizedInput(context, 0, 1, 2);
    if (!in) return in.error();
    tensor::Shape shape = x.shape();
    for (size_t i = 1; i < shape.size(); ++i)
        if (i != axis) shape[i] = 1;
    Reals y(batch * channels, 0);
    const size_t perSample = batch ? in->size() / batch : 0, spatial = channels ? perSample / channels : 0;
    for (size_t i = 0; i < in->size(); ++i) {
        const size_t c = axis == 1 ? i / spatial % channels : i % channels;
        y[i / perSample * channels + c] += (*in)[i] / static_cast<double>(spatial);
    }
    return setQuantized(context, x.type(), shape, y, 3, 4);
}

}  // namespace

Op comMicrosoftQLinearGlobalAveragePoolOp() {
    return {.name = "QLinearGlobalAveragePool",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Mean of quantized numbers over all spatial axes",
            .inputs = qLinearUnaryInputs(),
            .outputs = {{"Y", kBytes, "T"}},
            .attributes = {flagAttribute("channels_last", 0, "1: channels are the last axis")},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
