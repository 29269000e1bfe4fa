#include "engine/compress/quantize/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "engine/evaluate/feed.h"

namespace lathe::compress::quantize {

void Observation::add(const tensor::Tensor& tensor) {
    const auto aligned = tensor.aligned();
    const auto numbers = aligned.values<float>();
    if (numbers.empty()) return;
    const bool first = histogram.empty();
    histogram.add(numbers);
    const auto channels = tensor.rank() < 2 ? size_t{0} : static_cast<size_t>(tensor.dimension(1));
    if (first) channelSums.assign(channels, 0);
    if (channelSums.size() != channels || channels == 0) {
        channelSums.clear();
        return;
    }
    const size_t inner = numbers.size() / (static_cast<size_t>(tensor.dimension(0)) * channels);
    for (size_t i = 0; i < numbers.size(); i += inner)
        channelSums[i / inner % channels] +=
            std::accumulate(numbers.begin() + static_cast<int64_t>(i),
                            numbers.begin() + static_cast<int64_t>(i + inner), 0.0);
    channelCount += tensor.dimension(0) * static_cast<int64_t>(inner);
}

std::vector<double> Observation::channelMeans() const {
    auto means = channelSums;
    for (auto& mean : means) mean /= static_cast<double>(channelCount);
    return means;
}

base::Result<Calibration> calibrate(const ir::GraphPtr& graph, std::span<const ir::ValueId> values,
                                    const data::Dataset& dataset, const CalibrationOptions& options,
                                    const base::Progress& progress) {
    // Fusions would compute some of the values inside a larger step, where they cannot be seen.
    runtime::SessionOptions sessionOptions;
    sessionOptions.fuse = false;
    auto session = options.open(graph, sessionOptions, progress.part(0, 0.02));
    if (!session.ok()) return session.error();
    const auto chosen = dataset.spread(options.samples);
    auto feed = evaluate::fitDataset(**session, chosen, options.batchSize);
    if (!feed.ok()) return feed.error();
    const auto port = (*session)->inputs()[feed->port].value;
    const bool seesInput = std::find(values.begin(), values.end(), port) != values.end();

    Calibration result;
    const auto add = [&](ir::ValueId value, const tensor::Tensor& tensor) {
        if (tensor.type() == tensor::DataType::float32) result.seen[value].add(tensor);
    };
    runtime::RunOptions runOptions;
    runOptions.progress = &progress;
    runOptions.capture = values;
    runOptions.onCapture = add;
    while (result.samples < chosen.size()) {
        if (auto status = progress.check(); !status.ok()) return status.error();
        const auto first = result.samples;
        progress.report(0.02 + 0.98 * static_cast<double>(first) / static_cast<double>(chosen.size()),
                        fmt::format("Calibrating, sample {} of {}", first, chosen.size()));
        const auto batch = chosen.batch(first, std::min(feed->batch, chosen.size() - first));
        if (!batch.ok()) return batch.error();
        const auto inputs = evaluate::inputsOf(**session, *feed, batch->input);
        // Inputs of the graph are not computed, so they are looked at here.
        if (seesInput) add(port, *inputs[feed->port].tensor());
        auto outputs = (*session)->run(inputs, runOptions);
        // As in evaluate: models that say their batch is free, but hold a constant for it inside.
        if (!outputs.ok() && outputs.error().kind != base::Error::Kind::cancelled && first == 0 &&
            feed->batch > 1 && !feed->fixed) {
            feed->batch = 1;
            result.seen.clear();
            continue;
        }
        if (!outputs.ok()) return outputs.error().inside(fmt::format("sample {}", first));
        result.samples += batch->input.dimension(0);
    }
    return result;
}

}  // namespace lathe::compress::quantize
