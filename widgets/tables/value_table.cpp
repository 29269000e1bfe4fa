#include "widgets/tables/value_table.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QSettings>
#include <QStyledItemDelegate>
#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "widgets/style/theme.h"

namespace lathe::tables {
namespace {

constexpr int kAroundText = 24, kLeastBar = 12, kBarRoom = 48;
constexpr int kLeastName = 140, kLeastText = 80, kMostText = 240, kLeastNumber = 56;
constexpr int kMeasuredRows = 200;
constexpr int kSortArrow = 36;

// Draws the bar of a number from the left edge and the number at the right.
class BarDelegate : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const auto share = index.data(ValueModel::ShareRole);
        if (!share.isValid()) return;
        // What the number leaves, so that bar and number never meet.
        const int text = option.fontMetrics.horizontalAdvance(index.data().toString());
        const int room = std::min(option.rect.width() / 2, option.rect.width() - text - kAroundText) - 8;
        if (room < kLeastBar) return;
        const QRectF bar(option.rect.x() + 8, option.rect.center().y() - 3,
                         std::max(1.0, room * share.toDouble()), 8);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        auto color = style::theme().accent;
        color.setAlpha(190);
        painter->setBrush(color);
        painter->drawRoundedRect(bar, 2, 2);
        painter->restore();
    }
};

// Titles with + where shown, - where hidden by hand.
QString settingOf(const QWidget& table) { return QStringLiteral("columns/") + table.objectName(); }

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
        if (role == SortRole) return value;
        if (role == ShareRole && column.bar && std::isfinite(value) && m_largest[c] > 0)
            return std::abs(value) / m_largest[c];
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return std::isnan(value)   ? QStringLiteral("–")
                   : std::isinf(value) ? (value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞"))
                                       : QString::number(value, 'f', column.decimals);
        return {};
    }
    if (role == SortRole) return row.texts[c].toCaseFolded();
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return row.texts[c];
    return {};
}

QVariant ValueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || static_cast<size_t>(section) >= m_columns.size())
        return {};
    const auto& column = m_columns[static_cast<size_t>(section)];
    if (role == Qt::DisplayRole) return column.title;
    if (role == Qt::ToolTipRole && !column.help.isEmpty()) return column.help;
    if (role == Qt::TextAlignmentRole)
        return QVariant(column.number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

bool ValueOrder::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const auto a = left.data(sortRole()), b = right.data(sortRole());
    if (a.typeId() == QMetaType::Double && b.typeId() == QMetaType::Double) {
        const bool noA = std::isnan(a.toDouble()), noB = std::isnan(b.toDouble());
        if (noA || noB) return noA != noB && noB == (sortOrder() == Qt::AscendingOrder);
        return a.toDouble() < b.toDouble();
    }
    return QSortFilterProxyModel::lessThan(left, right);
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
    setTextElideMode(Qt::ElideMiddle);
    setTabKeyNavigation(false);  // Tab leaves the table, arrows move in it
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(style::kRowHeight);
    verticalHeader()->setDefaultSectionSize(style::kRowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(40);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        const auto c = static_cast<size_t>(column);
        if (m_fitting || c == m_stretch || c >= m_byHand.size()) return;
        m_byHand[c] = width;
        fitColumns();
    });
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        QMenu menu(this);
        fillColumnsMenu(menu);
        menu.exec(horizontalHeader()->mapToGlobal(at));
    });
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
    if (first) {
        m_byHand.assign(m_model.columns().size(), 0);
        sortByColumn(-1, Qt::AscendingOrder);
        m_chosen.clear();
        for (const auto& column : QSettings().value(settingOf(*this)).toStringList())
            m_chosen[column.mid(1)] = column.startsWith(QLatin1Char('+'));
    }
    measureColumns();
    fitColumns();
}

void ValueTable::setEmptyText(const QString& text) {
    m_emptyText = text;
    viewport()->update();
}

void ValueTable::measureColumns() {
    ensurePolished();
    m_wanted.assign(m_model.columns().size(), 0);
    m_stretch = 0;
    for (size_t c = 0; c < m_wanted.size(); ++c)
        if (m_model.columns()[c].stretch) m_stretch = c;
    const auto metrics = fontMetrics();
    const int padding = 2 * style::kPadding + 2;
    for (size_t c = 0; c < m_wanted.size(); ++c) {
        const auto& column = m_model.columns()[c];
        // The header leaves room for the arrow of the sorting.
        int width = horizontalHeader()->fontMetrics().horizontalAdvance(column.title) + padding + kSortArrow;
        for (int row = 0; row < std::min(m_model.rowCount(), kMeasuredRows); ++row) {
            const auto text = m_model.index(row, static_cast<int>(c)).data().toString();
            width = std::max(width, metrics.horizontalAdvance(text) + padding + (column.bar ? kBarRoom : 0));
        }
        m_wanted[c] = column.number ? std::max(width, kLeastNumber) : std::min(width, kMostText);
    }
}

void ValueTable::fitColumns() {
    // While the model changes its columns the view is laid out before they are measured.
    const size_t count = m_model.columns().size();
    if (m_wanted.empty() || m_fitting || m_wanted.size() != count || m_byHand.size() != count) return;
    m_fitting = true;
    const auto wanted = [this](size_t c) { return m_byHand[c] > 0 ? m_byHand[c] : m_wanted[c]; };
    const auto& columns = m_model.columns();
    std::vector<bool> hidden(m_wanted.size(), false);
    int room = viewport()->width() - kLeastName;
    for (size_t c = 0; c < m_wanted.size(); ++c)
        if (c != m_stretch) room -= wanted(c);
    const auto chosen = [&](size_t c) { return m_chosen.find(columns[c].title); };
    for (size_t c = 0; c < m_wanted.size(); ++c) {
        hidden[c] = c != m_stretch && chosen(c) != m_chosen.end() && !chosen(c)->second;
        if (hidden[c]) room += wanted(c);
    }
    while (room < 0) {
        size_t worst = m_stretch;
        for (size_t c = 0; c < m_wanted.size(); ++c)
            if (c != m_stretch && !hidden[c] && chosen(c) == m_chosen.end() &&
                columns[c].rank > (worst == m_stretch ? 0 : columns[worst].rank))
                worst = c;
        if (worst == m_stretch) break;
        hidden[worst] = true;
        room += wanted(worst);
    }
    for (size_t c = 0; c < m_wanted.size(); ++c) {
        setColumnHidden(static_cast<int>(c), hidden[c]);
        if (hidden[c] || c == m_stretch) continue;
        int width = wanted(c);
        // Still too little: text columns give way before anything scrolls.
        if (room < 0 && !columns[c].number && m_byHand[c] == 0) {
            const int give = std::min(-room, std::max(0, width - kLeastText));
            width -= give;
            room += give;
        }
        setColumnWidth(static_cast<int>(c), width);
    }
    setColumnWidth(static_cast<int>(m_stretch), kLeastName + std::max(0, room));
    m_fitting = false;
}

void ValueTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

void ValueTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measureColumns();
        fitColumns();
    }
}

void ValueTable::focusInEvent(QFocusEvent* event) {
    // Qt makes the first row the current one here; nobody chose it.
    m_selecting = true;
    QTableView::focusInEvent(event);
    m_selecting = false;
}

void ValueTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    const auto text = m_model.rowCount() > 0 ? tr("No row matches the filter.") : m_emptyText;
    if (text.isEmpty() || m_sorted.rowCount() > 0) return;
    QPainter painter(viewport());
    painter.setPen(style::theme().mutedText);
    painter.drawText(viewport()->rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, text);
}

void ValueTable::setFilter(const QString& text) { m_sorted.setFilterFixedString(text); }

void ValueTable::selectKeys(const std::vector<qint64>& keys) {
    m_selecting = true;
    QItemSelection selection;
    const std::unordered_set<qint64> wanted(keys.begin(), keys.end());
    for (int row = 0; row < m_sorted.rowCount(); ++row) {
        const auto index = m_sorted.index(row, 0);
        if (!wanted.contains(index.data(ValueModel::KeyRole).toLongLong())) continue;
        if (selection.isEmpty()) scrollTo(index);
        selection.select(index, m_sorted.index(row, m_model.columnCount() - 1));
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    // The keyboard goes on from here.
    const QModelIndex first = selection.isEmpty() ? QModelIndex() : QModelIndex(selection.front().topLeft());
    selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
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
    fillColumnsMenu(*menu.addMenu(tr("Columns")));
    menu.exec(event->globalPos());
}

void ValueTable::fillColumnsMenu(QMenu& menu) {
    for (size_t c = 0; c < m_model.columns().size(); ++c) {
        const int column = static_cast<int>(c);
        auto* action = menu.addAction(m_model.columns()[c].title);
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(c != m_stretch);
        connect(action, &QAction::toggled, this, [this, column](bool on) { showColumn(column, on); });
    }
    menu.addSeparator();
    auto* byWidth = menu.addAction(tr("As many as fit"), this, &ValueTable::showColumnsByWidth);
    byWidth->setEnabled(!m_chosen.empty());
}

void ValueTable::showColumn(int column, bool shown) {
    m_chosen[m_model.columns()[static_cast<size_t>(column)].title] = shown;
    rememberColumns();
}

void ValueTable::showColumnsByWidth() {
    m_chosen.clear();
    rememberColumns();
}

void ValueTable::rememberColumns() {
    fitColumns();
    if (objectName().isEmpty()) return;
    QStringList list;
    for (const auto& [title, shown] : m_chosen) list << (shown ? QLatin1Char('+') : QLatin1Char('-')) + title;
    if (list.isEmpty())
        QSettings().remove(settingOf(*this));
    else
        QSettings().setValue(settingOf(*this), list);
}

}  // namespace lathe::tables
