#include "widgets/tables/bar_delegate.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

#include "widgets/style/theme.h"
#include "widgets/tables/value_model.h"

namespace lathe::tables {
namespace {

constexpr int kBarRoom = 110;

}  // namespace

void BarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                        const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    option.state &= ~QStyle::State_HasFocus;
    const QVariant bar = index.data(ValueModel::barRole);
    QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    if (!bar.isValid()) return;
    const QColor own = index.data(ValueModel::barColorRole).value<QColor>();
    const int room =
        std::min(kBarRoom, option.rect.width() - option.fontMetrics.horizontalAdvance(option.text) - 24);
    if (room < 12) return;
    const int width = std::max(1, static_cast<int>(room * std::clamp(bar.toDouble(), 0.0, 1.0)));
    const QRect rect(option.rect.left() + 8, option.rect.center().y() - 3, width, 8);
    painter->fillRect(rect, own.isValid() ? own : style::theme().accent);
}

QSize BarDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    if (index.data(ValueModel::barRole).isValid()) size.rwidth() += kBarRoom;
    size.setHeight(std::max(size.height(), style::kRowHeight));
    return size;
}

}  // namespace lathe::tables
