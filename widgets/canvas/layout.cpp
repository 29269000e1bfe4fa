#include "widgets/canvas/layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory_resource>
#include <unordered_map>

#include "widgets/canvas/layered.h"

namespace lathe::canvas {
namespace {

constexpr double kFramePadding = 16;

// Characters of UTF-8, as an estimate of width: text is elided when drawn, so an estimate is enough and no
// font is needed off the GUI thread.
double characters(const std::string& text) {
    double count = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) != 0x80U) count += byte >= 0xE3U ? 2 : 1;
    }
    return count;
}

LevelNode sizeOf(const DisplayGraph& graph, const DisplayItem& item) {
    const auto stepped = [](double width, double low, double high) {
        return std::clamp(std::ceil(width / 24) * 24, low, high);
    };
    switch (item.kind) {
        case DisplayItem::Kind::node: {
            const double first = 8 * static_cast<double>(graph.graph().node(item.node).op().size()) +
                                 (item.chips.empty() ? 0 : 6.4 * characters(item.chips) + 16);
            const double second =
                std::min(6.6 * static_cast<double>(graph.graph().node(item.node).name().size()), 150.0) + 20;
            return {stepped(std::max(first, second) + 32, 144, 264), kNodeHeight};
        }
        case DisplayItem::Kind::group:
            return {stepped(8.2 * characters(titleOf(graph, item)) + 96, 192, 264), kGroupHeight};
        default:
            return {stepped(7 * characters(titleOf(graph, item)) + 24, 72, 216), kPillHeight};
    }
}

// One side of a wire within a level: an element, and which port of it when it is a frame.
struct End {
    int32_t element = -1;
    int32_t port = -1;
    auto operator<=>(const End&) const = default;
};

struct Port {
    int32_t element = -1;  // of its own frame's level
    double x = 0;          // from the left of the frame, once laid out
};

struct Element {
    int32_t item = -1;   // or
    int32_t frame = -1;  // an open group, or
    int32_t port = -1;   // a port of this level's frame
};

struct LevelWire {
    End source, target;
    uint32_t edge = 0;
};

// One open group, or the whole. A large graph has tens of thousands, with their maps in one arena: freed one
// by one the entries would hold up the end of a cancelled layout.
struct Panel {
    explicit Panel(std::pmr::memory_resource* arena) : portOf(arena), wireOf(arena) {}

    int32_t parent = -1;
    int32_t depth = 0;
    bool used = false;
    int32_t elementInParent = -1;
    std::vector<Element> elements;
    std::vector<Port> ports;
    std::vector<LevelWire> wires;
    std::pmr::map<std::pair<uint32_t, bool>, int32_t> portOf;  // (source item, leaving) to port
    std::pmr::map<std::pair<End, End>, size_t> wireOf;
    Level level;
    LevelLayout result;
    double x = 0, y = 0, width = 0, height = 0;
};

class Composer {
  public:
    explicit Composer(const DisplayGraph& graph)
        : m_graph(graph), m_root(static_cast<int32_t>(graph.hierarchy->groups.size())) {
        m_panels.reserve(static_cast<size_t>(m_root) + 1);
        for (int32_t i = 0; i <= m_root; ++i) m_panels.emplace_back(&m_arena);
        for (int32_t i = 0; i < m_root; ++i) {
            const int32_t parent = graph.hierarchy->groups[static_cast<size_t>(i)].parent;
            panel(i).parent = parent < 0 ? m_root : parent;
            panel(i).depth = panel(panel(i).parent).depth + (parent < 0 ? 0 : 1);
        }
        m_elementOfItem.resize(graph.items.size());
    }

    base::Result<Layout> compose(const base::Progress& progress) {
        for (uint32_t i = 0; i < m_graph.items.size(); ++i) addItem(i);
        for (uint32_t i = 0; i < m_graph.edges.size(); ++i) {
            if (progress.cancelled()) return base::Error::cancelled();
            addEdge(i);
        }
        for (int32_t i = m_root - 1; i >= -1; --i) {
            if (auto status = progress.check(); !status) return status.error();
            const int32_t at = i < 0 ? m_root : i;
            if (panel(at).used || at == m_root) layOutPanel(panel(at), at == m_root, progress);
            progress.report(1 - static_cast<double>(i + 1) / (m_root + 1));
        }
        if (auto status = progress.check(); !status) return status.error();
        Layout out = gather(progress);
        if (auto status = progress.check(); !status) return status.error();
        return out;
    }

  private:
    Panel& panel(int32_t index) { return m_panels[static_cast<size_t>(index)]; }
    int32_t panelOf(uint32_t item) const {
        const int32_t frame = m_graph.items[item].frame;
        return frame < 0 ? m_root : frame;
    }

    void addItem(uint32_t item) {
        const int32_t at = panelOf(item);
        use(at);
        m_elementOfItem[item] = static_cast<int32_t>(panel(at).elements.size());
        panel(at).elements.push_back({.item = static_cast<int32_t>(item)});
    }

    void use(int32_t at) {
        while (at != m_root && !panel(at).used) {
            panel(at).used = true;
            Panel& outer = panel(panel(at).parent);
            panel(at).elementInParent = static_cast<int32_t>(outer.elements.size());
            outer.elements.push_back({.frame = at});
            at = panel(at).parent;
        }
    }

    int32_t portFor(int32_t at, uint32_t source, bool leaving) {
        Panel& p = panel(at);
        const auto [found, fresh] =
            p.portOf.try_emplace({source, leaving}, static_cast<int32_t>(p.ports.size()));
        if (fresh) {
            p.ports.push_back({static_cast<int32_t>(p.elements.size()), 0});
            p.elements.push_back({.port = found->second});
        }
        return found->second;
    }

    void addWire(int32_t at, End source, End target, uint32_t edge) {
        Panel& p = panel(at);
        // Between two items there is one edge already; frames gather several.
        const auto isItem = [&p](const End& end) {
            return p.elements[static_cast<size_t>(end.element)].item >= 0;
        };
        if (!isItem(source) || !isItem(target))
            if (!p.wireOf.try_emplace({source, target}, p.wires.size()).second) return;
        p.wires.push_back({source, target, edge});
    }

    // A wire goes up through the frames round its source and down through those round its target.
    void addEdge(uint32_t index) {
        const DisplayEdge& edge = m_graph.edges[index];
        int32_t a = panelOf(edge.source), b = panelOf(edge.target);
        End from{m_elementOfItem[edge.source], -1};
        End to{m_elementOfItem[edge.target], -1};
        const auto depth = [&](int32_t at) { return at == m_root ? -1 : panel(at).depth; };
        while (a != b) {
            if (depth(a) >= depth(b)) {
                const int32_t port = portFor(a, edge.source, true);
                addWire(a, from, {panel(a).ports[static_cast<size_t>(port)].element, -1}, index);
                from = {panel(a).elementInParent, port};
                a = panel(a).parent;
            } else {
                const int32_t port = portFor(b, edge.source, false);
                addWire(b, {panel(b).ports[static_cast<size_t>(port)].element, -1}, to, index);
                to = {panel(b).elementInParent, port};
                b = panel(b).parent;
            }
        }
        if (from.element != to.element) addWire(a, from, to, index);
    }

    double attachment(const Panel& p, const End& end) const {
        if (end.port < 0) return -1;
        const int32_t frame = p.elements[static_cast<size_t>(end.element)].frame;
        return m_panels[static_cast<size_t>(frame)].ports[static_cast<size_t>(end.port)].x;
    }

    void layOutPanel(Panel& p, bool root, const base::Progress& progress) {
        for (const Element& element : p.elements) {
            if (element.item >= 0) {
                p.level.nodes.push_back(sizeOf(m_graph, m_graph.items[static_cast<size_t>(element.item)]));
            } else if (element.frame >= 0) {
                const Panel& inner = panel(element.frame);
                p.level.nodes.push_back({inner.width, inner.height});
            } else {
                p.level.nodes.push_back({0, 0, true, false});
            }
        }
        for (const auto& [key, port] : p.portOf)
            p.level.nodes[static_cast<size_t>(p.ports[static_cast<size_t>(port)].element)].bottomPort =
                key.second;
        for (const LevelWire& wire : p.wires)
            p.level.edges.push_back({static_cast<uint32_t>(wire.source.element),
                                     static_cast<uint32_t>(wire.target.element), attachment(p, wire.source),
                                     attachment(p, wire.target)});
        p.result = layOutLevel(p.level, progress);
        p.level = {};
        if (progress.cancelled()) return;
        if (root) {
            p.width = p.result.width;
            p.height = p.result.height;
            return;
        }
        p.width = std::max(std::ceil(p.result.width / 2) * 2 + 2 * kFramePadding, 168.0);
        p.height = p.result.height + kFrameHeader + kFramePadding / 2;
        for (Port& port : p.ports)
            port.x = p.result.boxes[static_cast<size_t>(port.element)].x + innerLeft(p);
    }

    static double innerLeft(const Panel& p) { return std::round((p.width - p.result.width) / 2); }

    // Incomplete when cancelled.
    Layout gather(const base::Progress& progress) {
        Layout out;
        out.items.resize(m_graph.items.size());
        size_t points = 0, wires = 0;
        for (const Panel& p : m_panels) {
            points += p.result.points.size();
            wires += p.wires.size();
        }
        out.points.reserve(points);
        out.wires.reserve(wires);
        out.width = panel(m_root).width;
        out.height = panel(m_root).height;
        place(out, m_root, 0, 0);
        for (int32_t i = 0; i < m_root && !progress.cancelled(); ++i) {
            const Panel& p = panel(i);
            if (!p.used) continue;
            place(out, i, innerLeft(p), kFrameHeader);
        }
        return out;
    }

    // Parents come first, so a panel's own corner is known when its turn comes.
    void place(Layout& out, int32_t at, double insetX, double insetY) {
        Panel& p = panel(at);
        if (at != m_root) out.frames.push_back({at, p.depth, {p.x, p.y, p.width, p.height}});
        const double left = p.x + insetX, top = p.y + insetY;
        for (size_t i = 0; i < p.elements.size(); ++i) {
            Box box = p.result.boxes[i];
            box.x += left;
            box.y += top;
            const Element& element = p.elements[i];
            if (element.item >= 0) out.items[static_cast<size_t>(element.item)] = box;
            if (element.frame >= 0) {
                panel(element.frame).x = box.x;
                panel(element.frame).y = box.y;
            }
        }
        for (size_t i = 0; i < p.wires.size(); ++i) {
            Layout::Wire wire;
            wire.edge = p.wires[i].edge;
            wire.first = static_cast<uint32_t>(out.points.size());
            const Element& target = p.elements[static_cast<size_t>(p.wires[i].target.element)];
            const Element& source = p.elements[static_cast<size_t>(p.wires[i].source.element)];
            wire.arrow = target.item >= 0;
            for (uint32_t k = p.result.firstPoint[i]; k < p.result.firstPoint[i + 1]; ++k)
                out.points.push_back({p.result.points[k].x + left, p.result.points[k].y + top});
            // Ports lie on the border of the frame, the level a little inside it.
            if (source.port >= 0) out.points[wire.first].y = p.y;
            if (target.port >= 0) out.points.back().y = p.y + p.height;
            wire.count = static_cast<uint32_t>(out.points.size()) - wire.first;
            out.wires.push_back(wire);
        }
    }

    const DisplayGraph& m_graph;
    int32_t m_root;
    std::pmr::monotonic_buffer_resource m_arena;
    std::vector<Panel> m_panels;  // by group; the last is the whole
    std::vector<int32_t> m_elementOfItem;
};

}  // namespace

base::Result<Layout> layOut(const DisplayGraph& graph, const base::Progress& progress) {
    return Composer(graph).compose(progress);
}

}  // namespace lathe::canvas
