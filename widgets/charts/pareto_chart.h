// Accuracy against latency, one point a variant, area by size, the front dashed. Click selects a variant.
#pragma once

#include <QRectF>
#include <utility>
#include <vector>

#include "widgets/charts/chart.h"

class QCPItemLine;
class QCPItemText;

namespace lathe::charts {

struct ParetoPoint {
    qint64 id = 0;
    QString name;
    double x = 0;     // lower is better
    double y = 0;     // higher is better
    double size = 0;  // bytes
};

// Points that no other beats in both directions, by x.
std::vector<size_t> paretoFront(const std::vector<ParetoPoint>& points);

class ParetoChart : public Chart {
    Q_OBJECT
  public:
    explicit ParetoChart(QWidget* parent = nullptr);
    void setPoints(std::vector<ParetoPoint> points, const QString& xLabel, const QString& yLabel);
    // Where nobody measured what y means: no numbers at the axis, under the pointer or in the export.
    void setYMeasured(bool measured);
    void setCurrent(qint64 id);
    const std::vector<ParetoPoint>& points() const { return m_points; }
    // Where the names were drawn last, in pixels of the plot, one a point.
    std::vector<QRectF> nameRects() const;

  signals:
    void pointSelected(qint64 id);

  protected:
    QString csv() const override;
    QString hoverText(const QPointF& at) const override;
    void clicked(const QPointF& at) override;
    void restyle() override;

  private:
    int pointAt(const QPointF& at) const;
    double radius(const ParetoPoint& point) const;
    // Beside the points, but not on other points and names; a line leads to names that had to move away.
    void placeNames();

    std::vector<ParetoPoint> m_points;
    qint64 m_current = 0;
    bool m_yMeasured = true;
    QString m_x, m_y;
    std::vector<std::pair<QCPItemText*, QCPItemLine*>> m_names;
};

}  // namespace lathe::charts
