#include "engine/evaluate/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "engine/evaluate/feed.h"
#include "engine/evaluate/scores.h"

namespace lathe::evaluate {
namespace {

constexpr int64_t kMostConfusionClasses = 2048;

// What has been counted so far.
struct Tally {
    Evaluation evaluation;
    int64_t classes = 0;
    int64_t top1 = 0, topK = 0;

    base::Status add(const std::vector<tensor::RuntimeValue>& outputs, const ScoreOutput& scores,
                     const data::Dataset::Batch& batch, int k) {
        for (int64_t i = 0; i < batch.input.dimension(0); ++i) {
            const auto sample = scoresOf(outputs, scores, i);
            const auto answer = answerOf(sample);
            evaluation.answers.push_back(answer);
            ++evaluation.samples;
            if (batch.labels.empty()) continue;
            const auto label = batch.labels[static_cast<size_t>(i)];
            if (label < 0 || label >= classes)
                return base::Error::badInput(fmt::format(
                    "{}: sample {} has label {}, but output {} has {} scores (0 to {}). Do the labels "
                    "belong to this model?",
                    evaluation.dataset, batch.first + i, label, scores.index, classes, classes - 1));
            const auto rank = rankOf(sample, label);
            evaluation.correct.push_back(rank == 0 ? 1 : 0);
            top1 += rank == 0 ? 1 : 0;
            topK += rank < k ? 1 : 0;
            if (!evaluation.confusion.empty() && answer >= 0)
                ++evaluation.confusion[static_cast<size_t>(label * classes + answer)];
        }
        return {};
    }
};

Metric share(std::string name, std::string title, int64_t good, int64_t count) {
    const double n = static_cast<double>(count), p = static_cast<double>(good) / n;
    return {std::move(name), std::move(title), p, std::sqrt(p * (1 - p) / n), "%"};
}

}  // namespace

base::Result<Evaluation> evaluate(runtime::Session& session, const data::Dataset& all,
                                  const EvaluateOptions& options, const base::Progress& progress) {
    const auto started = std::chrono::steady_clock::now();
    const auto dataset = all.spread(options.limit);
    const auto count = dataset.size();
    auto feed = fitDataset(session, dataset, options.batch);
    if (!feed) return feed.error();
    Tally tally;
    tally.evaluation.dataset = dataset.name();
    tally.evaluation.datasetIdentity = dataset.identity();
    std::optional<ScoreOutput> scores;
    for (int64_t first = 0; first < count;) {
        if (auto s = progress.check(); !s) return s.error();
        progress.report(static_cast<double>(first) / static_cast<double>(count), "Evaluating");
        const auto batch = dataset.batch(first, std::min(feed->batch, count - first));
        if (!batch) return batch.error();
        const auto got = batch->input.dimension(0);
        const auto runBatch = feed->fixed ? feed->batch : got;
        const auto outputs =
            session.run(inputsOf(session, *feed, batch->input), runtime::RunOptions{.progress = &progress});
        const auto classHint = static_cast<int64_t>(dataset.source().classNames().size());
        if (outputs && !scores) scores = findScores(*outputs, runBatch, classHint);
        // Models that say their batch is free, but hold a constant for it inside, take one sample at a time.
        if (first == 0 && feed->batch > 1 && !feed->fixed && (!outputs || !scores)) {
            if (!outputs && outputs.error().kind == base::Error::Kind::cancelled) return outputs.error();
            feed->batch = 1;
            continue;
        }
        if (!outputs) return outputs.error();
        if (!scores)
            return base::Error::badInput(
                "No output holds one score a class; only classifiers can be judged.");
        if (first == 0) {
            tally.classes = scores->classes;
            if (classHint == tally.classes)
                tally.evaluation.classNames = dataset.source().classNames();
            else
                for (int64_t i = 0; i < tally.classes; ++i)
                    tally.evaluation.classNames.push_back(fmt::format("{}", i));
            if (!batch->labels.empty() && tally.classes <= kMostConfusionClasses)
                tally.evaluation.confusion.assign(static_cast<size_t>(tally.classes * tally.classes), 0);
        }
        const auto* tensor = (*outputs)[scores->index].tensor();
        if (!tensor || tensor->elementCount() != scores->classes * runBatch)
            return base::Error::badInput(fmt::format(
                "Output {} has {} after sample {}; expected {} scores a sample.", scores->index,
                tensor ? tensor::toString(tensor->shape()) : "no tensor", first, scores->classes));
        if (auto s = tally.add(*outputs, *scores, *batch, options.topK); !s) return s.error();
        first += got;
    }
    auto& evaluation = tally.evaluation;
    if (!evaluation.correct.empty()) {
        const auto judged = static_cast<int64_t>(evaluation.correct.size());
        evaluation.metrics.push_back(share("top1", "Top-1", tally.top1, judged));
        if (options.topK > 1 && options.topK < tally.classes)
            evaluation.metrics.push_back(share(fmt::format("top{}", options.topK),
                                               fmt::format("Top-{}", options.topK), tally.topK, judged));
    }
    evaluation.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    progress.report(1);
    return std::move(evaluation);
}

}  // namespace lathe::evaluate
