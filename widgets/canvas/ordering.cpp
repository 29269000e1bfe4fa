#include "widgets/canvas/ordering.h"

#include <algorithm>
#include <numeric>

namespace lathe::canvas {
namespace {

constexpr size_t kCountCrossingsBelow = 6000;  // cells

// How much a step wants to be straight: the spine of the model first, detours last, but their long runs
// again.
double weightOf(const Level& level, uint32_t nodeCount, uint32_t upper, uint32_t lower) {
    const bool upperDummy = upper >= nodeCount, lowerDummy = lower >= nodeCount;
    if (upperDummy && lowerDummy) return 16;
    if (upperDummy || lowerDummy) return 1;
    return level.nodes[upper].port || level.nodes[lower].port ? 4 : 8;
}

void index(const Cells& cells, bool byUpper, std::vector<uint32_t>& first, std::vector<uint32_t>& list) {
    const auto key = [&](const Segment& s) { return byUpper ? s.upper : s.lower; };
    first.assign(cells.width.size() + 1, 0);
    for (const Segment& segment : cells.segments) ++first[key(segment) + 1];
    for (size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
    list.resize(cells.segments.size());
    auto next = first;
    for (uint32_t i = 0; i < cells.segments.size(); ++i) list[next[key(cells.segments[i])]++] = i;
}

class Sweeper {
  public:
    explicit Sweeper(Cells& cells) : m_cells(cells), m_place(cells.width.size()) {
        for (const auto& row : cells.rows) number(row);
    }

    void sweep(bool downwards, const base::Progress& progress) {
        auto& rows = m_cells.rows;
        if (downwards)
            for (size_t r = 1; r < rows.size() && !progress.cancelled(); ++r) sort(rows[r], true);
        else
            for (size_t r = rows.size() - 1; r-- > 0 && !progress.cancelled();) sort(rows[r], false);
    }

    // Pairs of steps that cross, counted with a Fenwick tree a rank (Barth, Juenger, Mutzel 2002).
    int64_t crossings() {
        int64_t total = 0;
        std::vector<int64_t> tree;
        std::vector<std::pair<double, double>> steps;
        for (size_t r = 0; r + 1 < m_cells.rows.size(); ++r) {
            steps.clear();
            for (const uint32_t cell : m_cells.rows[r])
                for (uint32_t i = m_cells.firstDown[cell]; i < m_cells.firstDown[cell + 1]; ++i)
                    steps.emplace_back(m_place[cell], m_place[m_cells.segments[m_cells.down[i]].lower]);
            std::sort(steps.begin(), steps.end());
            const size_t width = m_cells.rows[r + 1].size();
            tree.assign(width + 1, 0);
            int64_t seen = 0;
            for (const auto& [from, to] : steps) {
                const auto place = static_cast<size_t>(to);
                int64_t atOrBefore = 0;
                for (size_t i = place + 1; i > 0; i -= i & (~i + 1)) atOrBefore += tree[i];
                total += seen - atOrBefore;
                for (size_t i = place + 1; i <= width; i += i & (~i + 1)) ++tree[i];
                ++seen;
            }
        }
        return total;
    }

  private:
    void number(const std::vector<uint32_t>& row) {
        for (size_t i = 0; i < row.size(); ++i) m_place[row[i]] = static_cast<double>(i);
    }

    void sort(std::vector<uint32_t>& row, bool fromAbove) {
        if (row.size() < 2) return;
        m_keys.clear();
        for (const uint32_t cell : row) m_keys.emplace_back(median(cell, fromAbove), cell);
        std::stable_sort(m_keys.begin(), m_keys.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (size_t i = 0; i < row.size(); ++i) row[i] = m_keys[i].second;
        number(row);
    }

    double median(uint32_t cell, bool fromAbove) {
        const auto& first = fromAbove ? m_cells.firstUp : m_cells.firstDown;
        const auto& list = fromAbove ? m_cells.up : m_cells.down;
        m_places.clear();
        for (uint32_t i = first[cell]; i < first[cell + 1]; ++i) {
            const Segment& segment = m_cells.segments[list[i]];
            const double offset = fromAbove ? segment.upperOffset : segment.lowerOffset;
            // Attachments on one wide box are told apart by where they lie on it.
            m_places.push_back(m_place[fromAbove ? segment.upper : segment.lower] + offset * 1e-5);
        }
        if (m_places.empty()) return m_place[cell];
        const size_t middle = m_places.size() / 2;
        std::nth_element(m_places.begin(), m_places.begin() + static_cast<std::ptrdiff_t>(middle),
                         m_places.end());
        if (m_places.size() % 2 == 1) return m_places[middle];
        const double below =
            *std::max_element(m_places.begin(), m_places.begin() + static_cast<std::ptrdiff_t>(middle));
        return (below + m_places[middle]) / 2;
    }

    Cells& m_cells;
    std::vector<double> m_place;  // by cell: index in its row
    std::vector<double> m_places;
    std::vector<std::pair<double, uint32_t>> m_keys;
};

}  // namespace

Cells makeCells(const Level& level, const Ranking& ranking, const base::Progress& progress) {
    Cells cells;
    cells.nodeCount = static_cast<uint32_t>(level.nodes.size());
    for (size_t i = 0; i < level.nodes.size(); ++i) {
        cells.width.push_back(level.nodes[i].width);
        cells.rank.push_back(ranking.rank[i]);
    }
    cells.lane.assign(level.edges.size(), false);
    cells.firstSegment.assign(1, 0);
    const auto spanOf = [&](const LevelEdge& edge) {
        return ranking.rank[edge.target] - ranking.rank[edge.source];
    };
    // A value that several nodes further down read runs in one lane, a branch to each: not side by side.
    std::vector<uint32_t> distantReaders(level.nodes.size());
    for (const LevelEdge& edge : level.edges) distantReaders[edge.source] += spanOf(edge) >= 2;
    for (uint32_t e = 0; e < level.edges.size(); ++e) {
        if (progress.cancelled()) return cells;
        const LevelEdge& edge = level.edges[e];
        const uint32_t upper = edge.source, lower = edge.target;
        const int32_t span = spanOf(edge);
        const auto offset = [&](double fixed, uint32_t node) {
            return fixed < 0 ? 0.0 : fixed - level.nodes[node].width / 2;
        };
        const double upperOffset = offset(edge.sourceX, upper);
        const double lowerOffset = offset(edge.targetX, lower);
        if (ranking.reversed[e] || span > kLongestDummyChain || (span >= 2 && distantReaders[upper] >= 2)) {
            cells.lane[e] = true;
        } else if (span >= 1) {
            uint32_t from = upper;
            for (int32_t step = 1; step <= span; ++step) {
                uint32_t to = lower;
                if (step < span) {
                    to = static_cast<uint32_t>(cells.width.size());
                    cells.width.push_back(0);
                    cells.rank.push_back(ranking.rank[upper] + step);
                }
                cells.segments.push_back({from, to, e, step == 1 ? upperOffset : 0,
                                          step == span ? lowerOffset : 0,
                                          weightOf(level, cells.nodeCount, from, to)});
                from = to;
            }
        }
        cells.firstSegment.push_back(static_cast<uint32_t>(cells.segments.size()));
    }
    cells.rows.resize(static_cast<size_t>(ranking.count));
    for (uint32_t cell = 0; cell < cells.width.size(); ++cell)
        cells.rows[static_cast<size_t>(cells.rank[cell])].push_back(cell);
    index(cells, false, cells.firstUp, cells.up);
    index(cells, true, cells.firstDown, cells.down);
    return cells;
}

void orderCells(Cells& cells, const base::Progress& progress) {
    if (cells.rows.size() < 2) return;
    Sweeper sweeper(cells);
    const bool count = cells.width.size() < kCountCrossingsBelow;
    const int sweeps = cells.width.size() < 50'000 ? 8 : 4;
    auto best = cells.rows;
    int64_t fewest = INT64_MAX;
    for (int i = 0; i < sweeps && !progress.cancelled(); ++i) {
        sweeper.sweep(i % 2 == 0, progress);
        if (!count) continue;
        const int64_t crossings = sweeper.crossings();
        if (crossings < fewest) {
            fewest = crossings;
            best = cells.rows;
        }
        if (fewest == 0) break;
    }
    if (count && fewest != INT64_MAX) cells.rows = std::move(best);
}

}  // namespace lathe::canvas
