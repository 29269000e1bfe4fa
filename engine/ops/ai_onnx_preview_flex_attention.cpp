// FlexAttention (Dong et al. 2024; ONNX preview FlexAttention): attention whose scores and weights bodies of
// the node may change:
//
//   P = prob_mod(softmax(score_mod(scale * Q K^T)))      Y = P V
//
// Each body takes and gives one tensor [batch, query heads, queries, keys] of type softmax_precision. Fewer
// key heads than query heads are shared by groups of query heads.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

using tensor::DataType;

constexpr std::array<std::string_view, 3> kNames = {"Q", "K", "V"};

// The element type that the bodies see.
base::Result<DataType> precisionOf(const auto& context, DataType input) {
    const int64_t given = context.attributes().integer("softmax_precision", 0);
    if (given == 0) return input == DataType::float64 ? DataType::float64 : DataType::float32;
    for (const auto type : {DataType::float32, DataType::float64, DataType::float16, DataType::bfloat16})
        if (given == static_cast<int64_t>(type)) return type;
    return context.error("softmax_precision is {}, which is no type of floats", given);
}

base::Status inferBody(InferContext& context, std::string_view body, const ir::ValueType& type) {
    if (!context.attributes().has(body)) return {};
    const auto given = context.inferBody(body, {type});
    if (!given) return given.error();
    if (given->size() != 1) return context.error("{} gives {} values, expected 1", body, given->size());
    const auto& result = given->front();
    if (result.kind == ir::ValueType::Kind::unknown) return {};
    if (!result.isTensor() || (result.element != DataType::undefined && result.element != type.element) ||
        (result.shape && result.shape->size() != type.shape->size()))
        return context.error("{} gives {}, expected {} as it takes", body, ir::toString(result),
                             ir::toString(type));
    for (size_t i = 0; result.shape && i < type.shape->size(); ++i)
        if (auto merged = mergeDims(context, (*type.shape)[i], (*result.shape)[i], body); !merged)
            return merged.error();
    return {};
}

base::Status infer(InferContext& context) {
    std::array<ir::SymbolicShape, 3> shapes;
    for (size_t i = 0; i < 3; ++i) {
        const auto* shape = context.shape(i);
        if (shape && shape->size() != 4)
            return context.error("{} has {} dimensions, expected 4", kNames[i], shape->size());
        shapes[i] = shape ? *shape : unknownShape(4);
    }
    auto& [q, k, v] = shapes;
    const auto meet = [&](ir::Dim& dim, const ir::Dim& other, std::string_view what) -> base::Status {
        auto merged = mergeDims(context, dim, other, what);
        if (!merged) return merged.error();
        dim = std::move(*merged);
        return {};
    };
    if (auto ok = meet(q[0], k[0], "batches of Q and K"); !ok) return ok;
    if (auto ok = meet(q[0], v[0], "batches of Q and V"); !ok) return ok;
    if (auto ok = meet(k[1], v[1], "heads of K and V"); !ok) return ok;
    if (auto ok = meet(k[2], v[2], "steps of K and V"); !ok) return ok;
    if (auto ok = meet(q[3], k[3], "head sizes of Q and K"); !ok) return ok;
    if (const auto heads = q[1].constant(), shared = k[1].constant();
        heads && shared && (*shared < 1 || *heads % *shared != 0))
        return context.error("{} query heads do not divide among {} key heads", *heads, *shared);
    const auto precision = precisionOf(context, context.element(0));
    if (!precision) return precision.error();
    const auto scores = ir::ValueType::tensorOf(*precision, ir::SymbolicShape{q[0], q[1], q[2], k[2]});
    for (const auto* body : {"score_mod", "prob_mod"})
        if (auto ok = inferBody(context, body, scores); !ok) return ok;
    context.setOutput(0, context.element(0), ir::SymbolicShape{q[0], q[1], q[2], v[3]});
    return {};
}

Cost cost(const CostContext& context) {
    const auto& k = context.inputs[1].shape;
    if (k.size() != 4) return trafficCost(context);
    return macCost(context,
                   static_cast<double>(k[2]) * (context.inputElements(0) + context.outputElements()));
}

// Hands the values to a body, when the node has it, and takes back what it makes of them.
base::Status throughBody(EvalContext& context, std::string_view body, DataType precision,
                         const tensor::Shape& shape, Reals& values) {
    if (!context.attributes().has(body)) return {};
    auto given = context.allocate(precision, shape);
    if (!given) return given.error();
    store(values, *given);
    std::vector<tensor::RuntimeValue> inputs;
    inputs.emplace_back(std::move(*given));
    const auto results = context.runBody(body, std::move(inputs));
    if (!results) return results.error();
    const auto* result = results->size() == 1 ? results->front().tensor() : nullptr;
    if (!result) return context.error("{} gives {} values, expected 1 tensor", body, results->size());
    if (result->type() != precision || !(result->shape() == shape))
        return context.error("{} gives {}, expected {} as it takes", body,
                             tensor::toString(result->type(), result->shape()),
                             tensor::toString(precision, shape));
    values = reals(result->aligned());
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &q = context.in(0), &k = context.in(1), &v = context.in(2);
    bool fits = q.rank() == 4 && k.rank() == 4 && v.rank() == 4;
    fits = fits && q.dimension(0) == k.dimension(0) && q.dimension(3) == k.dimension(3);
    for (size_t i = 0; fits && i < 3; ++i) fits = k.dimension(i) == v.dimension(i);
    if (!fits || k.dimension(1) < 1 || q.dimension(1) % k.dimension(1) != 0)
        return context.error("Q {}, K {} and V {} do not fit", tensor::toString(q.shape()),
                             tensor::toString(k.shape()), tensor::toString(v.shape()));
    const auto precision = precisionOf(context, q.type());
    if (!precision) return precision.error();
    const int64_t heads = q.dimension(1), queries = q.dimension(2), size = q.dimension(3),
                  keys = k.dimension(2), valueSize = v.dimension(3);
    const int64_t rows = q.dimension(0) * heads * queries, group = heads / k.dimension(1);
    const tensor::Shape shape = {q.dimension(0), heads, queries, keys};
    const tensor::Shape outShape = {q.dimension(0), heads, queries, valueSize};
    if (auto ok = checkSize(context, shape); !ok) return ok;
    if (auto ok = checkSize(context, outShape); !ok) return ok;
    const double scale = context.attributes().has("scale")
                             ? static_cast<double>(context.attributes().real("scale", 1))
                             : 1 / std::sqrt(static_cast<double>(size));
    const Reals queriesOf = reals(q), keysOf = reals(k), valuesOf = reals(v);
    // Rows count over batch, head and query; the key head of a row counts over batch and key heads.
    const auto keyHead = [&](int64_t row) { return row / queries / group; };
    Reals weights(static_cast<size_t>(rows * keys));
    for (int64_t row = 0; row < rows; ++row)
        for (int64_t t = 0; t < keys; ++t) {
            const double* key = keysOf.data() + (keyHead(row) * keys + t) * size;
            double sum = 0;
            for (int64_t i = 0; i < size; ++i) sum += queriesOf[static_cast<size_t>(row * size + i)] * key[i];
            weights[static_cast<size_t>(row * keys + t)] = sum * scale;
        }
    if (auto ok = throughBody(context, "score_mod", *precision, shape, weights); !ok) return ok;
    for (int64_t row = 0; row < rows && keys > 0; ++row) {
        const auto lane =
            std::span(weights).subspan(static_cast<size_t>(row * keys), static_cast<size_t>(keys));
        const double largest = *std::max_element(lane.begin(), lane.end());
        double sum = 0;
        for (auto& value : lane) sum += value = std::exp(value - largest);
        for (auto& value : lane) value /= sum;
    }
    if (auto ok = throughBody(context, "prob_mod", *precision, shape, weights); !ok) return ok;
    Reals y(static_cast<size_t>(rows * valueSize));
    for (int64_t row = 0; row < rows; ++row)
        for (int64_t t = 0; t < keys; ++t) {
            const double weight = weights[static_cast<size_t>(row * keys + t)];
            const double* value = valuesOf.data() + (keyHead(row) * keys + t) * valueSize;
            for (int64_t i = 0; i < valueSize; ++i)
                y[static_cast<size_t>(row * valueSize + i)] += weight * value[i];
        }
    return setReals(context, 0, q.type(), outShape, y);
}

}  // namespace

Op aiOnnxPreviewFlexAttentionOp() {
    return {.name = "FlexAttention",
            .domain = "ai.onnx.preview",
            .sinceVersion = 1,
            .family = Family::convolution,
            .summary = "Attention whose scores and weights may be changed by bodies",
            .inputs = {{"Q", kFloats, "T1"}, {"K", kFloats, "T1"}, {"V", kFloats, "T1"}},
            .outputs = {{"Y", kFloats, "T1"}},
            .attributes = {realAttribute("scale", 0, "factor of the products; none: 1/sqrt(size)"),
                           integerAttribute("softmax_precision", 0,
                                            "element type the bodies see; none: float32, float64 for that")},
            .otherAttributes = {"score_mod", "prob_mod"},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
