#include "widgets/style/lathe_style.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QMainWindow>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>
#include <QWidget>
#include <algorithm>
#include <memory>

#include "widgets/style/controls.h"
#include "widgets/style/icons.h"
#include "widgets/style/theme.h"

namespace lathe::style {
namespace {

bool isItemView(const QWidget* widget) { return qobject_cast<const QAbstractItemView*>(widget) != nullptr; }

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
            case PM_DockWidgetTitleMargin:
                return 6;
            case PM_HeaderMargin:
                return kPadding;
            case PM_TreeViewIndentation:
                return 16;
            case PM_ToolBarItemSpacing:
                return kGrid;
            case PM_ToolBarItemMargin:
                return kGrid;
            case PM_IndicatorWidth:
            case PM_IndicatorHeight:
                return 16;
            case PM_FocusFrameHMargin:
                // The room left and right of a cell's text, less the pixel the item layout adds.
                return isItemView(widget) ? kPadding - 1 : QProxyStyle::pixelMetric(metric, option, widget);
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
            case SH_DialogButtonBox_ButtonsHaveIcons:
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
            case CT_LineEdit:
            case CT_ToolButton:
                result.setHeight(std::max(result.height(), kControlHeight));
                break;
            case CT_ComboBox:
            case CT_SpinBox:
                result.rwidth() += kPadding;  // the edit field's indent, see subControlRect
                // Fusion makes them taller than a line; side by side they must be of one height.
                result.setHeight(std::max(kControlHeight, option->fontMetrics.height() + kPadding));
                break;
            case CT_TabBarTab:
                result.setHeight(std::max(result.height(), kControlHeight + 4));
                break;
            case CT_HeaderSection:
                result.setHeight(std::max(result.height(), kControlHeight));
                break;
            case CT_ItemViewItem:
                result.setHeight(std::max(result.height(), kRowHeight));
                break;
            default:
                break;
        }
        return result;
    }

    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override {
        const QRect rect = QProxyStyle::subElementRect(element, option, widget);
        switch (element) {
            case SE_LineEditContents: {
                const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
                const int room = frame && frame->lineWidth > 0 ? kGrid + 1 : kGrid;
                return rect.adjusted(room, 0, -room, 0);
            }
            case SE_DockWidgetTitleBarText:
                return rect.adjusted(kWidePadding - kGrid, 0, 0, 0);
            case SE_DockWidgetCloseButton:
            case SE_DockWidgetFloatButton:
                return rect.translated(-kGrid, 0);
            default:
                return rect;
        }
    }

    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override {
        if (control == CC_ScrollBar)
            if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
                return scrollBarRect(*bar, part);
        const QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
        if (control == CC_ComboBox && part == SC_ComboBoxEditField) return rect.adjusted(kGrid, 0, 0, 0);
        return rect;
    }

    QIcon standardIcon(StandardPixmap which, const QStyleOption* option,
                       const QWidget* widget) const override {
        switch (which) {
            case SP_TitleBarCloseButton:
            case SP_DockWidgetCloseButton:
                return icon(QStringLiteral("close"));
            case SP_ToolBarHorizontalExtensionButton:
                return icon(QStringLiteral("down"));
            case SP_TitleBarNormalButton:
                return icon(QStringLiteral("float"));
            case SP_LineEditClearButton:
                return icon(QStringLiteral("close"));
            default:
                return QProxyStyle::standardIcon(which, option, widget);
        }
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
                // A selected row shows by its colour where the keyboard is.
                if (!(option->state & State_KeyboardFocusChange) || isItemView(widget)) return;
                drawPanel(painter, option->rect, Qt::transparent, t.accent);
                return;
            }
            case PE_Frame:
                drawPanel(painter, option->rect, Qt::transparent,
                          option->state & State_HasFocus ? t.accent : t.border);
                return;
            case PE_FrameStatusBarItem:
                return;
            case PE_PanelItemViewItem: {
                QProxyStyle::drawPrimitive(element, option, painter, widget);
                // Which of several lists has the keyboard: a bar before its selected row.
                const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
                if (item && (option->state & State_Selected) && item->index.column() == 0 && widget &&
                    widget->hasFocus())
                    painter->fillRect(QRect(0, option->rect.top(), 2, option->rect.height()), t.accent);
                return;
            }
            case PE_IndicatorCheckBox:
                drawCheckBox(painter, *option);
                return;
            case PE_IndicatorDockWidgetResizeHandle:
                drawSeparator(painter, option->rect);
                return;
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
            case CE_ComboBoxLabel: {
                // Qt clips a long entry in the middle of a letter.
                const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
                if (!box || box->editable) break;
                QStyleOptionComboBox copy = *box;
                const int room = subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget).width() -
                                 (box->currentIcon.isNull() ? 0 : box->iconSize.width() + kGrid);
                copy.currentText = box->fontMetrics.elidedText(box->currentText, Qt::ElideMiddle, room - 2);
                QProxyStyle::drawControl(element, &copy, painter, widget);
                return;
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
                drawPanel(painter, option->rect.adjusted(0, 2, 0, -2), t.hairline, t.hairline);
                return;
            case CE_ProgressBarContents:
                if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
                    drawProgress(painter, *bar);
                return;
            case CE_ToolBar:
                // Inside a page a bar has the page's ground.
                if (widget && !qobject_cast<const QMainWindow*>(widget->parentWidget())) return;
                painter->fillRect(option->rect, t.window);
                painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                                  t.hairline);
                return;
            case CE_DockWidgetTitle:
                if (const auto* dock = qstyleoption_cast<const QStyleOptionDockWidget*>(option))
                    drawDockTitle(painter, *dock, subElementRect(SE_DockWidgetTitleBarText, option, widget));
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
        if (control == CC_ScrollBar) {
            if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
                return drawScrollBar(painter, *bar);
        }
        if (control == CC_SpinBox) {
            if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option); box && box->frame) {
                drawSpinBox(painter, *box, subControlRect(control, option, SC_SpinBoxUp, widget),
                            subControlRect(control, option, SC_SpinBoxDown, widget));
                return;
            }
        }
        if (control == CC_ComboBox) {
            const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
            if (box && !box->editable && box->frame) {
                const bool over = (option->state & State_MouseOver) && (option->state & State_Enabled);
                const Theme& t = theme();
                drawPanel(painter, option->rect, over ? t.hover : t.raised,
                          option->state & State_HasFocus ? t.accent : t.border);
                drawChevron(painter, subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget), false,
                            option->state & State_Enabled);
                return;
            }
        }
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
};

}  // namespace

QStyle* makeLatheStyle() { return std::make_unique<LatheStyle>().release(); }

}  // namespace lathe::style
