#include "widgets/tables/value_model.h"

#include <QFont>
#include <algorithm>
#include <cmath>

#include "widgets/style/theme.h"

namespace lathe::tables {

void ValueModel::setContent(TableContent content) {
    beginResetModel();
    m_content = std::move(content);
    m_scales.assign(m_content.columns.size(), {});
    for (size_t c = 0; c < m_content.columns.size(); ++c) {
        double largest = 0;
        for (const Row& row : m_content.rows)
            if (c < row.cells.size() && std::isfinite(row.cells[c].number))
                largest = std::max(largest, std::abs(row.cells[c].number));
        m_scales[c] = {style::scaleFor(m_content.columns[c].unit, largest), largest};
    }
    endResetModel();
}

int ValueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_content.rows.size());
}

int ValueModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_content.columns.size());
}

QString ValueModel::shown(const Cell& cell, size_t column) const {
    if (!m_content.columns[column].number || std::isnan(cell.number)) return cell.text;
    return style::number(cell.number * m_scales[column].scale.factor, m_content.columns[column].digits);
}

QVariant ValueModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount()) return {};
    const Row& row = m_content.rows[static_cast<size_t>(index.row())];
    const auto column = static_cast<size_t>(index.column());
    if (role == keyRole) return QVariant::fromValue(row.key);
    if (column >= row.cells.size()) return {};
    const Cell& cell = row.cells[column];
    const Column& about = m_content.columns[column];
    switch (role) {
        case Qt::DisplayRole:
            return shown(cell, column);
        case Qt::ToolTipRole:
            return about.number ? QVariant() : QVariant(cell.text);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::Alignment(about.number ? Qt::AlignRight : Qt::AlignLeft) |
                                       Qt::AlignVCenter);
        case Qt::ForegroundRole:
            return cell.color.isValid() && !about.bar ? QVariant(cell.color) : QVariant();
        case Qt::FontRole:
            return row.strong ? QVariant(style::font(1.0, true)) : QVariant();
        case sortRole:
            if (!about.number) return cell.text;
            return std::isnan(cell.number) ? QVariant(-std::numeric_limits<double>::infinity())
                                           : QVariant(cell.number);
        case barRole:
            if (!about.bar || std::isnan(cell.number) || m_scales[column].largest <= 0) return {};
            return std::isinf(cell.number) ? 1.0 : std::abs(cell.number) / m_scales[column].largest;
        case barColorRole:
            return cell.color;
        default:
            return {};
    }
}

QVariant ValueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    const auto column = static_cast<size_t>(section);
    const Column& about = m_content.columns[column];
    switch (role) {
        case Qt::DisplayRole: {
            const QString unit = m_scales[column].scale.symbol;
            return about.number && !unit.isEmpty() ? about.title + QStringLiteral(", ") + unit : about.title;
        }
        case Qt::ToolTipRole:
            return about.toolTip.isEmpty() ? QVariant() : QVariant(about.toolTip);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::Alignment(about.number ? Qt::AlignRight : Qt::AlignLeft) |
                                       Qt::AlignVCenter);
        default:
            return {};
    }
}

}  // namespace lathe::tables
