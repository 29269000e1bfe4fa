// Draws an entry of a list in two lines: a title, and below it what it is, muted. An icon stands before both.
#pragma once

#include <QStyledItemDelegate>

namespace lathe::tables {

class EntryDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    enum Role { DetailRole = Qt::UserRole + 1 };

    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

}  // namespace lathe::tables
