#include "engine/ops/support_ml_labels.h"

#include <algorithm>

namespace lathe::ops {

base::Result<tensor::Tensor> Labels::pick(const EvalContext& context,
                                          std::span<const int64_t> indices) const {
    const auto count = static_cast<int64_t>(indices.size());
    auto result = context.allocate(type(), tensor::Dimensions(&count, 1));
    if (!result) return result;
    const auto fill = [&]<typename T>(std::span<T> out, const std::vector<T>& labels) {
        for (size_t i = 0; i < out.size(); ++i)
            out[i] = indices[i] < 0 ? T{} : labels[static_cast<size_t>(indices[i])];
    };
    if (texts.empty())
        fill(result->mutableValues<int64_t>(), integers);
    else
        fill(result->mutableValues<std::string>(), texts);
    return result;
}

base::Result<Labels> readLabels(const ir::Attributes& attributes, std::string_view integers,
                                std::string_view texts) {
    Labels labels{attributes.integers(integers), attributes.texts(texts)};
    if (labels.integers.empty() == labels.texts.empty())
        return base::Error::badInput(
            fmt::format("exactly one of the attributes {} and {} must be given, found {}", integers, texts,
                        labels.texts.empty() ? "none" : "both"));
    return labels;
}

int64_t topClass(std::span<const double> scores) {
    return scores.empty() ? -1 : std::max_element(scores.begin(), scores.end()) - scores.begin();
}

}  // namespace lathe::ops
