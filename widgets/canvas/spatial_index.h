// Which boxes meet a rectangle: a packed R-tree (sort-tile-recursive, Leutenegger et al. 1997), built once.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/base/progress.h"
#include "widgets/canvas/layout.h"

namespace lathe::canvas {

class SpatialIndex {
  public:
    // Incomplete when cancelled.
    void build(const std::vector<Box>& boxes, const base::Progress& progress = {});

    // visit(index of box) for each box that meets the area; touching counts. No particular order.
    template <typename Visit>
    void query(const Box& area, Visit&& visit) const {
        if (m_levels.empty()) return;
        search(m_levels.size() - 1, 0, m_levels.back().size(), area, visit);
    }

  private:
    static constexpr size_t kFanOut = 16;

    static bool meets(const Box& a, const Box& b) {
        return a.x <= b.right() && b.x <= a.right() && a.y <= b.bottom() && b.y <= a.bottom();
    }

    template <typename Visit>
    void search(size_t level, size_t begin, size_t end, const Box& area, Visit&& visit) const {
        for (size_t i = begin; i < std::min(end, m_levels[level].size()); ++i) {
            if (!meets(m_levels[level][i], area)) continue;
            if (level == 0)
                visit(m_order[i]);
            else
                search(level - 1, i * kFanOut, (i + 1) * kFanOut, area, visit);
        }
    }

    std::vector<std::vector<Box>> m_levels;  // 0: the boxes in order of m_order; then their parents
    std::vector<uint32_t> m_order;
};

}  // namespace lathe::canvas
