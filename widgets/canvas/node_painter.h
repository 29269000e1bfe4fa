// Draws a scene at a scale: the right amount of detail, visible things only.
#pragma once

#include <QPainter>
#include <vector>

#include "widgets/canvas/metric.h"
#include "widgets/canvas/scene.h"

namespace lathe::canvas {

enum class ColorBy;

struct View {
    double scale = 1;
    QPointF origin;  // scene point at the upper left corner
    QSize size;      // of the window, logical pixels
};

struct Marks {
    const std::vector<int32_t>* selected = nullptr;
    const std::vector<bool>* isSelected = nullptr;  // by item
    int32_t hovered = -1;
    int32_t selectedEdge = -1;
};

class NodePainter {
  public:
    // Values that depend on scene, metric and colouring, computed once for all items.
    void prepare(ScenePtr scene, NodeMetricPtr metric, ColorBy colorBy);
    // Types to show instead of the scene's own, by the same ids; null: none.
    void setShapes(ir::GraphPtr sized) { m_sized = std::move(sized); }
    void setHighlights(const std::vector<ir::NodeId>& nodes);
    void paint(QPainter& painter, const View& view, const Marks& marks) const;
    void paintLegend(QPainter& painter, const QRect& window) const;
    bool hasLegend() const;

  private:
    enum class Detail { density, blocks, title, names, all };
    enum class WireLook { plain, hovered, selected };
    static Detail detailAt(double scale);
    const ir::ValueType& typeOf(ir::ValueId value) const;
    void paintFrames(QPainter& painter, const View& view) const;
    void paintFrameLabels(QPainter& painter, const View& view) const;
    void paintShapes(QPainter& painter, const View& view, const Box& area) const;
    void paintWires(QPainter& painter, const View& view, const Marks& marks, const Box& area) const;
    void paintWire(QPainter& painter, const View& view, uint32_t wire, WireLook look) const;
    void paintBlocks(QPainter& painter, const View& view, const Marks& marks, const Box& area) const;
    void paintItem(QPainter& painter, const View& view, uint32_t item, Detail detail,
                   const Marks& marks) const;
    void paintTexts(QPainter& painter, const QRectF& rect, double scale, uint32_t item, Detail detail) const;

    ScenePtr m_scene;
    ir::GraphPtr m_sized;
    NodeMetricPtr m_metric;
    ColorBy m_colorBy{};
    std::vector<QRgb> m_colors;       // by item: of the band, or of the block from far
    std::vector<double> m_values;     // by item: combined metric, not a number where none
    std::vector<bool> m_highlighted;  // by item
};

}  // namespace lathe::canvas
