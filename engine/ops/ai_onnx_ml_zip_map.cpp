// ZipMap: every row of scores becomes a map from the class labels to the scores.
#include <set>

#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_labels.h"
#include "engine/ops/support_ml_rows.h"

namespace lathe::ops {
namespace {

template <typename T>
bool allDiffer(const std::vector<T>& items) {
    return std::set<T>(items.begin(), items.end()).size() == items.size();
}

template <typename Context>
base::Result<Labels> labelsOf(const Context& context, int64_t columns) {
    auto labels = readLabels(context.attributes(), "classlabels_int64s", "classlabels_strings");
    if (!labels) return context.error("{}", labels.error().message);
    if (!allDiffer(labels->integers) || !allDiffer(labels->texts))
        return context.error("the class labels hold one twice");
    if (columns >= 0 && static_cast<size_t>(columns) != labels->size())
        return context.error("the input has {} columns, but there are {} class labels", columns,
                             labels->size());
    return labels;
}

base::Status infer(InferContext& context) {
    const auto rows = symbolicRows(context);
    if (!rows) return rows.error();
    const auto labels = labelsOf(context, rows->width.constantOr(-1));
    if (!labels) return labels.error();
    ir::ValueType map;
    map.kind = ir::ValueType::Kind::map;
    map.element = labels->type();
    map.inner = std::make_shared<const ir::ValueType>(
        ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{}));
    context.setOutput(0, ir::ValueType::sequenceOf(std::move(map)));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto rows = rowsOf(context, x);
    if (!rows) return rows.error();
    const auto labels = labelsOf(context, rows->width);
    if (!labels) return labels.error();
    const auto keys = labels->texts.empty()
                          ? tensor::Tensor::vector(std::span<const int64_t>(labels->integers))
                          : tensor::Tensor::vector(std::span<const std::string>(labels->texts));
    const auto scores = x.values<float>();
    tensor::Sequence maps;
    for (int64_t row = 0; row < rows->count; ++row) {
        tensor::Map map{keys, {}};
        for (int64_t column = 0; column < rows->width; ++column)
            map.values.emplace_back(
                tensor::Tensor::scalar(scores[static_cast<size_t>(row * rows->width + column)]));
        maps.items.emplace_back(std::move(map));
    }
    context.set(0, std::move(maps));
    return {};
}

}  // namespace

Op aiOnnxMlZipMapOp() {
    return {.name = "ZipMap",
            .domain = "ai.onnx.ml",
            .family = Family::control,
            .summary = "Every row of scores becomes a map from the class labels to them",
            .inputs = {{"X", kFloat32}},
            .outputs = {{"Z", kAnyValue}},
            .attributes = {integersAttribute("classlabels_int64s", "labels that are integers"),
                           textsAttribute("classlabels_strings", "labels that are texts")},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
