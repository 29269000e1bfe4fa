#include "widgets/inspector/tensor_statistics.h"

#include <algorithm>
#include <cmath>

namespace lathe::inspector {

TensorStatistics tensorStatistics(const tensor::Tensor& tensor, int64_t axis0) {
    TensorStatistics result;
    const auto type = tensor.type();
    if (!tensor.defined() || type == tensor::DataType::string || type == tensor::DataType::complex64 ||
        type == tensor::DataType::complex128)
        return result;
    int64_t first = 0, total = tensor.elementCount();
    if (axis0 >= 0 && tensor.rank() > 0 && axis0 < tensor.dimension(0)) {
        total /= tensor.dimension(0);
        first = axis0 * total;
    }
    constexpr int64_t kLimit = 1'000'000;
    const int64_t step = std::max<int64_t>(1, (total + kLimit - 1) / kLimit);
    result.sampled = step > 1;
    result.values.reserve(static_cast<size_t>(total / step + 1));
    int64_t zeros = 0;
    double sum = 0;
    for (int64_t i = 0; i < total; i += step) {
        const double v = tensor.realAt(first + i);
        ++result.count;
        if (!std::isfinite(v)) {
            ++result.notFinite;
            continue;
        }
        zeros += v == 0;
        sum += v;
        result.values.push_back(v);
    }
    if (result.values.empty()) return result;
    const auto [low, high] = std::minmax_element(result.values.begin(), result.values.end());
    result.minimum = *low;
    result.maximum = *high;
    const auto n = static_cast<double>(result.values.size());
    result.mean = sum / n;
    double squares = 0;
    for (const double v : result.values) squares += (v - result.mean) * (v - result.mean);
    result.deviation = std::sqrt(squares / n);
    result.zeroShare = static_cast<double>(zeros) / static_cast<double>(result.count);
    return result;
}

}  // namespace lathe::inspector
