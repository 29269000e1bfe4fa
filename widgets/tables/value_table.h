// A table of texts and numbers: numbers right-aligned with the unit in the header, bars in cells, sort,
// filter, copy as TSV.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <vector>

namespace lathe::tables {

struct Column {
    QString title;  // with the unit: "Time, µs"
    bool number = false;
    int decimals = 1;
    bool bar = false;  // a bar behind the number, against the column's largest
};

// One row: `key` is what selection speaks of (a node id); numbers are NaN where there is none.
struct Row {
    qint64 key = 0;
    std::vector<QString> texts;   // one a column; unused where the column is a number
    std::vector<double> numbers;  // one a column; unused where it is a text
};

class ValueModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Role { KeyRole = Qt::UserRole, SortRole, ShareRole };

    using QAbstractTableModel::QAbstractTableModel;
    void setTable(std::vector<Column> columns, std::vector<Row> rows);
    const std::vector<Column>& columns() const { return m_columns; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::vector<Column> m_columns;
    std::vector<Row> m_rows;
    std::vector<double> m_largest;
};

class ValueTable : public QTableView {
    Q_OBJECT
  public:
    explicit ValueTable(QWidget* parent = nullptr);
    void setTable(std::vector<Column> columns, std::vector<Row> rows);
    void setFilter(const QString& text);  // rows where any text holds it
    void selectKeys(const std::vector<qint64>& keys);
    QString selectionAsTsv() const;  // with the header; all rows when none is selected
    ValueModel& valueModel() { return m_model; }

  signals:
    void keySelected(qint64 key);
    void keyActivated(qint64 key);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

  private:
    ValueModel m_model;
    QSortFilterProxyModel m_sorted;
    bool m_selecting = false;
};

}  // namespace lathe::tables
