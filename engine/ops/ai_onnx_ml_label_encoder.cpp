// LabelEncoder: every element is looked up among the keys and replaced by the value beside the key, or by the
// default. Of equal keys the last counts; a NaN key stands for every NaN.
#include <cmath>
#include <unordered_map>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_move.h"
#include "engine/tensor/visit_type.h"

namespace lathe::ops {
namespace {

using tensor::Tensor;

constexpr TypeSet kTypes = kMlNumbers | typeSet(tensor::DataType::int16, tensor::DataType::string);

// keys_* or values_*: the one that is given, as a vector.
template <typename Context>
base::Result<Tensor> listOf(const Context& context, const std::string& stem) {
    const auto& attributes = context.attributes();
    std::vector<Tensor> given;
    if (const auto list = attributes.reals(stem + "_floats"); !list.empty())
        given.push_back(Tensor::vector(std::span<const float>(list)));
    if (const auto list = attributes.integers(stem + "_int64s"); !list.empty())
        given.push_back(Tensor::vector(std::span<const int64_t>(list)));
    if (const auto list = attributes.texts(stem + "_strings"); !list.empty())
        given.push_back(Tensor::vector(std::span<const std::string>(list)));
    if (const auto* tensor = attributes.tensor(stem + "_tensor"); tensor && !tensor->empty()) {
        if (tensor->rank() != 1 || !(typeBit(tensor->type()) & kTypes))
            return context.error("{}_tensor is {}, expected a list of texts or numbers", stem,
                                 tensor::toString(tensor->type(), tensor->shape()));
        given.push_back(tensor->aligned());
    }
    if (given.size() != 1)
        return context.error("exactly one of the attributes {}_* must be given, found {}", stem,
                             given.size());
    return given.front();
}

struct Lists {
    Tensor keys, values;
};
template <typename Context>
base::Result<Lists> readLists(const Context& context) {
    auto keys = listOf(context, "keys"), values = listOf(context, "values");
    if (!keys) return keys.error();
    if (!values) return values.error();
    if (keys->elementCount() != values->elementCount())
        return context.error("has {} keys and {} values; both must be as many", keys->elementCount(),
                             values->elementCount());
    if (const auto* other = context.attributes().tensor("default_tensor");
        other && (other->type() != values->type() || other->elementCount() != 1))
        return context.error("default_tensor is {}, expected one {}",
                             tensor::toString(other->type(), other->shape()), name(values->type()));
    return Lists{std::move(*keys), std::move(*values)};
}

base::Status infer(InferContext& context) {
    const auto lists = readLists(context);
    if (!lists) return lists.error();
    const auto element = context.element(0);
    if (element != tensor::DataType::undefined && element != lists->keys.type())
        return context.error("the input holds {}, but the keys are {}", name(element),
                             name(lists->keys.type()));
    const auto* x = context.shape(0);
    context.setOutput(0, lists->values.type(), x ? std::optional(*x) : std::nullopt);
    return {};
}

Tensor defaultOf(const ir::Attributes& attributes, tensor::DataType type) {
    if (const auto* given = attributes.tensor("default_tensor")) return given->aligned();
    if (type == tensor::DataType::string)
        return Tensor::scalar(std::string(attributes.text("default_string", "_Unused")));
    if (type == tensor::DataType::int64) return Tensor::scalar(attributes.integer("default_int64", -1));
    if (type == tensor::DataType::float32) return Tensor::scalar(attributes.real("default_float", -0.0f));
    if (type == tensor::DataType::float64) return Tensor::scalar(-0.0);
    return type == tensor::DataType::int32 ? Tensor::scalar(int32_t{-1}) : Tensor::scalar(int16_t{-1});
}

template <typename T>
bool isNan(const T& value) {
    if constexpr (std::is_floating_point_v<T>)
        return std::isnan(value);
    else
        return value != value;
}

// For every element of x the place of its key, -1 without one.
template <typename T>
std::vector<int64_t> placesOf(std::span<const T> keys, std::span<const T> x) {
    std::unordered_map<T, int64_t> places;
    int64_t nan = -1;
    for (size_t i = 0; i < keys.size(); ++i)
        (isNan(keys[i]) ? nan : places[keys[i]]) = static_cast<int64_t>(i);
    std::vector<int64_t> result;
    result.reserve(x.size());
    for (const auto& value : x) {
        const auto found = places.find(value);
        result.push_back(isNan(value) ? nan : found == places.end() ? -1 : found->second);
    }
    return result;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto lists = readLists(context);
    if (!lists) return lists.error();
    auto y = context.allocate(lists->values.type(), x.shape());
    if (!y) return y.error();
    std::vector<int64_t> places;
    const auto find = [&](auto tag) {
        using T = typename decltype(tag)::type;
        places = placesOf<T>(lists->keys.values<T>(), x.values<T>());
        return true;
    };
    tensor::visitTypes<std::string, int64_t, float, int32_t, int16_t, double>(x.type(), find, false);
    const auto otherwise = defaultOf(context.attributes(), lists->values.type());
    Mover known(lists->values, *y), unknown(otherwise, *y);
    for (size_t i = 0; i < places.size(); ++i) {
        const auto at = static_cast<int64_t>(i);
        if (places[i] < 0)
            unknown.copy(at, 0);
        else
            known.copy(at, places[i]);
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op aiOnnxMlLabelEncoderOp() {
    return {.name = "LabelEncoder",
            .domain = "ai.onnx.ml",
            .sinceVersion = 4,
            .family = Family::elementwise,
            .summary = "Looks up every element among the keys and gives the value beside it",
            .inputs = {{"X", kTypes}},
            .outputs = {{"Y", kTypes}},
            .attributes = {realAttribute("default_float", -0.0, "for elements that are no key"),
                           integerAttribute("default_int64", -1, "for elements that are no key"),
                           textAttribute("default_string", "_Unused", "for elements that are no key"),
                           realsAttribute("keys_floats", "what is looked up"),
                           integersAttribute("keys_int64s", "what is looked up"),
                           textsAttribute("keys_strings", "what is looked up"),
                           realsAttribute("values_floats", "what it becomes"),
                           integersAttribute("values_int64s", "what it becomes"),
                           textsAttribute("values_strings", "what it becomes")},
            .otherAttributes = {"default_tensor", "keys_tensor", "values_tensor"},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
