#include "widgets/tables/value_table.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>
#include <cmath>

#include "widgets/style/theme.h"

namespace lathe::tables {
namespace {

// Draws the bar of a number from the left edge and the number at the right.
class BarDelegate : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const auto share = index.data(ValueModel::ShareRole);
        if (!share.isValid()) return;
        const int room = option.rect.width() / 2 - 8;
        const QRectF bar(option.rect.x() + 8, option.rect.center().y() - 4,
                         std::max(1.0, room * share.toDouble()), 8);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        auto color = style::theme().accent;
        color.setAlpha(190);
        painter->setBrush(color);
        painter->drawRoundedRect(bar, 2, 2);
    }
};

}  // namespace

void ValueModel::setTable(std::vector<Column> columns, std::vector<Row> rows) {
    beginResetModel();
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    m_largest.assign(m_columns.size(), 0);
    for (const auto& row : m_rows)
        for (size_t c = 0; c < m_columns.size(); ++c)
            if (m_columns[c].number && std::isfinite(row.numbers[c]))
                m_largest[c] = std::max(m_largest[c], std::abs(row.numbers[c]));
    endResetModel();
}

int ValueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}
int ValueModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant ValueModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const auto& row = m_rows[static_cast<size_t>(index.row())];
    const auto c = static_cast<size_t>(index.column());
    const auto& column = m_columns[c];
    if (role == KeyRole) return row.key;
    if (role == Qt::TextAlignmentRole)
        return QVariant(column.number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (column.number) {
        const double value = row.numbers[c];
        if (role == SortRole) return std::isnan(value) ? -std::numeric_limits<double>::max() : value;
        if (role == ShareRole && column.bar && std::isfinite(value) && m_largest[c] > 0)
            return std::abs(value) / m_largest[c];
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return std::isnan(value)   ? QStringLiteral("–")
                   : std::isinf(value) ? QStringLiteral("∞")
                                       : QString::number(value, 'f', column.decimals);
        return {};
    }
    if (role == Qt::DisplayRole || role == SortRole || role == Qt::ToolTipRole) return row.texts[c];
    return {};
}

QVariant ValueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || static_cast<size_t>(section) >= m_columns.size())
        return {};
    const auto& column = m_columns[static_cast<size_t>(section)];
    if (role == Qt::DisplayRole) return column.title;
    if (role == Qt::TextAlignmentRole)
        return QVariant(column.number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

ValueTable::ValueTable(QWidget* parent) : QTableView(parent), m_model(this), m_sorted(this) {
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(ValueModel::SortRole);
    m_sorted.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted.setFilterKeyColumn(-1);
    setModel(&m_sorted);
    setSortingEnabled(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setItemDelegate(new BarDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(style::kRowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                if (!m_selecting && index.isValid())
                    emit keySelected(index.data(ValueModel::KeyRole).toLongLong());
            });
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        emit keyActivated(index.data(ValueModel::KeyRole).toLongLong());
    });
}

void ValueTable::setTable(std::vector<Column> columns, std::vector<Row> rows) {
    const bool first = m_model.columns().size() != columns.size();
    m_selecting = true;
    m_model.setTable(std::move(columns), std::move(rows));
    m_selecting = false;
    if (!first) return;
    for (int c = 0; c < m_model.columnCount(); ++c)
        setColumnWidth(c, m_model.columns()[static_cast<size_t>(c)].number ? 112 : 200);
    sortByColumn(-1, Qt::AscendingOrder);
}

void ValueTable::setFilter(const QString& text) { m_sorted.setFilterFixedString(text); }

void ValueTable::selectKeys(const std::vector<qint64>& keys) {
    m_selecting = true;
    QItemSelection selection;
    for (int row = 0; row < m_sorted.rowCount(); ++row) {
        const auto index = m_sorted.index(row, 0);
        if (std::find(keys.begin(), keys.end(), index.data(ValueModel::KeyRole).toLongLong()) == keys.end())
            continue;
        if (selection.isEmpty()) scrollTo(index);
        selection.select(index, m_sorted.index(row, m_model.columnCount() - 1));
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    m_selecting = false;
}

QString ValueTable::selectionAsTsv() const {
    QStringList lines, cells;
    for (const auto& column : m_model.columns()) cells << column.title;
    lines << cells.join(QLatin1Char('\t'));
    const bool all = selectionModel()->selectedRows().isEmpty();
    for (int row = 0; row < m_sorted.rowCount(); ++row) {
        if (!all && !selectionModel()->isRowSelected(row, {})) continue;
        cells.clear();
        for (int c = 0; c < m_sorted.columnCount(); ++c) cells << m_sorted.index(row, c).data().toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

void ValueTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        QApplication::clipboard()->setText(selectionAsTsv());
    else
        QTableView::keyPressEvent(event);
}

void ValueTable::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction(tr("Copy as TSV"), QKeySequence::Copy, this,
                   [this] { QApplication::clipboard()->setText(selectionAsTsv()); });
    menu.exec(event->globalPos());
}

}  // namespace lathe::tables
