// Col2Im: columns of flattened blocks put back into an image, where blocks overlap they add up.
//
//   y[n, c, o*stride + k*dilation - pad] += x[n, c*blockSize + k, o]
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"
#include "engine/ops/support_window.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (x && x->size() != 3) return context.error("input has {} dimensions, expected 3", x->size());
    const auto image = context.contents(1), block = context.contents(2);
    std::optional<size_t> rank;
    if (image)
        rank = image->size();
    else if (const auto* shape = context.shape(1); shape && shape->size() == 1 && (*shape)[0].isKnown())
        rank = static_cast<size_t>(*(*shape)[0].constant());
    if (!rank) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    ir::SymbolicShape shape(2 + *rank, ir::Dim::unknown());
    if (x) shape[0] = (*x)[0];
    if (x && block)
        if (const auto channels = exactDiv((*x)[1], ir::product(*block))) shape[1] = *channels;
    for (size_t i = 0; image && i < *rank; ++i) shape[i + 2] = (*image)[i];
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto image = tensor::toIntegers(context.in(1)), block = tensor::toIntegers(context.in(2));
    if (x.rank() != 3 || image.empty() || image.size() != block.size())
        return context.error("input {} with {} image and {} block sizes does not fit",
                             tensor::toString(x.shape()), image.size(), block.size());
    auto window = readWindow(context.attributes(), block);
    if (!window) return context.error("{}", window.error().message);
    const auto placed = placeWindow(std::move(*window), image);
    if (!placed) return context.error("{}", placed.error().message);
    const auto blockSize = placed->window.kernelCount();
    const int64_t channels = x.shape()[1] / blockSize;
    tensor::Shape shape = {x.shape()[0], channels};
    for (const auto size : image) shape.push_back(size);
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const auto runs = windowRuns(*placed);
    if (x.shape()[1] % blockSize != 0 || x.shape()[2] != runs.outputCount)
        return context.error("input {} does not fit blocks of {} elements at {} places",
                             tensor::toString(x.shape()), blockSize, runs.outputCount);
    const Reals in = reals(x);
    Reals y(static_cast<size_t>(tensor::elementCount(shape)), 0);
    const double* from = in.data();
    for (int64_t plane = 0; plane < x.shape()[0] * channels; ++plane) {
        double* to = y.data() + plane * runs.inputCount;
        for (const auto& list : runs.runs) {
            for (const auto& run : list)
                for (int64_t j = 0; j < run.count; ++j) to[run.input + j * runs.step] += from[run.output + j];
            from += runs.outputCount;
        }
    }
    return setReals(context, 0, x.type(), shape, y);
}

}  // namespace

Op col2ImOp() {
    return {.name = "Col2Im",
            .sinceVersion = 18,
            .family = Family::shape,
            .summary = "Puts columns of flattened blocks back into an image, adding up where they overlap",
            .inputs = {{"input", kNumbers, "T"}, {"image_shape", kInt64}, {"block_shape", kInt64}},
            .outputs = {{"output", kNumbers, "T"}},
            .attributes = {integersAttribute("dilations", "distance of block elements along each axis"),
                           integersAttribute("pads", "padding before each axis, then after each"),
                           integersAttribute("strides", "distance of blocks along each axis")},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
