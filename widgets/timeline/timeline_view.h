// Which node ran when, in the median run. Wheel zooms at the pointer, drag pans, hover tells, click selects.
#pragma once

#include <QWidget>
#include <vector>

#include "engine/ir/graph.h"
#include "engine/profile/profile.h"

namespace lathe::timeline {

class TimelineView : public QWidget {
    Q_OBJECT
  public:
    explicit TimelineView(QWidget* parent = nullptr);
    void setTimeline(std::vector<profile::TimelineEntry> entries, ir::GraphPtr graph);
    void setSelection(const std::vector<ir::NodeId>& nodes);
    QSize sizeHint() const override { return {480, 140}; }

  signals:
    void nodeSelected(lathe::ir::NodeId node);

  protected:
    void paintEvent(QPaintEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    bool event(QEvent*) override;

  private:
    QRectF track() const;
    double toX(double seconds) const;
    double toSeconds(double x) const;
    int entryAt(const QPointF& at) const;
    void zoom(double factor, double x);
    void select(int entry);

    std::vector<profile::TimelineEntry> m_entries;
    ir::GraphPtr m_graph;
    std::vector<ir::NodeId> m_selection;
    double m_total = 0;              // seconds
    double m_first = 0, m_last = 0;  // shown part, seconds
    QPointF m_pressedAt;
    double m_pressedFirst = 0;
    bool m_dragged = false;
};

}  // namespace lathe::timeline
