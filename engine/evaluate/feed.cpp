#include "engine/evaluate/feed.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>

namespace lathe::evaluate {
namespace {

constexpr int64_t kChosenBatch = 32;
constexpr int64_t kMostFixedBatch = 4096;

// Whether dimensions of a sample fit those of the model from axis `from` on.
bool fits(const ir::SymbolicShape& model, size_t from, const tensor::Shape& sample) {
    if (model.size() - from != sample.size()) return false;
    for (size_t i = 0; i < sample.size(); ++i)
        if (model[from + i].isKnown() && model[from + i].constant() != sample[i]) return false;
    return true;
}

}  // namespace

base::Result<Feed> fitDataset(const runtime::Session& session, const data::Dataset& dataset,
                              int64_t wantedBatch) {
    const auto& ports = session.inputs();
    std::vector<std::string> needed;
    Feed feed;
    for (size_t i = 0; i < ports.size(); ++i) {
        if (ports[i].optional) continue;
        if (needed.empty()) feed.port = i;
        needed.push_back(ports[i].name);
    }
    if (needed.empty() && !ports.empty()) needed.push_back(ports[0].name);
    if (needed.size() != 1)
        return base::Error::badInput(
            fmt::format("The model has {} inputs ({}); a dataset can feed a model with one.", needed.size(),
                        fmt::join(needed, ", ")));
    const auto& port = ports[feed.port];
    if (!port.type.isTensor())
        return base::Error::badInput(fmt::format("Input {} is {}, not a tensor; a dataset cannot feed it.",
                                                 port.name, ir::toString(port.type)));
    const auto first = dataset.batch(0, 1);
    if (!first) return first.error();
    const tensor::Shape sample(first->input.shape().begin() + 1, first->input.shape().end());
    const auto offered = tensor::toString(first->input.type(), sample);
    if (first->input.type() != port.type.element)
        return base::Error::badInput(fmt::format(
            "Input {} wants {}, the samples of {} are {}. Add cast(to={}) to the preprocessing.", port.name,
            tensor::name(port.type.element), dataset.name(), offered, tensor::name(port.type.element)));
    feed.batch = wantedBatch > 0 ? wantedBatch : kChosenBatch;
    if (!port.type.shape) return feed;
    const auto& shape = *port.type.shape;
    const auto mismatch = [&] {
        return base::Error::badInput(fmt::format(
            "Input {} wants {}, the samples of {} are {}. Change the preprocessing (layout, resize, "
            "crop, reshape).",
            port.name, ir::toString(port.type), dataset.name(), offered));
    };
    if (!shape.empty() && fits(shape, 1, sample)) {
        if (!shape[0].isKnown()) return feed;
        feed.batch = *shape[0].constant();
        feed.fixed = true;
        if (feed.batch < 1 || feed.batch > kMostFixedBatch) return mismatch();
        return feed;
    }
    if (!fits(shape, 0, sample)) return mismatch();
    feed.batch = 1;
    feed.fixed = true;
    feed.batchAxis = false;
    return feed;
}

std::vector<tensor::RuntimeValue> inputsOf(const runtime::Session& session, const Feed& feed,
                                           const tensor::Tensor& batch) {
    std::vector<tensor::RuntimeValue> inputs(session.inputs().size());
    auto input = batch;
    auto shape = batch.shape();
    if (!feed.batchAxis) {
        input = batch.reshaped({shape.begin() + 1, shape.end()});
    } else if (feed.fixed && shape[0] < feed.batch) {
        shape[0] = feed.batch;
        input = tensor::Tensor::zeros(batch.type(), shape);
        const auto to = input.mutableBytes();
        const auto from = batch.bytes();
        for (size_t at = 0; at < to.size() && !from.empty(); at += from.size())
            std::memcpy(to.data() + at, from.data(), std::min(from.size(), to.size() - at));
    }
    inputs[feed.port] = std::move(input);
    return inputs;
}

}  // namespace lathe::evaluate
