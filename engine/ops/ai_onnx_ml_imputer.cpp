// Imputer: elements that equal the replaced value (NaN stands for every NaN) become the imputed one, which is
// one number or one for each feature (index along the last axis).
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/tensor/visit_type.h"

namespace lathe::ops {
namespace {

template <typename T>
std::vector<T> imputedValues(const ir::Attributes& attributes) {
    std::vector<T> values;
    if constexpr (std::is_floating_point_v<T>)
        for (const float value : attributes.reals("imputed_value_floats"))
            values.push_back(static_cast<T>(value));
    else
        for (const int64_t value : attributes.integers("imputed_value_int64s"))
            values.push_back(static_cast<T>(value));
    return values;
}

template <typename T>
bool isReplaced(T value, const ir::Attributes& attributes) {
    if constexpr (std::is_floating_point_v<T>) {
        const float replaced = attributes.real("replaced_value_float", 0);
        return std::isnan(replaced) ? std::isnan(value) : value == static_cast<T>(replaced);
    } else {
        return value == attributes.integer("replaced_value_int64", 0);
    }
}

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    const auto element = context.element(0);
    if (x && x->empty()) return context.error("X has no dimensions, expected at least 1");
    context.setOutput(0, context.type(0));
    if (element == tensor::DataType::undefined) return {};
    const bool real = tensor::isFloat(element);
    const auto integers = context.attributes().integers("imputed_value_int64s");
    const auto items = real ? context.attributes().reals("imputed_value_floats").size() : integers.size();
    const auto* attribute = real ? "imputed_value_floats" : "imputed_value_int64s";
    if (items == 0) return context.error("{} is missing, which {} elements need", attribute, name(element));
    if (element == tensor::DataType::int32)
        for (const int64_t value : integers)
            if (value != static_cast<int32_t>(value))
                return context.error("{} holds {}, which is no int32", attribute, value);
    const auto features = x ? x->back().constant() : std::nullopt;
    return features ? checkPerFeature(context, attribute, items, *features) : base::Status();
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    auto y = context.allocate(x.type(), x.shape());
    if (!y) return y.error();
    const auto impute = [&](auto tag) {
        using T = typename decltype(tag)::type;
        const auto imputed = imputedValues<T>(context.attributes());
        const auto from = x.values<T>();
        const auto to = y->template mutableValues<T>();
        for (size_t i = 0; i < from.size(); ++i)
            to[i] = isReplaced(from[i], context.attributes()) ? imputed[i % imputed.size()] : from[i];
        return true;
    };
    tensor::visitTypes<float, double, int64_t, int32_t>(x.type(), impute, false);
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op aiOnnxMlImputerOp() {
    return {.name = "Imputer",
            .domain = "ai.onnx.ml",
            .family = Family::elementwise,
            .summary = "Replaces elements of one value, such as NaN, by another",
            .inputs = {{"X", kMlNumbers, "T"}},
            .outputs = {{"Y", kMlNumbers, "T"}},
            .attributes = {realsAttribute("imputed_value_floats", "what floats become"),
                           integersAttribute("imputed_value_int64s", "what integers become"),
                           realAttribute("replaced_value_float", 0, "floats that are replaced"),
                           integerAttribute("replaced_value_int64", 0, "integers that are replaced")},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
