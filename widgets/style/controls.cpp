#include "widgets/style/controls.h"

#include <QStyleOption>
#include <algorithm>

#include "widgets/style/theme.h"

namespace lathe::style {
namespace {

constexpr int kShortestHandle = 24;

void drawLine(QPainter* painter, const QPointF* points, int count, const QColor& color, double width) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(points, count);
    painter->restore();
}

}  // namespace

void drawPanel(QPainter* painter, const QRect& rect, const QColor& fill, const QColor& border) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(border, 1));
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    painter->restore();
}

void drawChevron(QPainter* painter, const QRect& rect, bool up, bool enabled) {
    const QPointF c = QRectF(rect).center();
    const double rise = up ? -2 : 2;
    const QPointF points[] = {c + QPointF(-4, -rise), c + QPointF(0, rise), c + QPointF(4, -rise)};
    drawLine(painter, points, 3, enabled ? theme().mutedText : theme().border, 1.5);
}

void drawCheckBox(QPainter* painter, const QStyleOption& option) {
    const Theme& t = theme();
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & QStyle::State_On, partly = option.state & QStyle::State_NoChange;
    const QRect box(option.rect.center() - QPoint(7, 7), QSize(16, 16));
    const QColor mark = enabled ? t.accentText : t.panel;
    const QColor fill = on || partly ? (enabled ? t.accent : t.border) : t.raised;
    const bool over = enabled && option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus);
    drawPanel(painter, box, fill, on || partly || over ? (enabled ? t.accent : t.border) : t.mutedText);
    const QPointF c = QRectF(box).center();
    if (partly) {
        const QPointF bar[] = {c + QPointF(-4, 0), c + QPointF(4, 0)};
        drawLine(painter, bar, 2, mark, 2);
    } else if (on) {
        const QPointF tick[] = {c + QPointF(-4, 0), c + QPointF(-1, 3), c + QPointF(4, -3)};
        drawLine(painter, tick, 3, mark, 2);
    }
}

void drawProgress(QPainter* painter, const QStyleOptionProgressBar& option) {
    const auto range = static_cast<double>(option.maximum) - option.minimum;
    if (range <= 0) return;
    const double share = std::clamp((option.progress - option.minimum) / range, 0.0, 1.0);
    auto bar = option.rect.adjusted(0, 2, 0, -2);
    const int width = static_cast<int>(bar.width() * share);
    if (option.direction == Qt::RightToLeft)
        bar.setLeft(bar.right() - width + 1);
    else
        bar.setWidth(width);
    if (width >= 2) drawPanel(painter, bar, theme().accent, theme().accent);
}

void drawDockTitle(QPainter* painter, const QStyleOptionDockWidget& option, const QRect& textRect) {
    const Theme& t = theme();
    painter->fillRect(option.rect, t.panel);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.hairline);
    painter->save();
    painter->setFont(font(1.0, true));
    painter->setPen(t.text);
    const auto text =
        painter->fontMetrics().elidedText(option.title, Qt::ElideRight, std::max(0, textRect.width()));
    painter->drawText(textRect, static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading), text);
    painter->restore();
}

void drawSeparator(QPainter* painter, const QRect& rect) {
    const Theme& t = theme();
    painter->fillRect(rect, t.panel);
    if (rect.width() > rect.height())
        painter->fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1), t.hairline);
    else
        painter->fillRect(QRect(rect.center().x(), rect.top(), 1, rect.height()), t.hairline);
}

void drawSpinBox(QPainter* painter, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down) {
    const Theme& t = theme();
    const bool enabled = option.state & QStyle::State_Enabled;
    drawPanel(painter, option.rect, enabled ? t.raised : t.panel,
              option.state & QStyle::State_HasFocus ? t.accent : t.border);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons) return;
    for (const bool isUp : {true, false}) {
        const auto part = isUp ? QStyle::SC_SpinBoxUp : QStyle::SC_SpinBoxDown;
        const bool over = enabled && option.activeSubControls == part &&
                          option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
        const QRect rect = isUp ? up : down;
        if (over) painter->fillRect(rect.adjusted(0, 1, -2, -1), t.hover);
        const bool possible =
            option.stepEnabled & (isUp ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled);
        drawChevron(painter, rect.translated(0, isUp ? 1 : -1), isUp, enabled && possible);
    }
}

QRect scrollBarRect(const QStyleOptionSlider& option, QStyle::SubControl part) {
    const bool across = option.orientation == Qt::Horizontal;
    const int length = across ? option.rect.width() : option.rect.height();
    const auto range = static_cast<int64_t>(option.maximum) - option.minimum;
    int handle = length;
    if (range > 0)
        handle = std::clamp(
            static_cast<int>(length * static_cast<int64_t>(option.pageStep) / (range + option.pageStep)),
            std::min(kShortestHandle, length), length);
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                                      length - handle, option.upsideDown);
    const auto piece = [&](int from, int to) {
        const QRect rect =
            across ? QRect(option.rect.x() + from, option.rect.y(), to - from, option.rect.height())
                   : QRect(option.rect.x(), option.rect.y() + from, option.rect.width(), to - from);
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    switch (part) {
        case QStyle::SC_ScrollBarGroove:
            return option.rect;
        case QStyle::SC_ScrollBarSlider:
            return piece(start, start + handle);
        case QStyle::SC_ScrollBarSubPage:
            return piece(0, start);
        case QStyle::SC_ScrollBarAddPage:
            return piece(start + handle, length);
        default:
            return {};
    }
}

void drawScrollBar(QPainter* painter, const QStyleOptionSlider& option) {
    const Theme& t = theme();
    painter->fillRect(option.rect, t.canvas);
    if (option.maximum <= option.minimum) return;
    const bool held = option.state & QStyle::State_Sunken;
    const bool over = option.state & QStyle::State_MouseOver;
    QColor color = t.mutedText;
    color.setAlpha(held ? 220 : over ? 170 : 110);
    const QRectF handle = QRectF(scrollBarRect(option, QStyle::SC_ScrollBarSlider)).adjusted(3, 3, -3, -3);
    const double radius = std::min(handle.width(), handle.height()) / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawRoundedRect(handle, radius, radius);
    painter->restore();
}

}  // namespace lathe::style
