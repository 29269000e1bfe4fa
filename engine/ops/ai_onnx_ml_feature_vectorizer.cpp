// FeatureVectorizer: the rows of all inputs one behind the other. Each input is cut, or filled with zeros, to
// its item of inputdimensions. [C] counts as one row; further axes of an input are features too.
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto given = context.attributes().integers("inputdimensions");
    const auto inputs = context.inputCount();
    if (inputs == 0) return context.error("has no inputs, expected at least 1");
    if (!given.empty() && given.size() != inputs)
        return context.error("inputdimensions has {} items, expected {}", given.size(), inputs);
    ir::Dim rows = ir::Dim::unknown(), width = 0;
    for (size_t i = 0; i < inputs; ++i) {
        const auto* shape = context.shape(i);
        if (shape && shape->empty())
            return context.error("input {} has no dimensions, expected at least 1", i);
        ir::Dim count = ir::Dim::unknown(), features = ir::Dim::unknown();
        if (shape) {
            count = shape->size() == 1 ? ir::Dim(1) : shape->front();
            features = ir::product(std::span(*shape).subspan(shape->size() == 1 ? 0 : 1));
        }
        if (!given.empty() && given[i] < 0) return context.error("inputdimensions holds {}", given[i]);
        width = width + (given.empty() ? features : ir::Dim(given[i]));
        if (rows.isKnown() && count.isKnown() && !(rows == count))
            return context.error("input {} has {} rows, expected {}", i, count.toString(), rows.toString());
        if (!rows.isKnown() && !count.isUnknown()) rows = count;
    }
    context.setOutput(0, tensor::DataType::float32, ir::SymbolicShape{rows, width});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto given = context.attributes().integers("inputdimensions");
    const auto rows = context.in(0).rank() == 1 ? 1 : context.in(0).dimension(0);
    std::vector<int64_t> own, wanted;
    for (size_t i = 0; i < context.inputCount(); ++i) {
        const auto shape = tensor::Dimensions(context.in(i).shape());
        if ((shape.size() == 1 ? 1 : shape.front()) != rows)
            return context.error("input {} has another number of rows than the first", i);
        own.push_back(tensor::elementCount(shape.subspan(shape.size() == 1 ? 0 : 1)));
        wanted.push_back(given.empty() ? own.back() : given[i]);
    }
    int64_t width = 0;
    for (const auto features : wanted)
        if (__builtin_add_overflow(width, features, &width))
            return context.error("inputdimensions are too large");
    auto y = context.allocate(tensor::DataType::float32, tensor::Shape{rows, width});
    if (!y) return y.error();
    const auto to = y->mutableValues<float>();
    int64_t first = 0;
    for (size_t i = 0; i < context.inputCount(); ++i) {
        const Reals from = reals(context.in(i));
        for (int64_t row = 0; row < rows; ++row)
            for (int64_t j = 0; j < std::min(own[i], wanted[i]); ++j)
                to[static_cast<size_t>(row * width + first + j)] =
                    static_cast<float>(from[static_cast<size_t>(row * own[i] + j)]);
        first += wanted[i];
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op aiOnnxMlFeatureVectorizerOp() {
    return {.name = "FeatureVectorizer",
            .domain = "ai.onnx.ml",
            .family = Family::shape,
            .summary = "Joins the features of all inputs row by row",
            .inputs = {{"X", kMlNumbers, "T1", Presence::variadic}},
            .outputs = {{"Y", kFloat32}},
            .attributes = {integersAttribute("inputdimensions", "features taken of each input")},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
