// The graph as a picture to walk in: pans, zooms, selects, colours. Paints what is visible only, with less
// detail from further away. GUI thread. Holds one Scene; asks for another one when a group is to be opened or
// closed.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "widgets/canvas/metric.h"
#include "widgets/canvas/scene.h"

class QVariantAnimation;

namespace lathe::canvas {

enum class ColorBy { family, dataType, metric };
enum class WheelAction { zoom, pan };

class NodePainter;

class GraphCanvas : public QWidget {
    Q_OBJECT

  public:
    explicit GraphCanvas(QWidget* parent = nullptr);
    ~GraphCanvas() override;

    // What is drawn; null for nothing. The place of the first selected item, or of the middle of the window,
    // stays where it is when both scenes show the same graph family; a first scene is fitted,
    // or begins at its top where fitting makes it too small to read.
    void setScene(ScenePtr scene);
    const ScenePtr& scene() const { return m_scene; }
    // Shown in the middle when there is no scene.
    void setEmptyText(const QString& text);
    // The same graph with other types, whose shapes are drawn instead; null: the graph's own.
    void setShapes(ir::GraphPtr sized);
    void setMetric(NodeMetricPtr metric);  // null: none
    const NodeMetricPtr& metric() const { return m_metric; }
    void setColorBy(ColorBy colorBy);
    ColorBy colorBy() const { return m_colorBy; }
    void setWheelAction(WheelAction action) { m_wheelAction = action; }
    void setHighlights(const std::vector<ir::NodeId>& nodes);  // search hits

    // Nodes; a selected group counts as all nodes in it.
    std::vector<ir::NodeId> selectedNodes() const;
    // The selected pill or wire; invalid: none.
    ir::ValueId selectedValue() const;
    // Does not emit. Nodes in closed groups select the group.
    void setSelectedNodes(const std::vector<ir::NodeId>& nodes);
    // Selects one node, opens the groups around it when needed, and brings it into view.
    void revealNode(ir::NodeId node);
    // Brings the selected items into view, all of them if they can be read so.
    void showSelected();
    void clearSelection();
    bool canExpandSelected() const;    // a closed group is selected
    bool canCollapseSelected() const;  // the selected item lies in an open group

    double zoom() const { return m_scale; }
    QRectF visibleArea() const;  // in scene coordinates
    QRectF sceneArea() const;
    // The whole or the selection as a picture of its own.
    QImage renderImage(double scale, const QSize& largest = QSize(8192, 8192));

  public slots:
    void fitAll();
    void fitSelection();
    void zoomIn();
    void zoomOut();
    void zoomToActualSize();
    void centerOn(const QPointF& scenePoint);
    void expandSelected(bool recursive = false);
    void collapseSelected();
    void expandAll();
    void collapseAll();

  signals:
    // By the user. One node: inspect it. None: the model.
    void selectionChanged(const std::vector<lathe::ir::NodeId>& nodes);
    void valueSelected(lathe::ir::ValueId value);  // a pill or an edge was clicked
    void nodeActivated(lathe::ir::NodeId node);    // double-click or Enter on a node
    // Make a scene with these groups open (off the GUI thread) and hand it to setScene.
    void layoutRequested(const std::set<std::string, std::less<>>& expansion);
    void viewChanged();  // pan, zoom or a new scene
    void contextMenuRequested(const QPoint& globalPosition, lathe::ir::NodeId node);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    struct Hit {
        int32_t item = -1, frame = -1, edge = -1;
    };
    Hit hitAt(const QPointF& position) const;
    QPointF toScene(const QPointF& position) const;
    void setView(double scale, const QPointF& origin);
    void moveView(double scale, const QPointF& origin);  // animated where motion is wanted
    void fit(const QRectF& area, double largestScale);
    void fitAtOnce();
    void zoomAt(const QPointF& position, double factor);
    void select(std::vector<int32_t> items, bool notify);
    void walk(int key, bool extend);
    void ensureVisible(int32_t item);
    void toggle(const std::string& path, bool recursive);
    void requestExpansion(const Expansion& expansion);
    const ir::ValueType& typeOf(ir::ValueId value) const;
    QString toolTipAt(const QPointF& position) const;
    void announce();
    std::string pathOfItem(int32_t item) const;

    ScenePtr m_scene;
    ir::GraphPtr m_sized;
    NodeMetricPtr m_metric;
    ColorBy m_colorBy = ColorBy::family;
    WheelAction m_wheelAction = WheelAction::zoom;
    std::unique_ptr<NodePainter> m_painter;
    QString m_emptyText;
    double m_scale = 1;
    QPointF m_origin;  // scene point in the upper left corner
    std::vector<int32_t> m_selected;
    std::vector<bool> m_isSelected;  // by item
    std::vector<ir::NodeId> m_highlights;
    ir::NodeId m_revealNext;  // selected as soon as a scene shows it
    int32_t m_selectedEdge = -1;
    int32_t m_hovered = -1;
    QPointF m_pressed, m_pressedOrigin;
    bool m_dragging = false, m_mouseDown = false, m_fitOnResize = true;
    bool m_focusVisible = false;  // the focus came by keyboard
    QVariantAnimation* m_motion = nullptr;
};

}  // namespace lathe::canvas
