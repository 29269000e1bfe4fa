#include "engine/evaluate/answer_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/evaluate/value_difference.h"

namespace lathe::evaluate {
namespace {

constexpr double kLeastScale = 1e-6;  // outputs of nothing but zeros are compared absolutely

bool isReal(const tensor::Tensor* tensor) {
    using enum tensor::DataType;
    return tensor && tensor->type() != string && tensor->type() != complex64 && tensor->type() != complex128;
}

// Adds what two outputs differ by; the mismatch names neither.
void addTensors(const tensor::Tensor& original, const tensor::Tensor& changed, AnswerDifference& result) {
    if (!(original.shape() == changed.shape())) {
        result.mismatch = fmt::format("has shape {} instead of {}", tensor::toString(changed.shape()),
                                      tensor::toString(original.shape()));
        return;
    }
    const auto wanted = tensor::toReals(original), got = tensor::toReals(changed);
    double scale = kLeastScale, largest = 0;
    for (size_t i = 0; i < wanted.size(); ++i) {
        if (std::isfinite(wanted[i]) && std::isfinite(got[i])) {
            scale = std::max(scale, std::abs(wanted[i]));
            largest = std::max(largest, std::abs(wanted[i] - got[i]));
        } else if (wanted[i] != got[i] && !(std::isnan(wanted[i]) && std::isnan(got[i]))) {
            result.mismatch = fmt::format("element {} is {} instead of {}", i, got[i], wanted[i]);
            return;
        }
    }
    result.largest = std::max(result.largest, largest / scale);
}

}  // namespace

base::Result<AnswerDifference> answerDifference(runtime::Session& original, runtime::Session& changed,
                                                uint64_t seed, const base::Progress& progress,
                                                const std::map<std::string, tensor::Shape>& shapes) {
    const auto inputs = runtime::randomInputs(*original.graph(), seed, {}, shapes);
    if (!inputs) return inputs.error();
    const runtime::RunOptions options{.progress = &progress};
    const auto wanted = original.run(*inputs, options);
    if (!wanted) return wanted.error().inside("first model");
    const auto got = changed.run(*inputs, options);
    if (!got) return got.error().inside("second model");
    AnswerDifference result;
    if (wanted->size() != got->size())
        result.mismatch = fmt::format("{} outputs instead of {}", got->size(), wanted->size());
    for (size_t i = 0; i < wanted->size() && result.mismatch.empty(); ++i) {
        const auto *x = (*wanted)[i].tensor(), *y = (*got)[i].tensor();
        if (isReal(x) && isReal(y))
            addTensors(*x, *y, result);
        else
            result.mismatch = difference((*got)[i], (*wanted)[i]);
        if (!result.mismatch.empty())
            result.mismatch = fmt::format("output {}: {}", original.outputs()[i].name, result.mismatch);
    }
    return result;
}

base::Result<AnswerDifference> answerDifference(const ir::GraphPtr& original, const ir::GraphPtr& changed,
                                                int rounds, const base::Progress& progress,
                                                const std::map<std::string, tensor::Shape>& shapes) {
    const auto first = runtime::open(original, {}, progress.part(0, 0.1));
    if (!first) return first.error().inside("first model");
    const auto second = runtime::open(changed, {}, progress.part(0.1, 0.2));
    if (!second) return second.error().inside("second model");
    AnswerDifference worst;
    for (int seed = 1; seed <= rounds && worst.mismatch.empty(); ++seed) {
        progress.report(0.2 + 0.8 * (seed - 1) / rounds, "Comparing answers");
        auto one = answerDifference(**first, **second, static_cast<uint64_t>(seed), progress, shapes);
        if (!one) return one.error();
        worst.largest = std::max(worst.largest, one->largest);
        worst.mismatch = std::move(one->mismatch);
    }
    return worst;
}

}  // namespace lathe::evaluate
