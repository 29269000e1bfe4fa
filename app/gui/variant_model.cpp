#include "app/gui/variant_model.h"

#include <QFont>

#include "engine/base/text.h"
#include "widgets/style/numbers.h"

namespace lathe::app {

void VariantModel::setWorkspace(project::WorkspacePtr workspace, project::VariantId current) {
    beginResetModel();
    m_workspace = std::move(workspace);
    m_current = current;
    endResetModel();
}

std::vector<size_t> VariantModel::childrenOf(project::VariantId parent) const {
    std::vector<size_t> rows;
    if (m_workspace)
        for (size_t i = 0; i < m_workspace->variants.size(); ++i)
            if (m_workspace->variants[i]->parent == parent) rows.push_back(i);
    return rows;
}

const project::Variant* VariantModel::at(const QModelIndex& index) const {
    if (!index.isValid() || !m_workspace) return nullptr;
    return m_workspace->find(static_cast<project::VariantId>(index.internalId()));
}

project::VariantId VariantModel::idOf(const QModelIndex& index) const {
    return index.isValid() ? static_cast<project::VariantId>(index.internalId()) : 0;
}

QModelIndex VariantModel::indexOf(project::VariantId id) const {
    const auto* variant = m_workspace ? m_workspace->find(id) : nullptr;
    if (!variant) return {};
    const auto siblings = childrenOf(variant->parent);
    for (size_t row = 0; row < siblings.size(); ++row)
        if (m_workspace->variants[siblings[row]]->id == id)
            return createIndex(static_cast<int>(row), 0, static_cast<quintptr>(id));
    return {};
}

QModelIndex VariantModel::index(int row, int column, const QModelIndex& parent) const {
    const auto rows = childrenOf(idOf(parent));
    if (row < 0 || column < 0 || column >= ColumnCount || static_cast<size_t>(row) >= rows.size()) return {};
    if (parent.isValid() && parent.column() != 0) return {};
    return createIndex(row, column,
                       static_cast<quintptr>(m_workspace->variants[rows[static_cast<size_t>(row)]]->id));
}

QModelIndex VariantModel::parent(const QModelIndex& index) const {
    const auto* variant = at(index);
    return variant && variant->parent ? indexOf(variant->parent) : QModelIndex();
}

int VariantModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() && parent.column() != 0) return 0;
    return static_cast<int>(childrenOf(idOf(parent)).size());
}

QVariant VariantModel::data(const QModelIndex& index, int role) const {
    const auto* variant = at(index);
    if (!variant) return {};
    if (role == IdRole) return QVariant::fromValue<qint64>(variant->id);
    if (role == Qt::TextAlignmentRole && index.column() == Size)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && variant->id == m_current) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role == Qt::ToolTipRole) {
        const int nodes = variant->graph ? static_cast<int>(variant->graph->nodeCount()) : 0;
        auto text = style::groupedIn(tr("%1, %n node(s)", nullptr, nodes), nodes)
                        .arg(QString::fromStdString(variant->name));
        if (!variant->notes.empty()) text += QLatin1Char('\n') + QString::fromStdString(variant->notes);
        return text;
    }
    if (role == Qt::AccessibleTextRole)
        return tr("Variant %1, %2")
            .arg(QString::fromStdString(variant->name),
                 QString::fromStdString(base::formatBytes(variant->fileBytes)));
    if (role != Qt::DisplayRole && role != Qt::EditRole) return {};
    if (index.column() == Name) return QString::fromStdString(variant->name);
    return QString::fromStdString(base::formatBytes(variant->fileBytes));
}

QVariant VariantModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Name ? tr("Variant") : tr("Size");
}

Qt::ItemFlags VariantModel::flags(const QModelIndex& index) const {
    auto flags = QAbstractItemModel::flags(index);
    if (index.isValid() && index.column() == Name) flags |= Qt::ItemIsEditable;
    return flags;
}

bool VariantModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const auto name = value.toString().trimmed();
    if (role != Qt::EditRole || name.isEmpty() || !at(index)) return false;
    emit renameRequested(idOf(index), name);
    return true;
}

}  // namespace lathe::app
