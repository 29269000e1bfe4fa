#include "engine/compress/quantize/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "engine/runtime/session.h"

namespace lathe::compress::quantize {

namespace {

// The batch under the shape the model's input asks for, named dimensions taken from the batch.
base::Result<tensor::Tensor> fitted(const tensor::Tensor& batch, const runtime::Port& port) {
    const auto& type = port.type;
    if (type.element != tensor::DataType::undefined && batch.type() != type.element)
        return base::Error::badInput(fmt::format(
            "Input \"{}\" takes {}, but the dataset gives {}. Add cast(to={}) to its preprocessing.",
            port.name, name(type.element), name(batch.type()), name(type.element)));
    if (!type.shape || batch.rank() == 0) return batch;
    const auto count = batch.dimension(0);
    tensor::Shape wanted;
    bool known = true;
    for (size_t i = 0; i < type.shape->size(); ++i) {
        const auto& dimension = (*type.shape)[i];
        if (i == 0) {
            wanted.push_back(count);
        } else if (dimension.isKnown()) {
            wanted.push_back(dimension.constantOr(0));
        } else {
            known = false;
        }
    }
    if (!known) {
        if (batch.shape().size() == type.shape->size()) return batch;
    } else if (tensor::checkedElementCount(wanted) == batch.elementCount()) {
        return batch.reshaped(wanted);
    }
    return base::Error::badInput(
        fmt::format("Input \"{}\" takes {}, but the dataset gives {}. Change its preprocessing.", port.name,
                    ir::toString(type), tensor::toString(batch.type(), batch.shape())));
}

base::Result<size_t> onlyInput(const runtime::Session& session) {
    std::optional<size_t> found;
    for (size_t i = 0; i < session.inputs().size(); ++i) {
        if (session.inputs()[i].optional) continue;
        if (found)
            return base::Error::badInput(
                fmt::format("Calibration feeds one input, but the model needs \"{}\" and \"{}\".",
                            session.inputs()[*found].name, session.inputs()[i].name));
        found = i;
    }
    if (!found) return base::Error::badInput("The model has no input to calibrate with.");
    return *found;
}

}  // namespace

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

base::Result<std::map<ir::ValueId, Observation>> calibrate(const ir::GraphPtr& graph,
                                                           std::span<const ir::ValueId> values,
                                                           const data::Dataset& dataset,
                                                           const CalibrationOptions& options,
                                                           const base::Progress& progress) {
    // Fusions would compute some of the values inside a larger step, where they cannot be seen.
    runtime::SessionOptions sessionOptions;
    sessionOptions.fuse = false;
    auto session = options.open(graph, sessionOptions, progress.part(0, 0.02));
    if (!session.ok()) return session.error();
    const auto input = onlyInput(**session);
    if (!input.ok()) return input.error();
    const auto& port = (*session)->inputs()[*input];
    int64_t batchSize = std::max<int64_t>(1, options.batchSize);
    if (port.type.shape && !port.type.shape->empty())
        batchSize = port.type.shape->front().constantOr(batchSize);
    const auto total = std::min(options.samples, dataset.size());
    if (total < batchSize)
        return base::Error::badInput(fmt::format("The dataset has {} samples; the model takes {} at once.",
                                                 dataset.size(), batchSize));

    std::map<ir::ValueId, Observation> seen;
    runtime::RunOptions runOptions;
    runOptions.progress = &progress;
    runOptions.capture = values;
    runOptions.onCapture = [&](ir::ValueId value, const tensor::Tensor& tensor) {
        if (tensor.type() == tensor::DataType::float32) seen[value].add(tensor);
    };
    // Whole batches only when the model's batch is fixed.
    const bool fixed = port.type.shape && !port.type.shape->empty() && port.type.shape->front().isKnown();
    for (int64_t first = 0; first < total; first += batchSize) {
        if (auto status = progress.check(); !status.ok()) return status.error();
        const auto count = std::min(batchSize, total - first);
        if (fixed && count < batchSize) break;
        progress.report(0.02 + 0.98 * static_cast<double>(first) / static_cast<double>(total),
                        fmt::format("Calibrating, sample {} of {}", first, total));
        auto batch = dataset.batch(first, count);
        if (!batch.ok()) return batch.error();
        auto tensor = fitted(batch->input, port);
        if (!tensor.ok()) return tensor.error();
        std::vector<tensor::RuntimeValue> inputs((*session)->inputs().size());
        inputs[*input] = *tensor;
        // Inputs of the graph are not computed, so they are looked at here.
        if (std::find(values.begin(), values.end(), port.value) != values.end() &&
            tensor->type() == tensor::DataType::float32)
            seen[port.value].add(*tensor);
        auto outputs = (*session)->run(inputs, runOptions);
        if (!outputs.ok()) return outputs.error().inside(fmt::format("sample {}", first));
    }
    return seen;
}

}  // namespace lathe::compress::quantize
