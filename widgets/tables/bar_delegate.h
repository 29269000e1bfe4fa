// Draws a bar in front of the number of a cell, and rows without focus boxes.
#pragma once

#include <QStyledItemDelegate>

namespace lathe::tables {

class BarDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace lathe::tables
