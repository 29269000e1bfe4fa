#include "engine/evaluate/compare.h"

#include <fmt/format.h>

#include <map>

#include "engine/evaluate/compare_sessions.h"
#include "engine/evaluate/evaluate.h"
#include "engine/evaluate/feed.h"
#include "engine/evaluate/scores.h"
#include "engine/evaluate/tensor_error.h"

namespace lathe::evaluate {
namespace {

using Values = std::vector<tensor::RuntimeValue>;

TensorError describePair(const ir::Graph& a, ir::ValueId valueA, const ir::Graph& b, ir::ValueId valueB) {
    TensorError error;
    error.valueA = valueA;
    error.valueB = valueB;
    error.nodeA = a.value(valueA).producer();
    error.nodeB = b.value(valueB).producer();
    error.name = a.value(valueA).name();
    return error;
}

// Errors of the aligned values of one sample: A's values are kept until B's come.
class PairErrors {
  public:
    PairErrors(const ir::Graph& a, const ir::Graph& b) : m_pairs(alignValues(a, b)), m_sums(m_pairs.size()) {
        for (size_t i = 0; i < m_pairs.size(); ++i) {
            m_fromA.emplace(m_pairs[i].a, i);
            m_fromB.emplace(m_pairs[i].b, i);
            m_errors.push_back(describePair(a, m_pairs[i].a, b, m_pairs[i].b));
        }
        for (const auto& [value, index] : m_fromA) m_valuesA.push_back(value);
        for (const auto& [value, index] : m_fromB)
            if (m_valuesB.empty() || m_valuesB.back() != value) m_valuesB.push_back(value);
    }

    base::Result<Values> runFirst(runtime::Session& session, const Values& inputs,
                                  const base::Progress& progress) {
        m_kept.clear();
        return session.run(inputs, {.progress = &progress,
                                    .capture = m_valuesA,
                                    .onCapture = [&](ir::ValueId value, const tensor::Tensor& tensor) {
                                        m_kept[value] = copyOf(tensor);
                                    }});
    }
    base::Result<Values> runSecond(runtime::Session& session, const Values& inputs,
                                   const base::Progress& progress) {
        auto outputs = session.run(
            inputs, {.progress = &progress,
                     .capture = m_valuesB,
                     .onCapture = [&](ir::ValueId value, const tensor::Tensor& tensor) {
                         const auto [from, to] = m_fromB.equal_range(value);
                         for (auto it = from; it != to; ++it)
                             if (const auto kept = m_kept.find(m_pairs[it->second].a); kept != m_kept.end())
                                 m_sums[it->second].add(kept->second, tensor);
                     }});
        m_kept.clear();
        return outputs;
    }
    std::vector<TensorError> finish() {
        std::vector<TensorError> result;
        for (size_t i = 0; i < m_errors.size(); ++i) {
            if (m_sums[i].count() == 0) continue;
            m_sums[i].finish(m_errors[i]);
            result.push_back(m_errors[i]);
        }
        return result;
    }

  private:
    // The session's tensor lives during the call only.
    static tensor::Tensor copyOf(const tensor::Tensor& tensor) {
        if (tensor.type() == tensor::DataType::string) return tensor;
        auto copy = tensor::Tensor::zeros(tensor.type(), tensor.shape());
        std::copy(tensor.bytes().begin(), tensor.bytes().end(), copy.mutableBytes().begin());
        return copy;
    }

    std::vector<AlignedValue> m_pairs;
    std::vector<ErrorSum> m_sums;
    std::vector<TensorError> m_errors;
    std::map<ir::ValueId, size_t> m_fromA;
    std::multimap<ir::ValueId, size_t> m_fromB;
    std::vector<ir::ValueId> m_valuesA, m_valuesB;
    std::map<ir::ValueId, tensor::Tensor> m_kept;
};

// Answers of one variant, where an output holds class scores.
void addAnswers(const Values& outputs, int64_t batch, int64_t count, const std::vector<int64_t>& labels,
                int64_t classes, Evaluation& evaluation) {
    const auto scores = findScores(outputs, batch, classes);
    if (!scores) return;
    for (int64_t i = 0; i < count; ++i) {
        const auto sample = scoresOf(outputs, *scores, i);
        evaluation.answers.push_back(answerOf(sample));
        if (labels.empty()) continue;
        const auto label = labels[static_cast<size_t>(i)];
        const bool known = label >= 0 && label < scores->classes;
        evaluation.correct.push_back(known && rankOf(sample, label) == 0 ? 1 : 0);
    }
}

base::Status checkInputs(const runtime::Session& a, const runtime::Session& b) {
    if (a.inputs().size() == b.inputs().size()) return {};
    return base::Error::badInput(
        fmt::format("The first model has {} inputs and the second {}; compare variants of one model.",
                    a.inputs().size(), b.inputs().size()));
}

}  // namespace

base::Result<Comparison> compareSessions(runtime::Session& a, runtime::Session& b,
                                         const CompareOptions& options, const base::Progress& progress) {
    if (auto s = checkInputs(a, b); !s) return s.error();
    std::optional<data::Dataset> dataset;
    if (options.dataset) dataset = options.dataset->spread(options.samples);
    Feed feed;
    if (dataset) {
        const auto fitted = fitDataset(a, *dataset, 1);
        if (!fitted) return fitted.error();
        feed = *fitted;
    }
    const auto samples = dataset ? dataset->size() : options.samples;
    Comparison comparison;
    comparison.dataset = dataset ? dataset->name() : fmt::format("random, seed {}", options.seed);
    PairErrors pairs(*a.graph(), *b.graph());
    const auto outputCount = std::min(a.outputs().size(), b.outputs().size());
    std::vector<ErrorSum> outputSums(outputCount);
    Evaluation answersA, answersB;
    while (comparison.samples < samples) {
        const auto first = comparison.samples;
        if (auto s = progress.check(); !s) return s.error();
        progress.report(static_cast<double>(first) / static_cast<double>(samples), "Comparing");
        Values inputs;
        std::vector<int64_t> labels;
        int64_t got = 1;
        if (dataset) {
            const auto batch = dataset->batch(first, std::min(feed.batch, samples - first));
            if (!batch) return batch.error();
            inputs = inputsOf(a, feed, batch->input);
            labels = batch->labels;
            got = batch->input.dimension(0);
        } else {
            auto random = runtime::randomInputs(*a.graph(), options.seed + static_cast<uint64_t>(first), {},
                                                options.shapes);
            if (!random) return random.error();
            inputs = std::move(*random);
        }
        const auto outputsA = pairs.runFirst(a, inputs, progress);
        if (!outputsA) return outputsA.error().inside("first model");
        const auto outputsB = pairs.runSecond(b, inputs, progress);
        if (!outputsB) return outputsB.error().inside("second model");
        for (size_t i = 0; i < outputCount; ++i) {
            const auto *x = (*outputsA)[i].tensor(), *y = (*outputsB)[i].tensor();
            if (x && y && !outputSums[i].add(*x, *y))
                return base::Error::badInput(fmt::format(
                    "Output {} is {} in the first model and {} in the second; compare variants of one model.",
                    a.outputs()[i].name, tensor::toString(x->type(), x->shape()),
                    tensor::toString(y->type(), y->shape())));
        }
        const auto classes = dataset ? static_cast<int64_t>(dataset->source().classNames().size()) : 0;
        const auto runBatch = dataset && feed.fixed ? feed.batch : got;
        addAnswers(*outputsA, runBatch, got, labels, classes, answersA);
        addAnswers(*outputsB, runBatch, got, labels, classes, answersB);
        comparison.samples += got;
    }
    comparison.tensors = pairs.finish();
    for (size_t i = 0; i < outputCount; ++i) {
        comparison.outputs.push_back(
            describePair(*a.graph(), a.outputs()[i].value, *b.graph(), b.outputs()[i].value));
        outputSums[i].finish(comparison.outputs.back());
    }
    comparison.paired = pairedCounts(answersA, answersB);
    progress.report(1);
    return comparison;
}

base::Result<Comparison> compare(const ir::GraphPtr& a, const ir::GraphPtr& b, const CompareOptions& options,
                                 const base::Progress& progress) {
    // Without fusion every node of both graphs has its own output to look at.
    const runtime::SessionOptions sessionOptions{.threads = options.threads, .fuse = false};
    const auto first = options.openFirst(a, sessionOptions, progress.part(0, 0.05));
    if (!first) return first.error().inside("first model");
    const auto second = options.openSecond(b, sessionOptions, progress.part(0.05, 0.1));
    if (!second) return second.error().inside("second model");
    return compareSessions(**first, **second, options, progress.part(0.1, 1));
}

}  // namespace lathe::evaluate
