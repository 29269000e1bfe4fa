#include "widgets/canvas/node_painter.h"

#include <QCoreApplication>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <set>

#include "widgets/canvas/graph_canvas.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"

namespace lathe::canvas {
namespace {

using Kind = DisplayItem::Kind;

// From which scale on things are drawn.
constexpr double kDensityBelow = 0.06;
constexpr double kBlocksBelow = 0.32;
constexpr double kTitleBelow = 0.55;
constexpr double kNamesBelow = 0.8;
constexpr double kTypePixels = 13;
constexpr double kSmallPixels = 12;
constexpr double kShapePixels = 10.5;

QString countOfNodes(int count) {
    return style::groupedIn(QCoreApplication::translate("canvas::NodePainter", "%n node(s)", nullptr, count),
                            count);
}

QRectF mapped(const View& view, const Box& box) {
    return {(box.x - view.origin.x()) * view.scale, (box.y - view.origin.y()) * view.scale,
            box.width * view.scale, box.height * view.scale};
}

QFont pixelFont(double pixels, bool bold) {
    QFont font = style::font(1.0, bold);
    font.setPixelSize(std::max(6, static_cast<int>(std::lround(pixels))));
    return font;
}

// Whole-pixel rounded corners on a polyline of horizontal and vertical pieces.
QPainterPath roundedPath(const std::vector<QPointF>& points, double radius) {
    QPainterPath path(points.front());
    for (size_t i = 1; i + 1 < points.size(); ++i) {
        const QPointF before = points[i] - points[i - 1], after = points[i + 1] - points[i];
        const double lengthBefore = std::abs(before.x()) + std::abs(before.y());
        const double lengthAfter = std::abs(after.x()) + std::abs(after.y());
        const double r = std::min({radius, lengthBefore / 2, lengthAfter / 2});
        if (r < 0.5) {
            path.lineTo(points[i]);
            continue;
        }
        path.lineTo(points[i] - before / lengthBefore * r);
        path.quadTo(points[i], points[i] + after / lengthAfter * r);
    }
    path.lineTo(points.back());
    return path;
}

// Fills rectangles straight into an image: thousands of them cost less than a millisecond.
class BlockImage {
  public:
    BlockImage(const QSize& size, double ratio)
        : m_image(size * ratio, QImage::Format_ARGB32_Premultiplied), m_ratio(ratio) {
        m_image.fill(Qt::transparent);
        m_image.setDevicePixelRatio(ratio);
    }
    void fill(const QRectF& rect, QRgb color) {
        const int left = std::max(0, static_cast<int>(rect.left() * m_ratio));
        const int top = std::max(0, static_cast<int>(rect.top() * m_ratio));
        const int right =
            std::min(m_image.width(), std::max(left + 1, static_cast<int>(rect.right() * m_ratio)));
        const int bottom =
            std::min(m_image.height(), std::max(top + 1, static_cast<int>(rect.bottom() * m_ratio)));
        for (int y = top; y < bottom; ++y) {
            auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(y));
            std::fill(line + std::min(left, right), line + right, color);
        }
    }
    const QImage& image() const { return m_image; }

  private:
    QImage m_image;
    double m_ratio;
};

}  // namespace

NodePainter::Detail NodePainter::detailAt(double scale) {
    if (scale < kDensityBelow) return Detail::density;
    if (scale < kBlocksBelow) return Detail::blocks;
    if (scale < kTitleBelow) return Detail::title;
    return scale < kNamesBelow ? Detail::names : Detail::all;
}

void NodePainter::prepare(ScenePtr scene, NodeMetricPtr metric, ColorBy colorBy) {
    m_scene = std::move(scene);
    m_metric = std::move(metric);
    m_colorBy = colorBy;
    m_colors.clear();
    m_values.clear();
    m_highlighted.clear();
    if (!m_scene) return;
    const DisplayGraph& display = m_scene->display;
    m_highlighted.assign(display.items.size(), false);
    const style::Theme& theme = style::theme();
    for (const DisplayItem& item : display.items) {
        double value = std::nan("");
        if (m_metric && (item.kind == Kind::node || item.kind == Kind::group)) {
            double combined = 0;
            if (m_metric->combined(nodesOf(display, item), combined)) value = combined;
        }
        m_values.push_back(value);
        QColor color = theme.groupBorder;
        if (item.kind == Kind::input || item.kind == Kind::output)
            color = theme.mutedText;
        else if (colorBy == ColorBy::metric && m_metric)
            color = std::isnan(value) ? theme.hairline : style::heat(m_metric->scale, m_metric->heat(value));
        else if (item.kind == Kind::group)
            color = theme.groupBorder;
        else
            color = colorBy == ColorBy::dataType ? style::dataTypeColor(item.dataType)
                                                 : style::familyColor(item.family);
        m_colors.push_back(color.rgb());
    }
}

void NodePainter::setHighlights(const std::vector<ir::NodeId>& nodes) {
    std::fill(m_highlighted.begin(), m_highlighted.end(), false);
    if (!m_scene) return;
    for (const ir::NodeId node : nodes)
        if (const int32_t item = m_scene->itemOf(node); item >= 0)
            m_highlighted[static_cast<size_t>(item)] = true;
}

void NodePainter::paint(QPainter& painter, const View& view, const Marks& marks) const {
    if (!m_scene) return;
    const double margin = 8 / view.scale;
    const Box area{view.origin.x() - margin, view.origin.y() - margin,
                   view.size.width() / view.scale + 2 * margin, view.size.height() / view.scale + 2 * margin};
    const Detail detail = detailAt(view.scale);
    painter.setRenderHint(QPainter::Antialiasing);
    paintFrames(painter, view);
    if (detail <= Detail::blocks) {
        paintBlocks(painter, view, marks, area);
        return;
    }
    paintWires(painter, view, marks, area);
    if (detail == Detail::all) paintShapes(painter, view, area);
    paintFrameLabels(painter, view);
    m_scene->items.query(area, [&](uint32_t item) { paintItem(painter, view, item, detail, marks); });
}

void NodePainter::paintFrames(QPainter& painter, const View& view) const {
    const style::Theme& theme = style::theme();
    const QRectF window(QPointF(), view.size);
    for (const Layout::Frame& frame : m_scene->layout.frames) {
        const QRectF rect = mapped(view, frame.box);
        if (!rect.intersects(window) || rect.height() < 4) continue;
        QColor fill = theme.panel;
        if (frame.depth % 2 == 1) fill = theme.canvas;
        painter.setPen(QPen(theme.hairline, 1));
        painter.setBrush(fill);
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8 * view.scale, 8 * view.scale);
    }
}

// Over the wires that enter a frame through its header, on a ground that keeps them apart.
void NodePainter::paintFrameLabels(QPainter& painter, const View& view) const {
    const style::Theme& theme = style::theme();
    const QRectF window(QPointF(), view.size);
    painter.setFont(pixelFont(kSmallPixels * std::min(1.25, std::max(view.scale, 0.75)), false));
    const QFontMetricsF metrics(painter.font());
    for (const Layout::Frame& frame : m_scene->layout.frames) {
        const QRectF rect = mapped(view, frame.box);
        if (!rect.intersects(window)) continue;
        const Group& group = m_scene->display.hierarchy->groups[static_cast<size_t>(frame.group)];
        const double room = rect.width() - 24 * view.scale;
        const QString label =
            metrics.elidedText(QStringLiteral("▾ ") + style::text(group.label), Qt::ElideMiddle, room);
        const QRectF header(rect.left() + 12 * view.scale, rect.top() + 5 * view.scale,
                            std::min(room, metrics.horizontalAdvance(label) + 1), 18 * view.scale);
        painter.fillRect(header.adjusted(-2, 0, 3, 0), frame.depth % 2 == 1 ? theme.canvas : theme.panel);
        painter.setPen(theme.mutedText);
        painter.drawText(header, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, label);
    }
}

const ir::ValueType& NodePainter::typeOf(ir::ValueId value) const {
    return (m_sized && m_sized->contains(value) ? *m_sized : m_scene->display.graph()).value(value).type();
}

// The shape of what an item hands on, where its wire begins.
void NodePainter::paintShapes(QPainter& painter, const View& view, const Box& area) const {
    painter.setFont(pixelFont(kShapePixels * view.scale, false));
    painter.setPen(style::theme().mutedText);
    const QFontMetricsF metrics(painter.font());
    m_scene->items.query(area, [&](uint32_t item) {
        if (m_scene->firstOut[item] == m_scene->firstOut[item + 1]) return;
        const DisplayEdge& edge = m_scene->display.edges[m_scene->edgesOut[m_scene->firstOut[item]]];
        const QString text = style::text(shapeOf(typeOf(edge.value)));
        if (text.isEmpty()) return;
        const QRectF rect = mapped(view, m_scene->layout.items[item]);
        const QRectF at(rect.center().x() + 6 * view.scale, rect.bottom() + view.scale, 150 * view.scale,
                        metrics.height());
        painter.drawText(at, Qt::AlignLeft | Qt::AlignTop | Qt::TextDontClip,
                         metrics.elidedText(text, Qt::ElideMiddle, at.width()));
    });
}

void NodePainter::paintWires(QPainter& painter, const View& view, const Marks& marks, const Box& area) const {
    std::set<uint32_t> wires;
    m_scene->segments.query(area, [&](uint32_t s) { wires.insert(m_scene->segmentWires[s].first); });
    const auto isSelected = [&](uint32_t wire) {
        const uint32_t edge = m_scene->layout.wires[wire].edge;
        if (static_cast<int32_t>(edge) == marks.selectedEdge) return true;
        const DisplayEdge& data = m_scene->display.edges[edge];
        return (*marks.isSelected)[data.source] || (*marks.isSelected)[data.target];
    };
    // Many selected items would make every wire strong, and the test slow: it is for following a few.
    const bool follow = marks.selectedEdge >= 0 || (!marks.selected->empty() && marks.selected->size() <= 8);
    const auto isHovered = [&](uint32_t wire) {
        const DisplayEdge& data = m_scene->display.edges[m_scene->layout.wires[wire].edge];
        return marks.hovered == static_cast<int32_t>(data.source) ||
               marks.hovered == static_cast<int32_t>(data.target);
    };
    std::vector<uint32_t> strong, warm;
    for (const uint32_t wire : wires) {
        if (follow && isSelected(wire))
            strong.push_back(wire);
        else if (marks.hovered >= 0 && isHovered(wire))
            warm.push_back(wire);
        else
            paintWire(painter, view, wire, WireLook::plain);
    }
    for (const uint32_t wire : warm) paintWire(painter, view, wire, WireLook::hovered);
    for (const uint32_t wire : strong) paintWire(painter, view, wire, WireLook::selected);
}

void NodePainter::paintWire(QPainter& painter, const View& view, uint32_t index, WireLook look) const {
    const Layout::Wire& wire = m_scene->layout.wires[index];
    std::vector<QPointF> points;
    const double top = -64, bottom = view.size.height() + 64;
    for (uint32_t i = wire.first; i < wire.first + wire.count; ++i) {
        const Point& p = m_scene->layout.points[i];
        QPointF at((p.x - view.origin.x()) * view.scale, (p.y - view.origin.y()) * view.scale);
        // Far ends are cut: rasterising lines of a million pixels is slow.
        at.setY(std::clamp(at.y(), top, bottom));
        at.setX(std::clamp(at.x(), -1e5, 1e5));
        at.setX(std::floor(at.x()) + 0.5);
        if (i != wire.first && i + 1 != wire.first + wire.count) at.setY(std::floor(at.y()) + 0.5);
        points.push_back(at);
    }
    const style::Theme& theme = style::theme();
    const QColor color = look == WireLook::selected  ? theme.accent
                         : look == WireLook::hovered ? theme.text
                                                     : theme.edge;
    painter.setBrush(Qt::NoBrush);
    // Exactly one pixel, or wires that share a lane would grow thicker with each that is drawn over it.
    painter.setPen(QPen(color, look == WireLook::plain ? 1.0 : look == WireLook::hovered ? 1.5 : 1.75));
    if (points.size() == 2)
        painter.drawLine(points[0], points[1]);
    else
        painter.drawPath(roundedPath(points, 6 * std::min(1.0, view.scale * 1.2)));
    const QPointF tip = points.back();
    if (!wire.arrow || tip.y() >= bottom || tip.y() <= top) return;
    const double size = std::clamp(4.0 * view.scale, 2.0, 5.0);
    const double direction = points[points.size() - 2].y() <= tip.y() ? -1 : 1;
    const QPointF head[] = {tip + QPointF(-size, direction * size * 1.4), tip,
                            tip + QPointF(size, direction * size * 1.4)};
    painter.drawPolyline(head, 3);
}

void NodePainter::paintBlocks(QPainter& painter, const View& view, const Marks& marks,
                              const Box& area) const {
    const double ratio = painter.device()->devicePixelRatioF();
    BlockImage image(view.size, ratio);
    const QRgb wire = style::theme().edge.rgb();
    const auto& points = m_scene->layout.points;
    const auto screen = [&](const Point& p) {
        return QPointF((p.x - view.origin.x()) * view.scale, (p.y - view.origin.y()) * view.scale);
    };
    const double thickness = 1 / ratio;
    m_scene->segments.query(area, [&](uint32_t s) {
        const auto [w, p] = m_scene->segmentWires[s];
        const QPointF a = screen(points[p]), b = screen(points[p + 1]);
        if (std::abs(a.x() - b.x()) + std::abs(a.y() - b.y()) < 2) return;
        image.fill(QRectF(a, b).normalized().adjusted(0, 0, thickness, thickness), wire);
    });
    const QRgb selected = style::theme().accent.rgb(), hit = style::theme().highlight.rgb();
    const QRgb groupFill = style::theme().groupBorder.rgb();
    m_scene->items.query(area, [&](uint32_t item) {
        const bool group = m_scene->display.items[item].kind == Kind::group;
        const bool byMetric = m_colorBy == ColorBy::metric;
        QRgb color = group && !byMetric ? groupFill : m_colors[item];
        const QRectF rect = mapped(view, m_scene->layout.items[item]);
        if (m_highlighted[item]) image.fill(rect.adjusted(-2, -2, 2, 2), color = hit);
        image.fill(rect, color);
    });
    for (const int32_t item : *marks.selected) {
        const QRectF rect = mapped(view, m_scene->layout.items[static_cast<size_t>(item)]);
        image.fill(rect.adjusted(-2, -2, 2, 2), selected);
    }
    painter.drawImage(QPointF(), image.image());
}

void NodePainter::paintItem(QPainter& painter, const View& view, uint32_t index, Detail detail,
                            const Marks& marks) const {
    const style::Theme& theme = style::theme();
    const DisplayItem& item = m_scene->display.items[index];
    const QRectF rect = mapped(view, m_scene->layout.items[index]);
    const double scale = view.scale;
    const bool selected = (*marks.isSelected)[index];
    const bool hovered = marks.hovered == static_cast<int32_t>(index);
    const bool pill = item.kind == Kind::input || item.kind == Kind::output;
    const bool group = item.kind == Kind::group;
    const double radius = pill ? rect.height() / 2 : style::kNodeRadius * scale;
    if (m_highlighted[index]) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.highlight);
        painter.drawRoundedRect(rect.adjusted(-4, -4, 4, 4), radius + 3, radius + 3);
    }
    const QColor fill = group ? theme.group : (pill ? theme.window : (hovered ? theme.hover : theme.raised));
    const QColor border = selected ? theme.accent : (group ? theme.groupBorder : theme.border);
    if (group) {  // the sheet behind tells that there is more
        painter.setPen(QPen(theme.groupBorder, 1));
        painter.setBrush(theme.canvas);
        painter.drawRoundedRect(rect.translated(3 * scale, -3 * scale), radius, radius);
    }
    painter.setPen(QPen(border, selected ? 2 : 1));
    painter.setBrush(fill);
    const QRectF outline = selected ? rect : rect.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(outline, radius, radius);
    if (!pill && !group) {
        const double band = style::kFamilyBand * scale;
        painter.save();
        painter.setClipRect(QRectF(rect.left() - 1, rect.top() - 1, band + 1, rect.height() + 2),
                            Qt::IntersectClip);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor::fromRgb(m_colors[index]));
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        painter.restore();
    } else if (group && m_colorBy == ColorBy::metric && !std::isnan(m_values[index])) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor::fromRgb(m_colors[index]));
        painter.drawRoundedRect(QRectF(rect.left() + 1, rect.top() + 1, 5 * scale, rect.height() - 2),
                                2 * scale, 2 * scale);
    }
    paintTexts(painter, rect, scale, index, detail);
}

void NodePainter::paintTexts(QPainter& painter, const QRectF& rect, double scale, uint32_t index,
                             Detail detail) const {
    const style::Theme& theme = style::theme();
    const DisplayItem& item = m_scene->display.items[index];
    const auto put = [&](const QRectF& at, const QString& text, Qt::Alignment alignment,
                         Qt::TextElideMode mode) {
        if (at.width() < 8) return 0.0;
        const QFontMetricsF metrics(painter.font());
        const QString shown = metrics.elidedText(text, mode, at.width());
        painter.drawText(at, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
        return metrics.horizontalAdvance(shown);
    };
    const QString title = style::text(titleOf(m_scene->display, item));
    if (item.kind == Kind::input || item.kind == Kind::output) {
        painter.setFont(pixelFont(kSmallPixels * std::max(scale, 0.7), false));
        painter.setPen(theme.text);
        put(rect.adjusted(10 * scale, 0, -10 * scale, 0), title, Qt::AlignHCenter, Qt::ElideMiddle);
        return;
    }
    const bool group = item.kind == Kind::group;
    const double left = rect.left() + 16 * scale;
    const double width = rect.right() - 11 * scale - left;
    const QString shownTitle = group ? QStringLiteral("▸ ") + title : title;
    if (detail == Detail::title) {  // one line, as large as there is room for
        painter.setFont(pixelFont(std::max(kTypePixels * scale, 8.5), true));
        painter.setPen(theme.text);
        put(QRectF(left, rect.top(), width, rect.height()), shownTitle, Qt::AlignLeft, Qt::ElideRight);
        return;
    }
    const QString subtitle = style::text(subtitleOf(m_scene->display, item));
    const bool measured = m_metric && !std::isnan(m_values[index]);
    // A node without name has one line, in the middle.
    const double firstTop = group || measured || !subtitle.isEmpty() ? 5 : 15.5;
    const QRectF first(left, rect.top() + firstTop * scale, width, 21 * scale);
    const QRectF second(left, rect.top() + 26 * scale, width, 19 * scale);
    double chipWidth = 0;
    const QFont small = pixelFont(kSmallPixels * scale, false);
    if (detail == Detail::all && !item.chips.empty()) {
        painter.setFont(small);
        painter.setPen(theme.mutedText);
        // The title comes first: chips get what it leaves.
        const double titleWidth =
            QFontMetricsF(pixelFont(kTypePixels * scale, true)).horizontalAdvance(shownTitle) + 10 * scale;
        const QRectF room = first.adjusted(std::min(titleWidth, first.width()), 0, 0, 0);
        chipWidth = put(room, style::text(item.chips), Qt::AlignRight, Qt::ElideRight) + 8 * scale;
    }
    painter.setFont(pixelFont(kTypePixels * scale, true));
    painter.setPen(theme.text);
    put(first.adjusted(0, 0, -chipWidth, 0), shownTitle, Qt::AlignLeft, Qt::ElideRight);
    painter.setFont(small);
    painter.setPen(theme.mutedText);
    double taken = 0;
    if (measured) {
        const double value = m_values[index];
        const QColor color = style::heat(m_metric->scale, m_metric->heat(value));
        const QString text = style::formatted(m_metric->unit, value);
        if (group) {
            const int32_t count =
                m_scene->display.hierarchy->groups[static_cast<size_t>(item.group)].nodeCount;
            put(second, countOfNodes(count) + QStringLiteral(" · ") + text, Qt::AlignLeft, Qt::ElideRight);
            return;
        }
        const double whole = std::min(84 * scale, second.width() * 0.45);
        const double share = m_metric->maximum > 0 && std::isfinite(value)
                                 ? std::clamp(value / m_metric->maximum, 0.02, 1.0)
                                 : 1.0;
        const QRectF bar(second.right() - whole, second.center().y() - 4 * scale, whole * share, 8 * scale);
        painter.fillRect(bar, color);
        const double textWidth = QFontMetricsF(painter.font()).horizontalAdvance(text);
        painter.drawText(
            QRectF(bar.left() - textWidth - 6 * scale, second.top(), textWidth + 1, second.height()),
            Qt::AlignRight | Qt::AlignVCenter, text);
        taken = whole + textWidth + 12 * scale;
    } else if (group) {
        const int32_t count = m_scene->display.hierarchy->groups[static_cast<size_t>(item.group)].nodeCount;
        put(second, countOfNodes(count), Qt::AlignLeft, Qt::ElideRight);
        return;
    }
    put(second.adjusted(0, 0, -taken, 0), subtitle, Qt::AlignLeft, Qt::ElideMiddle);
}

bool NodePainter::hasLegend() const {
    return m_scene && !m_scene->display.items.empty() && (m_colorBy != ColorBy::metric || m_metric);
}

void NodePainter::paintLegend(QPainter& painter, const QRect& window) const {
    if (!hasLegend()) return;
    const style::Theme& theme = style::theme();
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont small = pixelFont(kSmallPixels, false);
    painter.setFont(small);
    const QFontMetrics metrics(small);
    struct Entry {
        QColor color;
        QString text;
    };
    std::vector<Entry> entries;
    if (m_colorBy == ColorBy::family) {
        std::set<ops::Family> present;
        for (const DisplayItem& item : m_scene->display.items)
            if (item.kind == Kind::node) present.insert(item.family);
        for (const ops::Family family : present)
            entries.push_back({style::familyColor(family), style::familyGlyph(family) + QStringLiteral("  ") +
                                                               style::familyName(family)});
    } else if (m_colorBy == ColorBy::dataType) {
        std::set<tensor::DataType> present;
        for (const DisplayItem& item : m_scene->display.items)
            if (item.kind == Kind::node) present.insert(item.dataType);
        for (const tensor::DataType type : present)
            entries.push_back({style::dataTypeColor(type),
                               type == tensor::DataType::undefined
                                   ? QCoreApplication::translate("canvas::NodePainter", "unknown")
                                   : style::text(tensor::name(type))});
    }
    const bool heat = m_colorBy == ColorBy::metric;
    if (!heat && entries.empty()) return;
    int width = 200;
    for (const Entry& entry : entries) width = std::max(width, metrics.horizontalAdvance(entry.text) + 48);
    const int height = heat ? 66 : static_cast<int>(entries.size()) * 20 + 16;
    if (heat) width = std::max(width, metrics.horizontalAdvance(m_metric->title) + 60);
    const QRect box(window.left() + 12, window.bottom() - 12 - height, width, height);
    // In a small window it would hide what it explains.
    if (box.top() < window.top() + 8 || 3 * box.width() > window.width()) return;
    painter.setPen(QPen(theme.hairline, 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    if (!heat) {
        int y = box.top() + 8;
        for (const Entry& entry : entries) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(entry.color);
            painter.drawRoundedRect(QRectF(box.left() + 10, y + 3, 6, 14), 2, 2);
            painter.setPen(theme.text);
            painter.drawText(QRect(box.left() + 26, y, width - 32, 20), Qt::AlignVCenter | Qt::AlignLeft,
                             entry.text);
            y += 20;
        }
        return;
    }
    const style::Scale scale =
        style::scaleFor(m_metric->unit, std::max(std::abs(m_metric->maximum), std::abs(m_metric->minimum)));
    painter.setPen(theme.mutedText);
    painter.drawText(QRect(box.left() + 10, box.top() + 7, width - 20, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     scale.symbol.isEmpty() ? m_metric->title
                                            : QCoreApplication::translate("canvas::NodePainter", "%1, %2")
                                                  .arg(m_metric->title, scale.symbol));
    const int barLeft = box.left() + 10, barWidth = width - 20;
    for (int x = 0; x < barWidth; ++x) {
        const double share = static_cast<double>(x) / std::max(1, barWidth - 1);
        painter.fillRect(barLeft + x, box.top() + 28, 1, 10,
                         style::heat(m_metric->scale, m_metric->lowIsBad ? 1 - share : share));
    }
    const double low = m_metric->minimum * scale.factor, high = m_metric->maximum * scale.factor;
    const QRect line(barLeft, box.top() + 41, barWidth, 18);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, style::number(low, 3));
    painter.drawText(line, Qt::AlignHCenter | Qt::AlignVCenter, style::number((low + high) / 2, 3));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, style::number(high, 3));
}

}  // namespace lathe::canvas
