#include "widgets/canvas/layered.h"

#include <algorithm>
#include <cmath>

#include "widgets/canvas/isotonic.h"
#include "widgets/canvas/lanes.h"
#include "widgets/canvas/ordering.h"

namespace lathe::canvas {
namespace {

constexpr double kNodeGap = 24;
constexpr double kWireGap = 14;
constexpr double kTrack = 8;         // between parallel horizontal runs
constexpr double kChannel = 22;      // rank to rank, without tracks
constexpr double kPortSpacing = 14;  // between wires that enter one node
constexpr int kMostTracks = 14;

// Places of cells: sweeps that align each row with the one before, then with the one after.
std::vector<double> placeCells(const Cells& cells, const base::Progress& progress) {
    std::vector<double> x(cells.width.size());
    const auto distance = [&](uint32_t a, uint32_t b) {
        const bool wires = a >= cells.nodeCount || b >= cells.nodeCount;
        return (cells.width[a] + cells.width[b]) / 2 + (wires ? kWireGap : kNodeGap);
    };
    for (const auto& row : cells.rows) {
        double total = 0;
        for (size_t i = 1; i < row.size(); ++i) total += distance(row[i - 1], row[i]);
        double at = -total / 2;
        for (size_t i = 0; i < row.size(); ++i) {
            if (i > 0) at += distance(row[i - 1], row[i]);
            x[row[i]] = at;
        }
    }
    std::vector<Wish> wishes;
    std::vector<double> positions;
    std::vector<std::pair<double, double>> targets;
    const auto align = [&](const std::vector<uint32_t>& row, bool above) {
        wishes.clear();
        for (size_t i = 0; i < row.size(); ++i) {
            const uint32_t cell = row[i];
            const auto& first = above ? cells.firstUp : cells.firstDown;
            const auto& list = above ? cells.up : cells.down;
            targets.clear();
            double weight = 0;
            for (uint32_t k = first[cell]; k < first[cell + 1]; ++k) {
                const Segment& s = cells.segments[list[k]];
                targets.emplace_back(above ? x[s.upper] + s.upperOffset - s.lowerOffset
                                           : x[s.lower] + s.lowerOffset - s.upperOffset,
                                     s.weight);
                weight = std::max(weight, s.weight);
            }
            Wish wish;
            wish.position = targets.empty() ? x[cell] : weightedMedian(targets);
            wish.weight = targets.empty() ? 0.05 : weight;
            wish.distance = i > 0 ? distance(row[i - 1], cell) : 0;
            wishes.push_back(wish);
        }
        placeInRow(wishes, positions);
        for (size_t i = 0; i < row.size(); ++i) x[row[i]] = positions[i];
    };
    for (int sweep = 0; sweep < 5 && !progress.cancelled(); ++sweep) {
        if (sweep % 2 == 0)
            for (size_t r = 1; r < cells.rows.size() && !progress.cancelled(); ++r)
                align(cells.rows[r], true);
        else
            for (size_t r = cells.rows.size() - 1; r-- > 0 && !progress.cancelled();)
                align(cells.rows[r], false);
    }
    if (progress.cancelled()) return x;
    // Rows whose first cells hang from below only (inputs) once more, so that they end straight above it.
    for (size_t r = cells.rows.size() > 0 ? cells.rows.size() - 1 : 0; r-- > 0;) {
        const auto& row = cells.rows[r];
        const bool sourcesOnly = std::all_of(row.begin(), row.end(), [&](uint32_t cell) {
            return cells.firstUp[cell] == cells.firstUp[cell + 1];
        });
        if (sourcesOnly) align(row, false);
    }
    // On whole pixels from here on, so that wires meet ports exactly. What is equal but for rounding errors
    // must stay equal.
    for (size_t cell = 0; cell < x.size(); ++cell)
        x[cell] = std::floor(x[cell] - cells.width[cell] / 2 + 0.5 + 1e-6) + cells.width[cell] / 2;
    return x;
}

// A step of an edge through the channel below rank `channel`; -1 is above all ranks.
struct Run {
    uint32_t net = 0;  // source node: its wires may share a track
    int32_t channel = 0;
    double from = 0, to = 0;
    int32_t track = -1;
};

class Router {
  public:
    Router(const Level& level, const Ranking& ranking, const Cells& cells, std::vector<double> x)
        : m_level(level), m_ranking(ranking), m_cells(cells), m_x(std::move(x)) {}

    // Empty when cancelled.
    LevelLayout route(const base::Progress& progress) {
        chooseLanes();
        if (progress.cancelled()) return {};
        attach();
        if (progress.cancelled()) return {};
        makeRuns();
        if (progress.cancelled()) return {};
        const auto tracks = assignTracks();
        if (progress.cancelled()) return {};
        placeRanks(tracks);
        if (progress.cancelled()) return {};
        collect();
        return std::move(m_result);
    }

  private:
    // A wire leaves its source at the bottom and enters its target at the top, those that close a cycle too.
    uint32_t source(uint32_t e) const { return m_level.edges[e].source; }
    uint32_t target(uint32_t e) const { return m_level.edges[e].target; }
    int32_t rank(uint32_t node) const { return m_ranking.rank[node]; }
    // Lanes by source; those that run upwards follow those that run down.
    size_t laneOf(uint32_t e) const {
        return source(e) + (m_ranking.reversed[e] ? m_level.nodes.size() : size_t{0});
    }
    double left(uint32_t node) const { return m_x[node] - m_level.nodes[node].width / 2; }

    // One lane a source and direction, on the side that is nearer; short lanes lie inside.
    void chooseLanes() {
        struct Lane {
            uint32_t source = 0;
            size_t index = 0;            // in m_laneX
            size_t first = 0, last = 0;  // the ranks that it passes
            double sum = 0, count = 0;   // of the places of its targets
            size_t length() const { return last - first; }
        };
        m_laneX.assign(m_level.nodes.size() * 2, std::nan(""));
        std::vector<uint32_t> laneAt(m_laneX.size(), kNone);
        std::vector<Lane> lanes;
        for (uint32_t e = 0; e < m_level.edges.size(); ++e) {
            if (!m_cells.lane[e]) continue;
            const bool up = m_ranking.reversed[e];
            const auto from = static_cast<size_t>(rank(source(e))), to = static_cast<size_t>(rank(target(e)));
            const size_t first = up ? to : from + 1, last = up ? from : to - 1;
            uint32_t& at = laneAt[laneOf(e)];
            if (at == kNone) {
                at = static_cast<uint32_t>(lanes.size());
                lanes.push_back({source(e), laneOf(e), first, last});
            }
            Lane& lane = lanes[at];
            lane.first = std::min(lane.first, first);
            lane.last = std::max(lane.last, last);
            lane.sum += m_x[target(e)];
            ++lane.count;
        }
        if (lanes.empty()) return;
        std::vector<double> rights(m_cells.rows.size(), -1e300), lefts(m_cells.rows.size(), -1e300);
        for (size_t r = 0; r < m_cells.rows.size(); ++r)
            for (const uint32_t cell : m_cells.rows[r]) {
                rights[r] = std::max(rights[r], m_x[cell] + m_cells.width[cell] / 2);
                lefts[r] = std::max(lefts[r], -(m_x[cell] - m_cells.width[cell] / 2));
            }
        Extents right(rights), left(lefts);
        std::stable_sort(lanes.begin(), lanes.end(),
                         [](const Lane& a, const Lane& b) { return a.length() < b.length(); });
        for (const Lane& lane : lanes) {
            const double onRight = right.most(lane.first, lane.last) + kWireGap;
            const double onLeft = -(left.most(lane.first, lane.last) + kWireGap);
            const double middle = lane.sum / lane.count, from = m_x[lane.source];
            const auto detour = [&](double x) { return std::abs(x - from) + std::abs(x - middle); };
            const bool useRight = detour(onRight) <= detour(onLeft) + 1;
            m_laneX[lane.index] = useRight ? onRight : onLeft;
            (useRight ? right : left).raise(lane.first, lane.last, useRight ? onRight : -onLeft);
        }
    }

    double enteringX(uint32_t e) const {
        if (m_cells.lane[e]) return m_laneX[laneOf(e)];
        const uint32_t last = m_cells.firstSegment[e + 1];
        if (last == m_cells.firstSegment[e]) return m_x[source(e)];
        const Segment& segment = m_cells.segments[last - 1];
        return m_x[segment.upper] + segment.upperOffset;
    }

    // Wires into one node spread round the one that comes in straightest.
    void attach() {
        m_fromX.resize(m_level.edges.size());
        m_toX.resize(m_level.edges.size());
        std::vector<std::pair<uint32_t, double>> entering;  // edge, x it comes from
        std::vector<std::vector<uint32_t>> into(m_level.nodes.size());
        for (uint32_t e = 0; e < m_level.edges.size(); ++e) {
            const LevelEdge& edge = m_level.edges[e];
            m_fromX[e] = edge.sourceX < 0 ? m_x[edge.source] : left(edge.source) + edge.sourceX;
            m_toX[e] = edge.targetX < 0 ? m_x[edge.target] : left(edge.target) + edge.targetX;
            if (edge.targetX < 0) into[edge.target].push_back(e);
        }
        for (uint32_t node = 0; node < m_level.nodes.size(); ++node) {
            if (into[node].empty() || m_level.nodes[node].port) continue;
            if (into[node].size() == 1) {  // rather off the middle by a hair than bent by a hair
                const double x = enteringX(into[node][0]);
                if (std::abs(x - m_x[node]) <= 2) m_toX[into[node][0]] = x;
                continue;
            }
            entering.clear();
            for (const uint32_t e : into[node]) entering.emplace_back(e, enteringX(e));
            std::stable_sort(entering.begin(), entering.end(),
                             [](const auto& a, const auto& b) { return a.second < b.second; });
            size_t straightest = 0;
            for (size_t i = 1; i < entering.size(); ++i)
                if (std::abs(entering[i].second - m_x[node]) <
                    std::abs(entering[straightest].second - m_x[node]))
                    straightest = i;
            const bool spine = std::abs(entering[straightest].second - m_x[node]) <= 2;
            const double middle =
                spine ? static_cast<double>(straightest) : (static_cast<double>(entering.size()) - 1) / 2;
            const double room = m_level.nodes[node].width / 2 - 12;
            const double most = std::max(middle, static_cast<double>(entering.size()) - 1 - middle);
            const double spacing = std::min(kPortSpacing, room / std::max(1.0, most));
            for (size_t i = 0; i < entering.size(); ++i)
                m_toX[entering[i].first] =
                    i == straightest && spine
                        ? entering[i].second
                        : std::round(m_x[node] + (static_cast<double>(i) - middle) * spacing);
        }
    }

    void makeRuns() {
        m_firstRun.assign(1, 0);
        for (uint32_t e = 0; e < m_level.edges.size(); ++e) {
            const uint32_t net = source(e);
            if (m_cells.lane[e]) {
                const double lane = m_laneX[laneOf(e)];
                m_runs.push_back({net, rank(net), m_fromX[e], lane});
                m_runs.push_back({net, rank(target(e)) - 1, lane, m_toX[e]});
            } else {
                double from = m_fromX[e];
                for (uint32_t s = m_cells.firstSegment[e]; s < m_cells.firstSegment[e + 1]; ++s) {
                    const Segment& segment = m_cells.segments[s];
                    const bool last = s + 1 == m_cells.firstSegment[e + 1];
                    const double to = last ? m_toX[e] : m_x[segment.lower];
                    m_runs.push_back({net, m_cells.rank[segment.upper], from, to});
                    from = to;
                }
            }
            m_firstRun.push_back(static_cast<uint32_t>(m_runs.size()));
        }
    }

    // Runs of one source in one channel share a track; others take the first that is free there. The counts
    // of tracks, by channel from the one above all ranks on.
    std::vector<int32_t> assignTracks() {
        std::vector<uint32_t> bent;
        for (uint32_t i = 0; i < m_runs.size(); ++i)
            if (std::abs(m_runs[i].from - m_runs[i].to) > 0.5) bent.push_back(i);
        std::sort(bent.begin(), bent.end(), [&](uint32_t a, uint32_t b) {
            if (m_runs[a].channel != m_runs[b].channel) return m_runs[a].channel < m_runs[b].channel;
            return m_runs[a].net != m_runs[b].net ? m_runs[a].net < m_runs[b].net : a < b;
        });
        struct Net {
            size_t begin, end;
            double low, high;
        };
        std::vector<int32_t> used(m_cells.rows.size() + 1, 0);
        std::vector<Net> nets;
        std::vector<double> ends;
        for (size_t i = 0; i < bent.size();) {
            const int32_t channel = m_runs[bent[i]].channel;
            nets.clear();
            while (i < bent.size() && m_runs[bent[i]].channel == channel) {
                Net net{i, i, 1e300, -1e300};
                for (; i < bent.size() && m_runs[bent[i]].channel == channel &&
                       m_runs[bent[i]].net == m_runs[bent[net.begin]].net;
                     ++i) {
                    const Run& run = m_runs[bent[i]];
                    net.low = std::min({net.low, run.from, run.to});
                    net.high = std::max({net.high, run.from, run.to});
                }
                net.end = i;
                nets.push_back(net);
            }
            std::sort(nets.begin(), nets.end(), [](const Net& a, const Net& b) { return a.low < b.low; });
            ends.clear();
            for (const Net& net : nets) {
                size_t track = 0;
                while (track < ends.size() && ends[track] + kTrack > net.low) ++track;
                if (track == ends.size()) {
                    if (ends.size() < kMostTracks)
                        ends.push_back(0);
                    else
                        track =
                            static_cast<size_t>(std::min_element(ends.begin(), ends.end()) - ends.begin());
                }
                ends[track] = net.high;
                for (size_t k = net.begin; k < net.end; ++k)
                    m_runs[bent[k]].track = static_cast<int32_t>(track);
            }
            used[static_cast<size_t>(channel) + 1] = static_cast<int32_t>(ends.size());
        }
        return used;
    }

    void placeRanks(const std::vector<int32_t>& tracks) {
        const size_t ranks = m_cells.rows.size();
        std::vector<double> top(ranks), height(ranks);
        m_channelTop.assign(ranks + 1, 0);
        for (size_t node = 0; node < m_level.nodes.size(); ++node) {
            auto& most = height[static_cast<size_t>(m_ranking.rank[node])];
            most = std::max(most, m_level.nodes[node].height);
        }
        double y = tracks[0] > 0 ? kChannel + kTrack * tracks[0] : 0;
        for (size_t r = 0; r < ranks; ++r) {
            top[r] = y;
            y += height[r];
            m_channelTop[r + 1] = y;
            // Above the first and below the last rank there is a channel only for wires that turn there.
            if (r + 1 == ranks && tracks[ranks] == 0) continue;
            // Ports have the frame's padding already: straight wires need no more room there.
            const bool bare = tracks[r + 1] == 0 && (height[r] == 0 || (r + 1 < ranks && height[r + 1] == 0));
            y += bare ? kTrack : kChannel + kTrack * std::max(1, tracks[r + 1]);
        }
        m_result.height = y;
        double low = 1e300, high = -1e300;
        for (uint32_t node = 0; node < m_level.nodes.size(); ++node) {
            low = std::min(low, left(node));
            high = std::max(high, left(node) + m_level.nodes[node].width);
        }
        for (const double x : m_laneX) {
            if (std::isnan(x)) continue;
            low = std::min(low, x);
            high = std::max(high, x);
        }
        for (size_t cell = m_cells.nodeCount; cell < m_x.size(); ++cell) {
            low = std::min(low, m_x[cell]);
            high = std::max(high, m_x[cell]);
        }
        m_shift = m_level.nodes.empty() ? 0 : -low;
        m_result.width = m_level.nodes.empty() ? 0 : high - low;
        for (uint32_t node = 0; node < m_level.nodes.size(); ++node) {
            const auto r = static_cast<size_t>(rank(node));
            const LevelNode& data = m_level.nodes[node];
            m_result.boxes.push_back({std::round(left(node) + m_shift),
                                      std::round(top[r] + (height[r] - data.height) / 2), data.width,
                                      data.height});
        }
    }

    void collect() {
        auto& points = m_result.points;
        for (uint32_t e = 0; e < m_level.edges.size(); ++e) {
            m_result.firstPoint.push_back(static_cast<uint32_t>(points.size()));
            points.push_back({std::round(m_fromX[e] + m_shift), m_result.boxes[source(e)].bottom()});
            double x = m_fromX[e];
            for (uint32_t r = m_firstRun[e]; r < m_firstRun[e + 1]; ++r) {
                const Run& run = m_runs[r];
                if (run.track < 0) continue;
                const double y = m_channelTop[static_cast<size_t>(run.channel) + 1] + kChannel / 2 +
                                 kTrack * (run.track + 0.5) - 1;
                points.push_back({std::round(run.from + m_shift), std::round(y)});
                points.push_back({std::round(run.to + m_shift), std::round(y)});
                x = run.to;
            }
            points.push_back({std::round(x + m_shift), m_result.boxes[target(e)].y});
        }
        m_result.firstPoint.push_back(static_cast<uint32_t>(points.size()));
    }

    const Level& m_level;
    const Ranking& m_ranking;
    const Cells& m_cells;
    std::vector<double> m_x;             // by cell: centre
    std::vector<double> m_laneX;         // by laneOf, or not a number
    std::vector<double> m_fromX, m_toX;  // by edge: where it leaves and enters
    std::vector<Run> m_runs;
    std::vector<uint32_t> m_firstRun;
    std::vector<double> m_channelTop;  // by channel, from the one above all ranks on
    double m_shift = 0;
    LevelLayout m_result;
};

}  // namespace

LevelLayout layOutLevel(const Level& level, const base::Progress& progress) {
    if (level.nodes.empty()) return {};
    const Ranking ranking = rankLevel(level);
    if (progress.cancelled()) return {};
    Cells cells = makeCells(level, ranking, progress);
    if (progress.cancelled()) return {};
    orderCells(cells, progress);
    if (progress.cancelled()) return {};
    std::vector<double> x = placeCells(cells, progress);
    if (progress.cancelled()) return {};
    return Router(level, ranking, cells, std::move(x)).route(progress);
}

}  // namespace lathe::canvas
