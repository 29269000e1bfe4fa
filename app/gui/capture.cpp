#include "app/gui/capture.h"

#include <algorithm>

#include "engine/evaluate/feed.h"
#include "engine/project/run_step.h"
#include "engine/runtime/session.h"

namespace lathe::app {
namespace {

using Values = std::vector<tensor::RuntimeValue>;

base::Result<Values> inputsOf(const CaptureRequest& request, const runtime::Session& session,
                              const base::Progress& progress) {
    if (!request.dataset)
        return runtime::randomInputs(*request.graph, static_cast<uint64_t>(request.sample) + 1,
                                     request.dimensions);
    const auto dataset = project::openDataset(*request.dataset, progress);
    if (!dataset) return dataset.error();
    const auto feed = evaluate::fitDataset(session, **dataset, 1);
    if (!feed) return feed.error();
    const auto batch = (*dataset)->batch(request.sample, feed->batch);
    if (!batch) return batch.error();
    return evaluate::inputsOf(session, *feed, batch->input);
}

tensor::Tensor copyOf(const tensor::Tensor& tensor) {
    auto copy = tensor::Tensor::zeros(tensor.type(), tensor.shape());
    if (tensor.type() == tensor::DataType::string)
        std::ranges::copy(tensor.values<std::string>(), copy.mutableValues<std::string>().begin());
    else
        std::ranges::copy(tensor.bytes(), copy.mutableBytes().begin());
    return copy;
}

}  // namespace

base::Result<tensor::Tensor> capture(const CaptureRequest& request, const base::Progress& progress) {
    progress.report(0, "Planning");
    auto session = runtime::open(request.graph, {.threads = request.threads}, progress.part(0, 0.3));
    if (!session) return session.error();
    auto inputs = inputsOf(request, **session, progress.part(0.3, 0.4));
    if (!inputs) return inputs.error();
    progress.report(0.4, "Running once");
    tensor::Tensor kept;
    const ir::ValueId wanted[] = {request.value};
    const auto outputs = (*session)->run(
        *inputs, {.progress = &progress,
                  .capture = wanted,
                  .onCapture = [&](ir::ValueId, const tensor::Tensor& t) { kept = copyOf(t); }});
    if (!outputs) return outputs.error();
    // Outputs are handed over rather than computed in place.
    for (size_t i = 0; !kept.defined() && i < (*session)->outputs().size() && i < outputs->size(); ++i)
        if ((*session)->outputs()[i].value == request.value && (*outputs)[i].tensor())
            kept = *(*outputs)[i].tensor();
    if (!kept.defined())
        return base::Error{"The run did not compute \"" +
                           std::string(request.graph->value(request.value).name()) +
                           "\": it lies in a branch that was not taken, or it is no tensor."};
    return kept;
}

}  // namespace lathe::app
