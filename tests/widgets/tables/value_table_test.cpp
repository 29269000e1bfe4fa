#include "widgets/tables/value_table.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>

#include "tests/widgets/synthetic_graph.h"

namespace lathe::tables {
namespace {

std::vector<Column> columns() {
    return {{QStringLiteral("Node")}, {QStringLiteral("Time, µs"), true, 1, true}};
}

std::vector<Row> rows() {
    return {{1, {QStringLiteral("conv"), {}}, {0, 41.8}},
            {2,
             {QStringLiteral("a name that is so long that no column can ever show all of it at once"), {}},
             {0, 3.25}},
            {3, {QStringLiteral("add\ttab"), {}}, {0, std::numeric_limits<double>::quiet_NaN()}}};
}

TEST(ValueTable, ModelKeepsTheRules) {
    ValueModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTable(columns(), rows());
    EXPECT_EQ(model.rowCount(), 3);
    EXPECT_TRUE(model.data(model.index(0, 1), Qt::TextAlignmentRole).value<Qt::Alignment>() & Qt::AlignRight);
    model.setTable({}, {});
    EXPECT_EQ(model.rowCount(), 0);
    model.setTable(columns(), {});
}

TEST(ValueTable, TellsInfinitiesApart) {
    ValueModel model;
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    model.setTable(columns(), {{1, {{}, {}}, {0, kInfinity}}, {2, {{}, {}}, {0, -kInfinity}}});
    EXPECT_EQ(model.data(model.index(0, 1), Qt::DisplayRole).toString(), QStringLiteral("∞"));
    EXPECT_EQ(model.data(model.index(1, 1), Qt::DisplayRole).toString(), QStringLiteral("−∞"));
}

TEST(ValueTable, SelectsByKeyWithoutSayingSo) {
    ValueTable table;
    table.setTable(columns(), rows());
    QSignalSpy spy(&table, &ValueTable::keySelected);
    table.selectKeys({2});
    EXPECT_EQ(spy.count(), 0);
    EXPECT_TRUE(table.selectionAsTsv().contains(QStringLiteral("3.")));
    table.show();
    table.activateWindow();
    table.setFocus();
    QApplication::processEvents();
    table.clearSelection();
    EXPECT_EQ(spy.count(), 0) << "focus chooses nothing";
    table.resize(420, 160);
    test::keepPicture(table, QStringLiteral("table"));
}

TEST(ValueTable, ColumnsFitTheWidthAndHideByRank) {
    const auto number = [](const QString& title, int rank) {
        return Column{title, true, 1, false, false, rank};
    };
    ValueTable table;
    table.resize(640, 200);
    table.setTable({{QStringLiteral("Node")},
                    number(QStringLiteral("Time, µs"), 0),
                    number(QStringLiteral("Agreement, %"), 1),
                    number(QStringLiteral("Largest difference"), 2)},
                   {{1, {QStringLiteral("conv"), {}, {}, {}}, {0, 41.8, 99.1, 0.5}}});
    table.show();
    QApplication::processEvents();
    EXPECT_EQ(table.horizontalScrollBar()->maximum(), 0);
    EXPECT_FALSE(table.isColumnHidden(3));
    table.resize(360, 200);
    QApplication::processEvents();
    EXPECT_EQ(table.horizontalScrollBar()->maximum(), 0);
    EXPECT_TRUE(table.isColumnHidden(3));
    EXPECT_FALSE(table.isColumnHidden(1));
    EXPECT_TRUE(table.selectionAsTsv().contains(QStringLiteral("0.5"))) << "hidden columns are copied too";
    table.resize(640, 200);
    EXPECT_FALSE(table.isColumnHidden(3));
}

TEST(ValueTable, ColumnsChosenByHandAreRemembered) {
    QStandardPaths::setTestModeEnabled(true);
    const auto fill = [](ValueTable& table) {
        table.setObjectName(QStringLiteral("chosenColumns"));
        table.resize(300, 200);
        table.setTable({{QStringLiteral("Node")},
                        {QStringLiteral("Time, µs"), true},
                        {QStringLiteral("Largest difference"), true, 1, false, false, 1}},
                       {{1, {QStringLiteral("conv"), {}, {}}, {0, 41.8, 0.5}}});
        table.show();
        QApplication::processEvents();
    };
    ValueTable table;
    fill(table);
    ASSERT_TRUE(table.isColumnHidden(2)) << "too narrow";
    table.showColumn(2, true);
    table.showColumn(1, false);
    ValueTable later;
    fill(later);
    EXPECT_FALSE(later.isColumnHidden(2));
    EXPECT_TRUE(later.isColumnHidden(1));
    later.showColumnsByWidth();
    EXPECT_TRUE(later.isColumnHidden(2));
    EXPECT_FALSE(later.isColumnHidden(1));
}

TEST(ValueTable, RowsWithoutANumberComeLastBothWays) {
    ValueTable table;
    table.setTable(columns(), rows());
    for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        table.sortByColumn(1, order);
        EXPECT_EQ(table.model()->index(2, 0).data(ValueModel::KeyRole).toLongLong(), 3);
    }
    EXPECT_EQ(table.model()->index(0, 0).data(ValueModel::KeyRole).toLongLong(), 1);
}

}  // namespace
}  // namespace lathe::tables
