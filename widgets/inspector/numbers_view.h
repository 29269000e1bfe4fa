// The numbers of a slice as a table of any size: only what is seen is read. Arrows move, Shift selects,
// Ctrl+C copies the selected cells.
#pragma once

#include <QAbstractScrollArea>

#include "widgets/inspector/tensor_slice.h"

namespace lathe::inspector {

class NumbersView : public QAbstractScrollArea {
    Q_OBJECT
  public:
    explicit NumbersView(QWidget* parent = nullptr);
    void setSlice(const TensorSlice& slice);
    void setCurrent(int64_t row, int64_t column, bool extend = false);
    int64_t currentRow() const { return m_row; }
    int64_t currentColumn() const { return m_column; }
    // The selected cells, tabs between columns; at most a million of them.
    QString selectionAsTsv() const;

  signals:
    void currentChanged(qint64 row, qint64 column);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    int cellWidth() const;
    int headerWidth() const;
    int64_t seenRows() const;
    int64_t seenColumns() const;
    void updateBars();
    bool cellAt(const QPoint& at, int64_t& row, int64_t& column) const;
    void copy() const;

    TensorSlice m_slice;
    int64_t m_row = 0, m_column = 0;              // where the keyboard is
    int64_t m_anchorRow = 0, m_anchorColumn = 0;  // where the selection began
};

}  // namespace lathe::inspector
