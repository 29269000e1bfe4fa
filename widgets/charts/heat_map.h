// Numbers in rows and columns as colours, with a legend. Large fields are shown by an even choice of their
// cells, never averaged. Hover tells place and number, a click selects.
#pragma once

#include <QImage>
#include <QWidget>
#include <cstdint>
#include <functional>

namespace lathe::charts {

class HeatMap : public QWidget {
    Q_OBJECT
  public:
    using At = std::function<double(int64_t row, int64_t column)>;

    explicit HeatMap(QWidget* parent = nullptr);
    // `describe` names a cell for hover: "[3, 17]: 0.25".
    void setField(int64_t rows, int64_t columns, At at,
                  std::function<QString(int64_t row, int64_t column)> describe);
    double minimum() const { return m_minimum; }
    double maximum() const { return m_maximum; }
    QSize sizeHint() const override { return {320, 240}; }

  signals:
    void cellSelected(qint64 row, qint64 column);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

  private:
    QRect area() const;
    bool cellAt(const QPoint& at, int64_t& row, int64_t& column) const;

    int64_t m_rows = 0, m_columns = 0;
    std::function<QString(int64_t, int64_t)> m_describe;
    double m_minimum = 0, m_maximum = 0;
    bool m_sampled = false;
    QImage m_image;  // one pixel a shown cell
};

}  // namespace lathe::charts
