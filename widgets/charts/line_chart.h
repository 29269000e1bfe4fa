// Quantities over time: a line or dots a series, with a legend when there are several. What was not told is a
// gap.
#pragma once

#include <vector>

#include "widgets/charts/chart.h"

namespace lathe::charts {

struct LineSeries {
    QString name;
    std::vector<double> x, y;  // of one length, x ascending; a y that is not a number is a gap
    bool dots = false;         // samples that do not follow from each other
};

class LineChart : public Chart {
    Q_OBJECT
  public:
    explicit LineChart(QWidget* parent = nullptr);
    // The vertical axis holds zero when `fromZero`; else it shows the range of the values, a little widened.
    void setSeries(std::vector<LineSeries> series, const QString& xLabel, const QString& yLabel,
                   bool fromZero = false);
    const std::vector<LineSeries>& series() const { return m_series; }

  protected:
    QString csv() const override;
    QString hoverText(const QPointF& at) const override;
    void restyle() override;

  private:
    std::vector<LineSeries> m_series;
    QString m_x, m_y;
};

}  // namespace lathe::charts
