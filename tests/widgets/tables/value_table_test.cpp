#include "widgets/tables/value_table.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

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

TEST(ValueTable, SelectsByKeyWithoutSayingSo) {
    ValueTable table;
    table.setTable(columns(), rows());
    QSignalSpy spy(&table, &ValueTable::keySelected);
    table.selectKeys({2});
    EXPECT_EQ(spy.count(), 0);
    EXPECT_TRUE(table.selectionAsTsv().contains(QStringLiteral("3.")));
    table.resize(420, 160);
    test::keepPicture(table, QStringLiteral("table"));
}

}  // namespace
}  // namespace lathe::tables
