#include "widgets/canvas/spatial_index.h"

namespace lathe::canvas {

void SpatialIndex::build(const std::vector<Box>& boxes, const base::Progress& progress) {
    m_levels.clear();
    m_order.resize(boxes.size());
    if (boxes.empty()) return;
    // Keys beside their boxes' numbers: sorting through the boxes themselves takes twice as long.
    std::vector<std::pair<double, uint32_t>> byY(boxes.size());
    for (uint32_t i = 0; i < boxes.size(); ++i) byY[i] = {boxes[i].centerY(), i};
    std::sort(byY.begin(), byY.end());
    const auto leaves = static_cast<double>((boxes.size() + kFanOut - 1) / kFanOut);
    const size_t strip = static_cast<size_t>(std::ceil(std::sqrt(leaves))) * kFanOut;
    std::vector<std::pair<double, uint32_t>> byX;
    for (size_t begin = 0; begin < byY.size(); begin += strip) {
        if (progress.cancelled()) return;
        byX.clear();
        for (size_t i = begin; i < std::min(begin + strip, byY.size()); ++i)
            byX.emplace_back(boxes[byY[i].second].centerX(), byY[i].second);
        std::sort(byX.begin(), byX.end());
        for (size_t i = 0; i < byX.size(); ++i) m_order[begin + i] = byX[i].second;
    }
    std::vector<Box> level;
    level.reserve(boxes.size());
    for (const uint32_t i : m_order) level.push_back(boxes[i]);
    while (true) {
        m_levels.push_back(level);
        if (level.size() <= kFanOut) break;
        std::vector<Box> parents;
        for (size_t begin = 0; begin < level.size(); begin += kFanOut) {
            double left = 1e300, top = 1e300, right = -1e300, bottom = -1e300;
            for (size_t i = begin; i < std::min(begin + kFanOut, level.size()); ++i) {
                left = std::min(left, level[i].x);
                top = std::min(top, level[i].y);
                right = std::max(right, level[i].right());
                bottom = std::max(bottom, level[i].bottom());
            }
            parents.push_back({left, top, right - left, bottom - top});
        }
        level = std::move(parents);
    }
}

}  // namespace lathe::canvas
