// Vertical bars: a histogram of latencies or weights, or one bar a layer. Hover names a bar, click selects
// it.
#pragma once

#include <QStringList>
#include <utility>
#include <vector>

#include "widgets/charts/chart.h"

namespace lathe::charts {

struct Bar {
    double x = 0;  // centre
    double width = 1;
    double height = 0;
    QString name;         // for hover and export
    bool marked = false;  // drawn in the warning colour
    QString value = {};   // for hover and export where the height only stands for it: "∞"
};

class BarChart : public Chart {
    Q_OBJECT
  public:
    explicit BarChart(QWidget* parent = nullptr);
    void setBars(std::vector<Bar> bars, const QString& xLabel, const QString& yLabel);
    // Positions without meaning get no tick labels.
    void setXTicksVisible(bool visible);
    // Names at positions instead of numbers, elided to the room between them; until the next call.
    void setXNames(std::vector<std::pair<double, QString>> names);
    void setCurrent(int index);  // -1: none

  signals:
    void barSelected(int index);

  protected:
    QString csv() const override;
    QString hoverText(const QPointF& at) const override;
    void clicked(const QPointF& at) override;
    void restyle() override;

  private:
    int barAt(const QPointF& at) const;
    QString valueOf(const Bar& bar, int digits) const;
    void placeNames();

    std::vector<Bar> m_bars;
    std::vector<std::pair<double, QString>> m_names;
    QStringList m_placed;  // the names as they are drawn
    QString m_x, m_y;
    int m_current = -1;
};

// Equal-width bins over the range of the samples; about the square root of their number, at least 8 and at
// most 80.
std::vector<Bar> histogram(const std::vector<double>& samples);
// The same for times: a few slow runs do not squeeze the rest into one bar. What lies far above the 95th
// percentile is counted in the last bar, which is marked and says so.
std::vector<Bar> histogramOfTimes(const std::vector<double>& samples);

}  // namespace lathe::charts
