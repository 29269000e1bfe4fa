#include "widgets/inspector/numbers_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStringList>
#include <algorithm>
#include <limits>

#include "widgets/style/theme.h"

namespace lathe::inspector {
namespace {

constexpr int64_t kMostCopied = 1'000'000;

int barValue(int64_t value) {
    return static_cast<int>(std::clamp<int64_t>(value, 0, std::numeric_limits<int>::max()));
}

}  // namespace

NumbersView::NumbersView(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setFont(style::monospaceFont());
    setAccessibleName(tr("Numbers"));
}

void NumbersView::setSlice(const TensorSlice& slice) {
    m_slice = slice;
    m_row = std::clamp<int64_t>(m_row, 0, std::max<int64_t>(0, slice.rows() - 1));
    m_column = std::clamp<int64_t>(m_column, 0, std::max<int64_t>(0, slice.columns() - 1));
    m_anchorRow = m_row;
    m_anchorColumn = m_column;
    updateBars();
    viewport()->update();
}

int NumbersView::cellWidth() const {
    return fontMetrics().horizontalAdvance(QStringLiteral("-1.234567e-12")) + 16;
}

int NumbersView::headerWidth() const {
    return fontMetrics().horizontalAdvance(QString::number(std::max<int64_t>(m_slice.rows(), 100))) + 24;
}

int64_t NumbersView::seenRows() const {
    return std::max(1, (viewport()->height() - style::kRowHeight) / style::kRowHeight);
}

int64_t NumbersView::seenColumns() const {
    return std::max(1, (viewport()->width() - headerWidth()) / cellWidth());
}

void NumbersView::updateBars() {
    verticalScrollBar()->setRange(0, barValue(m_slice.rows() - seenRows()));
    verticalScrollBar()->setPageStep(barValue(seenRows()));
    horizontalScrollBar()->setRange(0, barValue(m_slice.columns() - seenColumns()));
    horizontalScrollBar()->setPageStep(barValue(seenColumns()));
}

void NumbersView::setCurrent(int64_t row, int64_t column, bool extend) {
    if (m_slice.rows() == 0 || m_slice.columns() == 0) return;
    m_row = std::clamp<int64_t>(row, 0, m_slice.rows() - 1);
    m_column = std::clamp<int64_t>(column, 0, m_slice.columns() - 1);
    if (!extend) {
        m_anchorRow = m_row;
        m_anchorColumn = m_column;
    }
    const auto keepSeen = [](QScrollBar* bar, int64_t at, int64_t seen) {
        if (at < bar->value()) bar->setValue(barValue(at));
        if (at >= bar->value() + seen) bar->setValue(barValue(at - seen + 1));
    };
    keepSeen(verticalScrollBar(), m_row, seenRows());
    keepSeen(horizontalScrollBar(), m_column, seenColumns());
    viewport()->update();
    setAccessibleDescription(
        QStringLiteral("%1: %2").arg(m_slice.placeOf(m_row, m_column), m_slice.textAt(m_row, m_column)));
    emit currentChanged(m_row, m_column);
}

void NumbersView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const auto& theme = style::theme();
    painter.fillRect(viewport()->rect(), theme.canvas);
    painter.setFont(font());
    if (m_slice.rows() == 0 || m_slice.columns() == 0) {
        painter.setPen(theme.mutedText);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("No elements."));
        return;
    }
    const int64_t firstRow = verticalScrollBar()->value(), firstColumn = horizontalScrollBar()->value();
    const int left = headerWidth(), width = cellWidth(), height = style::kRowHeight;
    const auto flags = static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    const auto [rowA, rowB] = std::minmax(m_row, m_anchorRow);
    const auto [columnA, columnB] = std::minmax(m_column, m_anchorColumn);
    for (int64_t r = 0; r <= seenRows() && firstRow + r < m_slice.rows(); ++r) {
        const int64_t row = firstRow + r;
        const int y = height * static_cast<int>(r + 1);
        for (int64_t c = 0; c <= seenColumns() && firstColumn + c < m_slice.columns(); ++c) {
            const int64_t column = firstColumn + c;
            const QRect cell(left + width * static_cast<int>(c), y, width, height);
            if (row >= rowA && row <= rowB && column >= columnA && column <= columnB)
                painter.fillRect(cell, theme.selection);
            if (row == m_row && column == m_column && hasFocus()) {
                painter.setPen(theme.accent);
                painter.drawRect(cell.adjusted(0, 0, -1, -1));
            }
            painter.setPen(theme.text);
            painter.drawText(cell.adjusted(0, 0, -8, 0), flags, m_slice.textAt(row, column));
        }
        painter.fillRect(QRect(0, y, left, height), theme.canvas);
        painter.setPen(row == m_row ? theme.text : theme.mutedText);
        painter.drawText(QRect(0, y, left - 12, height), flags, QString::number(row));
    }
    painter.fillRect(QRect(0, 0, viewport()->width(), height), theme.canvas);
    for (int64_t c = 0; c <= seenColumns() && firstColumn + c < m_slice.columns(); ++c) {
        painter.setPen(firstColumn + c == m_column ? theme.text : theme.mutedText);
        painter.drawText(QRect(left + width * static_cast<int>(c), 0, width - 8, height), flags,
                         QString::number(firstColumn + c));
    }
    painter.setPen(theme.hairline);
    painter.drawLine(0, height - 1, viewport()->width(), height - 1);
    painter.drawLine(left - 4, 0, left - 4, viewport()->height());
}

void NumbersView::resizeEvent(QResizeEvent*) { updateBars(); }

bool NumbersView::cellAt(const QPoint& at, int64_t& row, int64_t& column) const {
    if (at.x() < headerWidth() || at.y() < style::kRowHeight) return false;
    row = verticalScrollBar()->value() + at.y() / style::kRowHeight - 1;
    column = horizontalScrollBar()->value() + (at.x() - headerWidth()) / cellWidth();
    return row < m_slice.rows() && column < m_slice.columns();
}

void NumbersView::mousePressEvent(QMouseEvent* event) {
    int64_t row = 0, column = 0;
    if (event->button() == Qt::LeftButton && cellAt(event->pos(), row, column))
        setCurrent(row, column, event->modifiers() & Qt::ShiftModifier);
}

void NumbersView::mouseMoveEvent(QMouseEvent* event) {
    int64_t row = 0, column = 0;
    if (event->buttons() & Qt::LeftButton && cellAt(event->pos(), row, column)) setCurrent(row, column, true);
}

void NumbersView::keyPressEvent(QKeyEvent* event) {
    const bool extend = event->modifiers() & Qt::ShiftModifier,
               far = event->modifiers() & Qt::ControlModifier;
    if (event->matches(QKeySequence::Copy)) return copy();
    if (event->matches(QKeySequence::SelectAll)) {
        m_anchorRow = m_anchorColumn = 0;
        return setCurrent(m_slice.rows() - 1, m_slice.columns() - 1, true);
    }
    switch (event->key()) {
        case Qt::Key_Up:
            return setCurrent(far ? 0 : m_row - 1, m_column, extend);
        case Qt::Key_Down:
            return setCurrent(far ? m_slice.rows() : m_row + 1, m_column, extend);
        case Qt::Key_Left:
            return setCurrent(m_row, far ? 0 : m_column - 1, extend);
        case Qt::Key_Right:
            return setCurrent(m_row, far ? m_slice.columns() : m_column + 1, extend);
        case Qt::Key_PageUp:
            return setCurrent(m_row - seenRows(), m_column, extend);
        case Qt::Key_PageDown:
            return setCurrent(m_row + seenRows(), m_column, extend);
        case Qt::Key_Home:
            return setCurrent(far ? 0 : m_row, 0, extend);
        case Qt::Key_End:
            return setCurrent(far ? m_slice.rows() : m_row, m_slice.columns(), extend);
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

QString NumbersView::selectionAsTsv() const {
    const auto [rowA, rowB] = std::minmax(m_row, m_anchorRow);
    const auto [columnA, columnB] = std::minmax(m_column, m_anchorColumn);
    QString text;
    int64_t cells = 0;
    if (m_slice.rows() == 0 || m_slice.columns() == 0) return text;
    for (int64_t row = rowA; row <= rowB && cells < kMostCopied; ++row) {
        if (row > rowA) text += QLatin1Char('\n');
        for (int64_t column = columnA; column <= columnB && cells < kMostCopied; ++column, ++cells)
            text += (column > columnA ? QStringLiteral("\t") : QString()) + m_slice.textAt(row, column);
    }
    return text;
}

void NumbersView::copy() const { QApplication::clipboard()->setText(selectionAsTsv()); }

void NumbersView::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction(tr("Copy"), QKeySequence::Copy, this, &NumbersView::copy);
    menu.exec(event->globalPos());
}

void NumbersView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) updateBars();
}

}  // namespace lathe::inspector
