#include "widgets/canvas/spatial_index.h"

namespace lathe::canvas {

void SpatialIndex::build(const std::vector<Box>& boxes) {
    m_levels.clear();
    m_order.resize(boxes.size());
    std::iota(m_order.begin(), m_order.end(), 0U);
    if (boxes.empty()) return;
    std::sort(m_order.begin(), m_order.end(),
              [&](uint32_t a, uint32_t b) { return boxes[a].centerY() < boxes[b].centerY(); });
    const auto leaves = static_cast<double>((boxes.size() + kFanOut - 1) / kFanOut);
    const size_t strip = static_cast<size_t>(std::ceil(std::sqrt(leaves))) * kFanOut;
    for (size_t begin = 0; begin < m_order.size(); begin += strip) {
        const size_t end = std::min(begin + strip, m_order.size());
        std::sort(m_order.begin() + static_cast<std::ptrdiff_t>(begin),
                  m_order.begin() + static_cast<std::ptrdiff_t>(end),
                  [&](uint32_t a, uint32_t b) { return boxes[a].centerX() < boxes[b].centerX(); });
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
