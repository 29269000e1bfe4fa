// CastMap: the values of a map in the order of its keys, as one row of floats, integers or texts. DENSE: only
// the values that are there; SPARSE: the key is the column, of max_map columns.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"

namespace lathe::ops {
namespace {

using Kind = ir::ValueType::Kind;
using tensor::DataType;

DataType outputType(const ir::Attributes& attributes) {
    const auto to = attributes.text("cast_to", "TO_FLOAT");
    return to == "TO_STRING" ? DataType::string : to == "TO_INT64" ? DataType::int64 : DataType::float32;
}

bool isSparse(const ir::Attributes& attributes) { return attributes.text("map_form", "DENSE") == "SPARSE"; }

base::Status infer(InferContext& context) {
    const auto& type = context.type(0);
    if (type.kind != Kind::unknown && type.kind != Kind::map)
        return context.error("X is {}, expected a map", ir::toString(type));
    if (type.kind == Kind::map && type.element != DataType::undefined && type.element != DataType::int64)
        return context.error("the keys of X are {}, expected int64", name(type.element));
    const ir::Dim width = isSparse(context.attributes()) ? ir::Dim(context.attributes().integer("max_map", 1))
                                                         : context.freshDim("count");
    context.setOutput(0, outputType(context.attributes()), ir::SymbolicShape{ir::Dim(1), width});
    return {};
}

// The number a text spells, all of it.
base::Result<double> numberOf(const EvalContext& context, const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return context.error("the value \"{}\" is no number", text);
    return number;
}

base::Status put(const EvalContext& context, const tensor::Tensor& value, tensor::Tensor& y, size_t column) {
    const auto from = value.aligned();
    const bool text = from.type() == DataType::string;
    if (y.type() == DataType::string) {
        y.mutableValues<std::string>()[column] =
            text ? from.values<std::string>().front() : fmt::format("{:f}", from.values<float>().front());
        return {};
    }
    const auto number = text ? numberOf(context, from.values<std::string>().front())
                             : base::Result<double>(static_cast<double>(from.values<float>().front()));
    if (!number) return number.error();
    if (y.type() == DataType::float32) {
        y.mutableValues<float>()[column] = static_cast<float>(*number);
        return {};
    }
    constexpr double kEnd = 9223372036854775808.0;  // 2^63
    if (!(*number >= -kEnd && *number < kEnd)) return context.error("the value {} is no int64", *number);
    y.mutableValues<int64_t>()[column] = static_cast<int64_t>(*number);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto* map = context.value(0).map();
    if (!map || map->keys.type() != DataType::int64 ||
        map->keys.elementCount() != static_cast<int64_t>(map->values.size()))
        return context.error("X is no map from int64");
    const auto aligned = map->keys.aligned();
    const auto keys = aligned.values<int64_t>();
    std::vector<size_t> order(keys.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return keys[a] < keys[b]; });
    const bool sparse = isSparse(context.attributes());
    const int64_t width =
        sparse ? context.attributes().integer("max_map", 1) : static_cast<int64_t>(keys.size());
    auto y = context.allocate(outputType(context.attributes()), tensor::Shape{1, width});
    if (!y) return y.error();
    for (size_t i = 0; i < order.size(); ++i) {
        const auto key = keys[order[i]];
        if (sparse && (key < 0 || key >= width))
            return context.error("key {} is outside [0, {})", key, width);
        const auto* value = map->values[order[i]].tensor();
        if (!value || value->elementCount() != 1 ||
            (value->type() != DataType::string && value->type() != DataType::float32))
            return context.error("a value of the map is neither one float nor one text");
        if (auto ok = put(context, *value, *y, sparse ? static_cast<size_t>(key) : i); !ok) return ok;
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op aiOnnxMlCastMapOp() {
    auto columns = integerAttribute("max_map", 1, "columns of the sparse form");
    columns.minimum = 0;
    return {.name = "CastMap",
            .domain = "ai.onnx.ml",
            .family = Family::control,
            .summary = "The values of a map in the order of its keys",
            .inputs = {{"X", kAnyValue}},
            .outputs = {{"Y", kLabels | kFloat32}},
            .attributes = {choiceAttribute("cast_to", {"TO_FLOAT", "TO_STRING", "TO_INT64"}, "TO_FLOAT",
                                           "element type of the output"),
                           choiceAttribute("map_form", {"DENSE", "SPARSE"}, "DENSE",
                                           "DENSE: values alone, SPARSE: the key is the column"),
                           std::move(columns)},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
