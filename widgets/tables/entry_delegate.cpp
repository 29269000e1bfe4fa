#include "widgets/tables/entry_delegate.h"

#include <QApplication>
#include <QPainter>

#include "widgets/style/theme.h"

namespace lathe::tables {

QSize EntryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {0, 2 * option.fontMetrics.lineSpacing() + 2 * style::kGrid};
}

void EntryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    auto panel = option;
    initStyleOption(&panel, index);
    panel.text.clear();
    panel.icon = {};
    panel.features &= ~QStyleOptionViewItem::HasDecoration;
    const auto* drawer = option.widget ? option.widget->style() : QApplication::style();
    drawer->drawControl(QStyle::CE_ItemViewItem, &panel, painter, option.widget);
    const int line = option.fontMetrics.lineSpacing();
    QRect area = option.rect.adjusted(style::kPadding, style::kGrid, -style::kPadding, 0);
    if (const auto icon = index.data(Qt::DecorationRole).value<QIcon>(); !icon.isNull()) {
        const int side = std::min(16, line);
        QRect place(area.x(), area.y() + (line - side) / 2, side, side);
        if (option.direction == Qt::RightToLeft) place.moveRight(area.right());
        icon.paint(painter, place);
        const int taken = side + style::kPadding;
        area.adjust(option.direction == Qt::RightToLeft ? 0 : taken, 0,
                    option.direction == Qt::RightToLeft ? -taken : 0, 0);
    }
    const auto align = QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter;
    const auto draw = [&](int row, const QString& text, const QColor& color) {
        painter->setPen(color);
        painter->drawText(QRect(area.x(), area.y() + row * line, area.width(), line), static_cast<int>(align),
                          option.fontMetrics.elidedText(text, Qt::ElideMiddle, area.width()));
    };
    draw(0, index.data().toString(), style::theme().text);
    draw(1, index.data(DetailRole).toString(), style::theme().mutedText);
}

}  // namespace lathe::tables
