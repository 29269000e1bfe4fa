// com.microsoft EmbedLayerNormalization: the first layer of BERT.
//
//   s = word[input_ids] + position[position_ids] + segment[segment_ids]
//   y = (s - mean) / sqrt(variance + epsilon) * gamma + beta      over the last axis
//
// Outputs y, how many ones each row of the mask holds (0 without a mask), s. Without position_ids a step has
// its own number.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_normalize.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

enum Input : size_t {
    kIds,
    kSegments,
    kWords,
    kPositions,
    kSegmentTable,
    kGamma,
    kBeta,
    kMask,
    kPositionIds
};

base::Status infer(InferContext& context) {
    const auto *ids = context.shape(kIds), *words = context.shape(kWords);
    if (ids && ids->size() != 2) return context.error("input_ids has {} dimensions, expected 2", ids->size());
    for (const size_t i : {kWords, kPositions, kSegmentTable})
        if (const auto* table = context.shape(i)) {
            if (table->size() != 2)
                return context.error("embedding {} has {} dimensions, expected 2", i, table->size());
            if (words && (*words)[1].isKnown() && (*table)[1].isKnown() && !same((*words)[1], (*table)[1]))
                return context.error("embedding {} has {} features, that of the words {}", i,
                                     (*table)[1].toString(), (*words)[1].toString());
        }
    if (context.has(kSegments) != context.has(kSegmentTable))
        return context.error("segment_ids and segment_embedding are needed together");
    const auto unknown = ir::Dim::unknown();
    const ir::Dim batch = ids ? (*ids)[0] : unknown;
    const ir::SymbolicShape shape = {batch, ids ? (*ids)[1] : unknown, words ? (*words)[1] : unknown};
    context.setOutput(0, context.element(kWords), shape);
    context.setOutput(1, tensor::DataType::int32, ir::SymbolicShape{batch});
    context.setOutput(2, context.element(kWords), shape);
    return {};
}

// Adds the rows of the table that `rowOf(i)` names to those of `sum`.
template <typename RowOf>
base::Status addRows(const EvalContext& context, size_t table, size_t size, RowOf rowOf, Reals& sum) {
    const auto& shape = context.in(table).shape();
    if (shape.size() != 2 || shape[1] != static_cast<int64_t>(size))
        return context.error("embedding {} {} must have {} features", table, tensor::toString(shape), size);
    const Reals rows = reals(context.in(table));
    for (size_t i = 0; i * size < sum.size(); ++i) {
        const int64_t row = rowOf(i);
        if (row < 0 || row >= shape[0])
            return context.error("index {} is outside the {} rows of embedding {}", row, shape[0], table);
        for (size_t j = 0; j < size; ++j) sum[i * size + j] += rows[static_cast<size_t>(row) * size + j];
    }
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &ids = context.in(kIds), &words = context.in(kWords);
    if (ids.rank() != 2 || words.rank() != 2)
        return context.error("input_ids {} and word_embedding {} must have 2 dimensions",
                             tensor::toString(ids.shape()), tensor::toString(words.shape()));
    const int64_t batch = ids.shape()[0], steps = ids.shape()[1], features = words.shape()[1];
    const tensor::Shape shape = {batch, steps, features};
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const auto size = static_cast<size_t>(features);
    for (const size_t i : {kSegments, kMask})
        if (context.has(i) && !(context.in(i).shape() == ids.shape()))
            return context.error("input {} {} must have the shape {} of input_ids", i,
                                 tensor::toString(context.in(i).shape()), tensor::toString(ids.shape()));
    if (context.has(kPositionIds)) {
        const auto count = context.in(kPositionIds).elementCount();
        if (count != steps && count != batch * steps)
            return context.error("position_ids has {} items, expected {} or {}", count, steps, batch * steps);
    }
    Reals sum(static_cast<size_t>(tensor::elementCount(shape)), 0);
    const auto itemOf = [&](size_t input) {
        return [&context, input](size_t i) {
            const auto& from = context.in(input);
            return from.integerAt(static_cast<int64_t>(i) % from.elementCount());
        };
    };
    if (auto ok = addRows(context, kWords, size, itemOf(kIds), sum); !ok) return ok;
    const auto step = [steps](size_t i) { return static_cast<int64_t>(i) % steps; };
    if (auto ok = context.has(kPositionIds) ? addRows(context, kPositions, size, itemOf(kPositionIds), sum)
                                            : addRows(context, kPositions, size, step, sum);
        !ok)
        return ok;
    if (context.has(kSegments) && context.has(kSegmentTable))
        if (auto ok = addRows(context, kSegmentTable, size, itemOf(kSegments), sum); !ok) return ok;
    const Reals gamma = reals(context.in(kGamma)), beta = reals(context.in(kBeta));
    if (gamma.size() != size || beta.size() != size)
        return context.error("gamma and beta have {} and {} items, expected {}", gamma.size(), beta.size(),
                             size);
    const double epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-12f));
    Reals y(sum.size());
    for (size_t first = 0; first < sum.size(); first += size) {
        const auto [mean, factor] = moments(std::span(sum).subspan(first, size), epsilon);
        for (size_t i = 0; i < size; ++i)
            y[first + i] = (sum[first + i] - mean) * factor * gamma[i] + beta[i];
    }
    Reals ones(static_cast<size_t>(batch), 0);
    if (context.has(kMask))
        for (int64_t i = 0; i < batch * steps; ++i)
            ones[static_cast<size_t>(i / steps)] += context.in(kMask).integerAt(i) == 1 ? 1 : 0;
    if (auto ok = setReals(context, 1, tensor::DataType::int32, tensor::Shape{batch}, ones); !ok) return ok;
    if (auto ok = setReals(context, 2, words.type(), shape, sum); !ok) return ok;
    return setReals(context, 0, words.type(), shape, y);
}

}  // namespace

Op comMicrosoftEmbedLayerNormalizationOp() {
    constexpr auto kOptional = Presence::optional;
    constexpr TypeSet kInt32 = typeBit(tensor::DataType::int32);
    return {
        .name = "EmbedLayerNormalization",
        .domain = kMicrosoft,
        .family = Family::normalization,
        .summary = "Layer normalisation of the sum of word, position and segment embeddings",
        .inputs = {{"input_ids", kInt32},
                   {"segment_ids", kInt32, {}, kOptional},
                   {"word_embedding", kFloats, "T"},
                   {"position_embedding", kFloats, "T"},
                   {"segment_embedding", kFloats, "T", kOptional},
                   {"gamma", kFloats, "T"},
                   {"beta", kFloats, "T"},
                   {"mask", kInt32, {}, kOptional},
                   {"position_ids", kInt32, {}, kOptional}},
        .outputs = {{"output", kFloats, "T"},
                    {"mask_index", kInt32, {}, kOptional},
                    {"embedding_sum", kFloats, "T", kOptional}},
        .attributes = {realAttribute("epsilon", 1e-12, "added to the variance"),
                       integerAttribute("mask_index_type", 0, "tells other runtimes the form of mask_index")},
        .infer = infer,
        .cost = normalizationCost,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
