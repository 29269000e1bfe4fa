#include "widgets/tables/entry_delegate.h"

#include <gtest/gtest.h>

#include <QListWidget>

namespace lathe::tables {
namespace {

TEST(EntryDelegate, HasRoomForTwoLines) {
    QListWidget list;
    list.setItemDelegate(new EntryDelegate(&list));
    auto* item = new QListWidgetItem(QStringLiteral("Title"), &list);
    item->setData(EntryDelegate::DetailRole,
                  QStringLiteral("what it is, in many more words than there is room"));
    list.resize(120, 100);
    list.show();
    EXPECT_GE(list.visualItemRect(item).height(), 2 * list.fontMetrics().lineSpacing());
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        list.setLayoutDirection(direction);
        EXPECT_FALSE(list.grab().isNull());
    }
}

}  // namespace
}  // namespace lathe::tables
