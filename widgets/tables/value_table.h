// A table of texts and numbers: numbers right-aligned with the unit in the header, bars in cells, sort,
// filter, copy as TSV. The columns fit the width: one takes what is left and elides in the middle, and
// where that is too little the columns of the highest rank hide, unless somebody chose which to show: that is
// remembered on this computer under the table's object name.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <map>
#include <vector>

class QMenu;

namespace lathe::tables {

struct Column {
    QString title;  // with the unit: "Time, µs"
    bool number = false;
    int decimals = 1;
    bool bar = false;      // a bar beside the number, against the column's largest
    bool stretch = false;  // takes what is left; the first column does where none says so
    int rank = 0;          // above 0: hides when the table is too narrow, the highest first
    QString help = {};     // of the header
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

// Sorts by SortRole; rows without a number come last in both directions.
class ValueOrder : public QSortFilterProxyModel {
    Q_OBJECT
  public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

  protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
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
    // Shown in the middle while there are no rows.
    void setEmptyText(const QString& text);
    // By hand, whatever the width; all but the column that takes what is left can hide.
    void showColumn(int column, bool shown);
    void showColumnsByWidth();  // none by hand any more

  signals:
    void keySelected(qint64 key);
    void keyActivated(qint64 key);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

  private:
    void measureColumns();  // what each column wants
    void fitColumns();      // what it gets
    void fillColumnsMenu(QMenu& menu);
    void rememberColumns();

    ValueModel m_model;
    ValueOrder m_sorted;
    QString m_emptyText;
    std::vector<int> m_wanted, m_byHand;  // widths; 0: none
    std::map<QString, bool> m_chosen;     // shown or hidden by hand, by title
    size_t m_stretch = 0;
    bool m_selecting = false;
    bool m_fitting = false;
};

}  // namespace lathe::tables
