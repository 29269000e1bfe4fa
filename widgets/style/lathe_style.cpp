#include "widgets/style/lathe_style.h"

#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>
#include <QWidget>
#include <algorithm>
#include <memory>

#include "widgets/style/theme.h"

namespace lathe::style {
namespace {

void drawPanel(QPainter* painter, const QRect& rect, const QColor& fill, const QColor& border) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(border, 1));
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    painter->restore();
}

class LatheStyle : public QProxyStyle {
  public:
    LatheStyle() : QProxyStyle(QStringLiteral("fusion")) {}

    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override {
        switch (metric) {
            case PM_LayoutHorizontalSpacing:
            case PM_LayoutVerticalSpacing:
                return kPadding;
            case PM_LayoutLeftMargin:
            case PM_LayoutRightMargin:
            case PM_LayoutTopMargin:
            case PM_LayoutBottomMargin:
                return kPadding;
            case PM_SmallIconSize:
            case PM_ButtonIconSize:
            case PM_ToolBarIconSize:
                return 16;
            case PM_ScrollBarExtent:
                return 12;
            case PM_TabBarTabHSpace:
                return 28;
            case PM_SplitterWidth:
                return 1;
            case PM_DockWidgetSeparatorExtent:
                return 4;
            case PM_ButtonShiftHorizontal:
            case PM_ButtonShiftVertical:
                return 0;
            default:
                return QProxyStyle::pixelMetric(metric, option, widget);
        }
    }

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override {
        switch (hint) {
            case SH_EtchDisabledText:
                return 0;
            case SH_ItemView_ShowDecorationSelected:
                return 1;
            case SH_ToolTip_WakeUpDelay:
                return 350;
            default:
                return QProxyStyle::styleHint(hint, option, widget, data);
        }
    }

    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override {
        QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        switch (type) {
            case CT_PushButton:
                result.rwidth() += kPadding;
                [[fallthrough]];
            case CT_ComboBox:
            case CT_LineEdit:
            case CT_SpinBox:
            case CT_ToolButton:
                result.setHeight(std::max(result.height(), kControlHeight));
                break;
            case CT_TabBarTab:
                result.setHeight(std::max(result.height(), kControlHeight + 4));
                break;
            case CT_HeaderSection:
                result.setHeight(std::max(result.height(), kControlHeight));
                break;
            default:
                break;
        }
        return result;
    }

    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override {
        const QRect rect = QProxyStyle::subElementRect(element, option, widget);
        return element == SE_LineEditContents ? rect.adjusted(kGrid, 0, -kGrid, 0) : rect;
    }

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override {
        const Theme& t = theme();
        const bool enabled = option->state & State_Enabled;
        switch (element) {
            case PE_PanelButtonCommand: {
                const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
                const bool primary =
                    button && (button->features & QStyleOptionButton::DefaultButton) && enabled;
                const bool down = option->state & (State_Sunken | State_On);
                const bool over = (option->state & State_MouseOver) && enabled;
                QColor fill = primary ? t.accent : (down ? t.selection : (over ? t.hover : t.raised));
                if (primary && down) fill = fill.darker(115);
                const bool focus = option->state & State_HasFocus;
                drawPanel(painter, option->rect, fill,
                          primary && !focus ? t.accent : (focus ? (primary ? t.text : t.accent) : t.border));
                return;
            }
            case PE_PanelLineEdit: {
                const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
                if (frame && frame->lineWidth <= 0) return;
                drawPanel(painter, option->rect, enabled ? t.raised : t.panel,
                          option->state & State_HasFocus ? t.accent : t.border);
                return;
            }
            case PE_FrameLineEdit:
                return;
            case PE_PanelButtonTool: {
                const bool down = option->state & (State_Sunken | State_On);
                const bool over = (option->state & State_MouseOver) && enabled;
                if (down || over)
                    drawPanel(painter, option->rect, down ? t.selection : t.hover,
                              down ? t.selection : t.hover);
                if (option->state & State_HasFocus)
                    drawPanel(painter, option->rect, Qt::transparent, t.accent);
                return;
            }
            case PE_FrameFocusRect: {
                if (!(option->state & State_KeyboardFocusChange)) return;
                drawPanel(painter, option->rect, Qt::transparent, t.accent);
                return;
            }
            case PE_FrameTabBarBase: {
                painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                                  t.hairline);
                return;
            }
            default:
                QProxyStyle::drawPrimitive(element, option, painter, widget);
        }
    }

    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
        const Theme& t = theme();
        switch (element) {
            case CE_PushButtonLabel: {
                const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
                if (button && (button->features & QStyleOptionButton::DefaultButton) &&
                    (option->state & State_Enabled)) {
                    QStyleOptionButton copy = *button;
                    copy.palette.setColor(QPalette::ButtonText, t.accentText);
                    QProxyStyle::drawControl(element, &copy, painter, widget);
                    return;
                }
                break;
            }
            case CE_TabBarTabShape: {
                const bool selected = option->state & State_Selected;
                if (selected) {
                    painter->fillRect(option->rect, t.canvas);
                    painter->fillRect(
                        QRect(option->rect.left(), option->rect.bottom() - 1, option->rect.width(), 2),
                        t.accent);
                } else if (option->state & State_MouseOver) {
                    painter->fillRect(option->rect, t.hover);
                }
                if (option->state & State_HasFocus)
                    drawPanel(painter, option->rect.adjusted(2, 2, -2, -4), Qt::transparent, t.accent);
                return;
            }
            case CE_HeaderSection: {
                painter->fillRect(option->rect, t.canvas);
                painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                                  t.border);
                return;
            }
            case CE_HeaderEmptyArea: {
                painter->fillRect(option->rect, t.canvas);
                painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                                  t.border);
                return;
            }
            case CE_ProgressBarGroove:
                drawPanel(painter, option->rect, t.hairline, t.hairline);
                return;
            case CE_Splitter:
                painter->fillRect(option->rect, t.hairline);
                return;
            default:
                break;
        }
        QProxyStyle::drawControl(element, option, painter, widget);
    }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override {
        const Theme& t = theme();
        if (control == CC_ComboBox) {
            const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
            if (box && !box->editable && box->frame) {
                const bool over = (option->state & State_MouseOver) && (option->state & State_Enabled);
                drawPanel(painter, option->rect, over ? t.hover : t.raised,
                          option->state & State_HasFocus ? t.accent : t.border);
                const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
                painter->save();
                painter->setRenderHint(QPainter::Antialiasing);
                painter->setPen(QPen(option->state & State_Enabled ? t.mutedText : t.border, 1.5,
                                     Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
                const QPointF c = QRectF(arrow).center();
                const QPointF chevron[] = {c + QPointF(-4, -2), c + QPointF(0, 2), c + QPointF(4, -2)};
                painter->drawPolyline(chevron, 3);
                painter->restore();
                return;
            }
        }
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
};

}  // namespace

QStyle* makeLatheStyle() { return std::make_unique<LatheStyle>().release(); }

}  // namespace lathe::style
