// CategoryMapper: texts become the integers beside them in the lists, integers the texts; what is in no list
// becomes the default. Of equal keys the last counts.
#include <unordered_map>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_labels.h"
#include "engine/ops/support_ml_rows.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto integers = context.attributes().integers("cats_int64s").size();
    const auto texts = context.attributes().texts("cats_strings").size();
    if (integers != texts)
        return context.error("cats_int64s has {} items, cats_strings has {}; both must have the same",
                             integers, texts);
    const auto* x = context.shape(0);
    const auto element = context.element(0);
    const auto other = element == tensor::DataType::string  ? tensor::DataType::int64
                       : element == tensor::DataType::int64 ? tensor::DataType::string
                                                            : element;
    context.setOutput(0, other, x ? std::optional(*x) : std::nullopt);
    return {};
}

template <typename From, typename To>
void map(std::span<const From> x, std::span<To> y, const std::vector<From>& keys,
         const std::vector<To>& values, const To& otherwise) {
    std::unordered_map<From, const To*> table;
    for (size_t i = 0; i < keys.size(); ++i) table[keys[i]] = &values[i];
    for (size_t i = 0; i < x.size(); ++i) {
        const auto found = table.find(x[i]);
        y[i] = found == table.end() ? otherwise : *found->second;
    }
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto& attributes = context.attributes();
    const auto integers = attributes.integers("cats_int64s");
    const auto texts = attributes.texts("cats_strings");
    const bool fromTexts = x.type() == tensor::DataType::string;
    auto y = context.allocate(fromTexts ? tensor::DataType::int64 : tensor::DataType::string, x.shape());
    if (!y) return y.error();
    if (fromTexts)
        map(x.values<std::string>(), y->mutableValues<int64_t>(), texts, integers,
            attributes.integer("default_int64", -1));
    else
        map(x.values<int64_t>(), y->mutableValues<std::string>(), integers, texts,
            std::string(attributes.text("default_string", "_Unused")));
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op aiOnnxMlCategoryMapperOp() {
    return {.name = "CategoryMapper",
            .domain = "ai.onnx.ml",
            .family = Family::elementwise,
            .summary = "Texts become the integers beside them in two lists, integers the texts",
            .inputs = {{"X", kLabels}},
            .outputs = {{"Y", kLabels}},
            .attributes = {integersAttribute("cats_int64s", "the integers"),
                           textsAttribute("cats_strings", "the texts beside them"),
                           integerAttribute("default_int64", -1, "for texts in no list"),
                           textAttribute("default_string", "_Unused", "for integers in no list")},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
