// How the style draws single controls: flat panels, hairlines, chevrons. Used by lathe_style.cpp alone.
#pragma once

#include <QPainter>
#include <QStyle>

class QStyleOption;
class QStyleOptionDockWidget;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;

namespace lathe::style {

void drawPanel(QPainter* painter, const QRect& rect, const QColor& fill, const QColor& border);
void drawChevron(QPainter* painter, const QRect& rect, bool up, bool enabled);
void drawCheckBox(QPainter* painter, const QStyleOption& option);
void drawProgress(QPainter* painter, const QStyleOptionProgressBar& option);
void drawDockTitle(QPainter* painter, const QStyleOptionDockWidget& option, const QRect& textRect);
// Between docks: one hairline in the middle of the strip that can be dragged.
void drawSeparator(QPainter* painter, const QRect& rect);
void drawSpinBox(QPainter* painter, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down);

// Scroll bars have no arrows: the groove is the whole bar.
QRect scrollBarRect(const QStyleOptionSlider& option, QStyle::SubControl part);
void drawScrollBar(QPainter* painter, const QStyleOptionSlider& option);

}  // namespace lathe::style
