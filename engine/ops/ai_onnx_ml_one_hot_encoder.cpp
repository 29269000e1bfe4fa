// OneHotEncoder: a new last axis with a 1 at the place of the element among the categories. Numbers are cut
// to integers first. Of equal categories the last counts.
#include <cmath>
#include <unordered_map>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_labels.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

template <typename Context>
base::Result<Labels> categories(const Context& context, tensor::DataType element) {
    auto labels = readLabels(context.attributes(), "cats_int64s", "cats_strings");
    if (!labels) return context.error("{}", labels.error().message);
    const bool texts = element == tensor::DataType::string;
    if (element != tensor::DataType::undefined && texts == labels->texts.empty())
        return context.error("the input holds {}, the categories are {}", name(element),
                             texts ? "integers" : "texts");
    return labels;
}

base::Status infer(InferContext& context) {
    const auto labels = categories(context, context.element(0));
    if (!labels) return labels.error();
    const auto* x = context.shape(0);
    std::optional<ir::SymbolicShape> shape;
    if (x) {
        shape = *x;
        shape->push_back(ir::Dim(static_cast<int64_t>(labels->size())));
    }
    context.setOutput(0, tensor::DataType::float32, std::move(shape));
    return {};
}

template <typename T>
std::vector<int64_t> placesOf(std::span<const T> x, const std::vector<T>& categories) {
    std::unordered_map<T, int64_t> places;
    for (size_t i = 0; i < categories.size(); ++i) places[categories[i]] = static_cast<int64_t>(i);
    std::vector<int64_t> result;
    for (const auto& value : x) {
        const auto found = places.find(value);
        result.push_back(found == places.end() ? -1 : found->second);
    }
    return result;
}

// Cut to integers; nothing for numbers that are none, since no category may be met by them.
std::vector<int64_t> integersOf(const tensor::Tensor& x, std::vector<bool>& none) {
    constexpr double kEnd = 9223372036854775808.0;  // 2^63
    if (!tensor::isFloat(x.type())) return tensor::toIntegers(x);
    std::vector<int64_t> result;
    for (const double value : reals(x)) {
        none.push_back(!(value >= -kEnd && value < kEnd));
        result.push_back(none.back() ? 0 : static_cast<int64_t>(value));
    }
    return result;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto labels = categories(context, x.type());
    if (!labels) return labels.error();
    const bool texts = x.type() == tensor::DataType::string;
    std::vector<bool> none;
    const auto width = static_cast<int64_t>(labels->size());
    auto shape = x.shape();
    shape.push_back(width);
    auto y = context.allocate(tensor::DataType::float32, shape);
    if (!y) return y.error();
    const auto places = texts ? placesOf<std::string>(x.values<std::string>(), labels->texts)
                              : placesOf<int64_t>(integersOf(x, none), labels->integers);
    const bool strict = context.attributes().integer("zeros", 1) == 0;
    const auto to = y->mutableValues<float>();
    for (size_t i = 0; i < places.size(); ++i) {
        const bool known = places[i] >= 0 && (none.empty() || !none[i]);
        if (known)
            to[i * static_cast<size_t>(width) + static_cast<size_t>(places[i])] = 1;
        else if (strict)
            return context.error("element {} is no category, and zeros is 0", i);
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op aiOnnxMlOneHotEncoderOp() {
    constexpr TypeSet kTypes = kMlNumbers | typeBit(tensor::DataType::string);
    return {.name = "OneHotEncoder",
            .domain = "ai.onnx.ml",
            .family = Family::shape,
            .summary = "1 at the place of the element among the categories, 0 elsewhere, along a new axis",
            .inputs = {{"X", kTypes}},
            .outputs = {{"Y", kFloat32}},
            .attributes = {integersAttribute("cats_int64s", "categories that are integers"),
                           textsAttribute("cats_strings", "categories that are texts"),
                           flagAttribute("zeros", 1, "1: other elements give zeros, 0: an error")},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
