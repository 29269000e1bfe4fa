// Room beside the ranks: the widest extent over a range of ranks, and reserving more of it, in O(log ranks).
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lathe::canvas {

class Extents {
  public:
    explicit Extents(const std::vector<double>& start) {
        while (m_size < start.size()) m_size *= 2;
        m_most.assign(m_size * 2, kNothing);
        m_raised.assign(m_size * 2, kNothing);
        std::copy(start.begin(), start.end(), m_most.begin() + static_cast<std::ptrdiff_t>(m_size));
        for (size_t i = m_size; i-- > 1;) m_most[i] = std::max(m_most[2 * i], m_most[2 * i + 1]);
    }
    // Largest extent of ranks first to last, both included.
    double most(size_t first, size_t last) const { return most(1, 0, m_size - 1, first, last); }
    void raise(size_t first, size_t last, double extent) { raise(1, 0, m_size - 1, first, last, extent); }

  private:
    static constexpr double kNothing = -1e300;

    double most(size_t at, size_t low, size_t high, size_t first, size_t last) const {
        if (last < low || high < first) return kNothing;
        if (first <= low && high <= last) return m_most[at];
        const size_t middle = (low + high) / 2;
        return std::max(m_raised[at], std::max(most(2 * at, low, middle, first, last),
                                               most(2 * at + 1, middle + 1, high, first, last)));
    }
    void raise(size_t at, size_t low, size_t high, size_t first, size_t last, double extent) {
        if (last < low || high < first) return;
        m_most[at] = std::max(m_most[at], extent);
        if (first <= low && high <= last) {
            m_raised[at] = std::max(m_raised[at], extent);
            return;
        }
        const size_t middle = (low + high) / 2;
        raise(2 * at, low, middle, first, last, extent);
        raise(2 * at + 1, middle + 1, high, first, last, extent);
    }

    size_t m_size = 1;
    std::vector<double> m_most;    // of the sub-tree
    std::vector<double> m_raised;  // on the whole range of the node
};

}  // namespace lathe::canvas
