// TfIdfVectorizer: counts the n-grams of a pool in each row of tokens. An n-gram may skip up to
// max_skip_count tokens between its items. Mode TF gives counts, IDF the weight where there is one, TFIDF
// count times weight.
#include <algorithm>
#include <map>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kTokens = kIndices | typeBit(tensor::DataType::string);

int64_t outputWidth(const ir::Attributes& attributes) {
    const auto indexes = attributes.integers("ngram_indexes");
    return indexes.empty() ? 0 : *std::max_element(indexes.begin(), indexes.end()) + 1;
}

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (x && x->size() != 1 && x->size() != 2)
        return context.error("input has {} dimensions, expected 1 or 2", x->size());
    const auto width = outputWidth(context.attributes());
    std::optional<ir::SymbolicShape> shape;
    if (x) shape = x->size() == 1 ? ir::SymbolicShape{width} : ir::SymbolicShape{(*x)[0], width};
    context.setOutput(0, tensor::DataType::float32, std::move(shape));
    return {};
}

// Numbers of the pool's n-grams, by their tokens.
template <typename Token>
using Pool = std::map<std::vector<Token>, size_t>;

template <typename Token>
base::Result<Pool<Token>> readPool(const EvalContext& context, const std::vector<Token>& tokens) {
    const auto starts = context.attributes().integers("ngram_counts");
    const auto total = static_cast<int64_t>(tokens.size());
    Pool<Token> pool;
    size_t number = 0;
    for (size_t i = 0; i < starts.size(); ++i) {
        const auto length = static_cast<int64_t>(i) + 1;
        const int64_t end = i + 1 < starts.size() ? starts[i + 1] : total;
        if (starts[i] < 0 || end < starts[i] || end > total || (end - starts[i]) % length != 0)
            return context.error("ngram_counts does not cut a pool of {} items into n-grams", total);
        for (int64_t at = starts[i]; at < end; at += length)
            pool.emplace(std::vector<Token>(tokens.begin() + at, tokens.begin() + at + length), number++);
    }
    return pool;
}

template <typename Token>
base::Status count(EvalContext& context, std::span<const Token> values,
                   const std::vector<Token>& poolTokens) {
    const auto& attributes = context.attributes();
    const auto& shape = context.in(0).shape();
    const auto pool = readPool(context, poolTokens);
    if (!pool) return pool.error();
    const auto indexes = attributes.integers("ngram_indexes");
    const auto weights = attributes.reals("weights");
    const auto width = static_cast<size_t>(outputWidth(attributes));
    const bool negative =
        std::any_of(indexes.begin(), indexes.end(), [](int64_t index) { return index < 0; });
    if (negative || indexes.size() < pool->size() || (!weights.empty() && weights.size() < pool->size()))
        return context.error("the pool has {} n-grams, but there are {} ngram_indexes and {} weights",
                             pool->size(), indexes.size(), weights.size());
    const size_t rows = shape.size() == 2 ? static_cast<size_t>(shape[0]) : 1;
    const auto columns = static_cast<int64_t>(rows ? values.size() / rows : 0);
    const int64_t shortest = attributes.integer("min_gram_length", 1),
                  longest = attributes.integer("max_gram_length", 1);
    const int64_t skips = attributes.integer("max_skip_count", 0);
    Reals counts(rows * width, 0), weightOf(width, 1);
    for (size_t i = 0; i < weights.size() && i < indexes.size(); ++i)
        weightOf[static_cast<size_t>(indexes[i])] = static_cast<double>(weights[i]);
    for (size_t r = 0; r < rows; ++r)
        for (int64_t n = std::max<int64_t>(1, shortest); n <= std::min(longest, columns); ++n)
            for (int64_t distance = 1; distance <= (n == 1 ? 1 : std::min(skips, columns) + 1); ++distance)
                for (int64_t first = 0; first + (n - 1) * distance < columns; ++first) {
                    std::vector<Token> gram;
                    for (int64_t k = 0; k < n; ++k)
                        gram.push_back(values[r * static_cast<size_t>(columns) +
                                              static_cast<size_t>(first + k * distance)]);
                    if (const auto it = pool->find(gram); it != pool->end())
                        counts[r * width + static_cast<size_t>(indexes[it->second])] += 1;
                }
    const auto mode = attributes.text("mode", "TF");
    for (size_t i = 0; i < counts.size(); ++i) {
        if (mode == "IDF") counts[i] = counts[i] > 0 ? weightOf[i % width] : 0;
        if (mode == "TFIDF") counts[i] *= weightOf[i % width];
    }
    tensor::Shape result = {static_cast<int64_t>(width)};
    if (shape.size() == 2) result = {shape[0], static_cast<int64_t>(width)};
    return setReals(context, 0, tensor::DataType::float32, result, counts);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    if (x.rank() != 1 && x.rank() != 2)
        return context.error("input has {} dimensions, expected 1 or 2", x.rank());
    if (x.type() == tensor::DataType::string)
        return count<std::string>(context, x.values<std::string>(),
                                  context.attributes().texts("pool_strings"));
    return count<int64_t>(context, tensor::toIntegers(x), context.attributes().integers("pool_int64s"));
}

}  // namespace

Op tfIdfVectorizerOp() {
    auto mode = choiceAttribute("mode", {"TF", "IDF", "TFIDF"}, "TF", "counts, weights or both");
    mode.required = true;
    return {.name = "TfIdfVectorizer",
            .sinceVersion = 9,
            .family = Family::control,
            .summary = "Counts the n-grams of a pool in rows of tokens",
            .inputs = {{"X", kTokens, "T"}},
            .outputs = {{"Y", typeBit(tensor::DataType::float32)}},
            .attributes = {requiredInteger("max_gram_length", "longest n-grams"),
                           requiredInteger("max_skip_count", "tokens an n-gram may skip between items"),
                           requiredInteger("min_gram_length", "shortest n-grams"), std::move(mode),
                           integersAttribute("ngram_counts",
                                             "where the 1-grams, 2-grams, ... begin in the pool", true),
                           integersAttribute("ngram_indexes", "output column of each n-gram", true),
                           integersAttribute("pool_int64s", "n-grams of integer tokens"),
                           textsAttribute("pool_strings", "n-grams of texts"),
                           realsAttribute("weights", "weight of each n-gram")},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
