#include "widgets/charts/heat_map.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <vector>

#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"

namespace lathe::charts {
namespace {

constexpr int64_t kMostPixels = 512;  // a side
constexpr int kLegendHeight = 44;
constexpr int kLargestCell = 28;

}  // namespace

HeatMap::HeatMap(QWidget* parent) : QWidget(parent) {
    setMinimumSize(120, 120);
    setAccessibleName(tr("Heat map"));
}

void HeatMap::setField(int64_t rows, int64_t columns, At at,
                       std::function<QString(int64_t, int64_t)> describe) {
    m_rows = rows;
    m_columns = columns;
    m_describe = std::move(describe);
    const int64_t height = std::min(rows, kMostPixels), width = std::min(columns, kMostPixels);
    m_sampled = height < rows || width < columns;
    m_image = {};
    m_minimum = m_maximum = 0;
    if (height > 0 && width > 0) {
        std::vector<double> values(static_cast<size_t>(height * width));
        bool any = false;
        for (int64_t y = 0; y < height; ++y)
            for (int64_t x = 0; x < width; ++x) {
                const double v = at(y * rows / height, x * columns / width);
                values[static_cast<size_t>(y * width + x)] = v;
                if (!std::isfinite(v)) continue;
                m_minimum = any ? std::min(m_minimum, v) : v;
                m_maximum = any ? std::max(m_maximum, v) : v;
                any = true;
            }
        m_image = QImage(static_cast<int>(width), static_cast<int>(height), QImage::Format_ARGB32);
        const double range = m_maximum > m_minimum ? m_maximum - m_minimum : 1;
        for (int y = 0; y < m_image.height(); ++y)
            for (int x = 0; x < m_image.width(); ++x) {
                const double v = values[static_cast<size_t>(y * width + x)];
                m_image.setPixelColor(x, y,
                                      std::isfinite(v)
                                          ? style::heat(style::HeatScale::viridis, (v - m_minimum) / range)
                                          : QColor(Qt::transparent));
            }
    }
    update();
}

QRect HeatMap::area() const {
    if (m_image.isNull()) return {};
    const QRect room =
        rect().adjusted(style::kWidePadding, style::kPadding, -style::kWidePadding, -kLegendHeight);
    const double scale =
        std::min({static_cast<double>(room.width()) / m_image.width(),
                  static_cast<double>(room.height()) / m_image.height(), static_cast<double>(kLargestCell)});
    // Very flat or narrow fields are stretched so that a row can be seen.
    const int width =
        std::clamp(static_cast<int>(m_image.width() * scale), std::min(24, room.width()), room.width());
    const int height =
        std::clamp(static_cast<int>(m_image.height() * scale), std::min(24, room.height()), room.height());
    return {room.topLeft(), QSize(width, height)};
}

void HeatMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = style::theme();
    painter.fillRect(rect(), theme.canvas);
    painter.setFont(style::font(0.9));
    if (m_image.isNull()) {
        painter.setPen(theme.mutedText);
        painter.drawText(rect(), Qt::AlignCenter, tr("No numbers to draw."));
        return;
    }
    const QRect field = area();
    painter.drawImage(field, m_image);
    painter.setPen(theme.border);
    painter.drawRect(field.adjusted(-1, -1, 0, 0));
    const QRect bar(style::kWidePadding, field.bottom() + 12,
                    std::min(240, width() - 2 * style::kWidePadding), 8);
    for (int x = 0; x < bar.width(); ++x)
        painter.fillRect(QRect(bar.x() + x, bar.y(), 1, bar.height()),
                         style::heat(style::HeatScale::viridis, static_cast<double>(x) / bar.width()));
    painter.setPen(theme.mutedText);
    const QRect labels(bar.x(), bar.bottom() + 2, bar.width(), 18);
    painter.drawText(labels, Qt::AlignLeft | Qt::AlignVCenter, style::number(m_minimum));
    painter.drawText(labels, Qt::AlignRight | Qt::AlignVCenter, style::number(m_maximum));
    if (m_sampled)
        painter.drawText(QRect(bar.right() + 16, bar.y() - 6, width() - bar.right() - 28, 20),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         tr("%1 × %2 of %3 × %4 cells")
                             .arg(m_image.height())
                             .arg(m_image.width())
                             .arg(style::grouped(m_rows), style::grouped(m_columns)));
}

bool HeatMap::cellAt(const QPoint& at, int64_t& row, int64_t& column) const {
    const QRect field = area();
    if (!field.contains(at)) return false;
    // The same cells that were chosen for the picture.
    const int64_t y = (at.y() - field.y()) * m_image.height() / field.height(),
                  x = (at.x() - field.x()) * m_image.width() / field.width();
    row = y * m_rows / m_image.height();
    column = x * m_columns / m_image.width();
    return true;
}

void HeatMap::mouseReleaseEvent(QMouseEvent* event) {
    int64_t row = 0, column = 0;
    if (event->button() == Qt::LeftButton && cellAt(event->pos(), row, column))
        emit cellSelected(row, column);
}

bool HeatMap::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    int64_t row = 0, column = 0;
    if (m_describe && cellAt(help->pos(), row, column))
        QToolTip::showText(help->globalPos(), m_describe(row, column), this);
    else
        QToolTip::hideText();
    return true;
}

}  // namespace lathe::charts
