#include "widgets/inspector/channel_statistics.h"

#include <algorithm>
#include <cmath>

#include "widgets/inspector/tensor_slice.h"

namespace lathe::inspector {
namespace {

constexpr int64_t kBudget = 2'000'000;

}  // namespace

std::vector<ChannelStatistics> channelStatistics(const tensor::Tensor& tensor, int axis) {
    if (!TensorSlice(tensor).isNumeric() || axis < 0 || axis >= tensor.rank() || tensor.empty()) return {};
    int64_t inner = 1;
    for (int64_t i = axis + 1; i < tensor.rank(); ++i) inner *= tensor.dimension(static_cast<size_t>(i));
    const int64_t channels = tensor.dimension(static_cast<size_t>(axis));
    const int64_t each = tensor.elementCount() / channels;
    const int64_t step = std::max<int64_t>(1, tensor.elementCount() / kBudget);
    std::vector<ChannelStatistics> all(static_cast<size_t>(channels));
    for (int64_t c = 0; c < channels; ++c) {
        auto& s = all[static_cast<size_t>(c)];
        s.channel = c;
        int64_t looked = 0, zeros = 0;
        double squares = 0, m2 = 0;  // Welford's update: mean and variance in one pass
        for (int64_t i = 0; i < each; i += step) {
            const double v = tensor.realAt((i / inner * channels + c) * inner + i % inner);
            ++looked;
            zeros += v == 0;
            if (!std::isfinite(v)) continue;
            s.minimum = s.count == 0 ? v : std::min(s.minimum, v);
            s.maximum = s.count == 0 ? v : std::max(s.maximum, v);
            ++s.count;
            const double before = v - s.mean;
            s.mean += before / static_cast<double>(s.count);
            m2 += before * (v - s.mean);
            squares += v * v;
        }
        if (s.count > 0) s.deviation = std::sqrt(m2 / static_cast<double>(s.count));
        s.norm = std::sqrt(squares);
        s.zeroShare = looked > 0 ? static_cast<double>(zeros) / static_cast<double>(looked) : 0;
    }
    return all;
}

}  // namespace lathe::inspector
