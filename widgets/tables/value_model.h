// The item model of a ValueTable over a finished value.
#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <QString>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "widgets/style/numbers.h"

namespace lathe::tables {

struct Column {
    QString title;
    style::Unit unit = style::Unit::none;  // of numbers; the header shows the scaled unit
    bool number = false;
    bool bar = false;  // a bar beside the number, in share of the column's largest
    int digits = 4;
    QString toolTip = {};
};

struct Cell {
    QString text;                                              // of a text column
    double number = std::numeric_limits<double>::quiet_NaN();  // of a number column; not a number: empty
    QColor color = {};                                         // of text or bar; invalid: usual
    Cell() = default;
    Cell(QString value) : text(std::move(value)) {}
    Cell(const char* value) : text(QString::fromUtf8(value)) {}
    Cell(double value, QColor itsColor = {}) : number(value), color(std::move(itsColor)) {}
};

struct Row {
    uint64_t key = 0;  // what the row stands for
    std::vector<Cell> cells;
    bool strong = false;  // drawn bold
};

struct TableContent {
    std::vector<Column> columns;
    std::vector<Row> rows;
};

class ValueModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Role { sortRole = Qt::UserRole, keyRole, barRole, barColorRole };

    using QAbstractTableModel::QAbstractTableModel;
    void setContent(TableContent content);
    const TableContent& content() const { return m_content; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct ColumnScale {
        style::Scale scale;
        double largest = 0;
    };
    QString shown(const Cell& cell, size_t column) const;

    TableContent m_content;
    std::vector<ColumnScale> m_scales;
};

}  // namespace lathe::tables
