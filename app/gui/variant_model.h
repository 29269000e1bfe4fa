// The variants as a tree, for the dock. A table over the workspace value: setWorkspace resets it.
#pragma once

#include <QAbstractItemModel>
#include <QIcon>

#include "engine/project/workspace.h"

namespace lathe::app {

class VariantModel : public QAbstractItemModel {
    Q_OBJECT
  public:
    enum Column { Name, Size, ColumnCount };
    enum Role { IdRole = Qt::UserRole };

    using QAbstractItemModel::QAbstractItemModel;
    void setWorkspace(project::WorkspacePtr workspace, project::VariantId current);
    QModelIndex indexOf(project::VariantId id) const;
    project::VariantId idOf(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& = {}) const override { return ColumnCount; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

  signals:
    void renameRequested(qint64 id, const QString& name);

  private:
    std::vector<size_t> childrenOf(project::VariantId parent) const;
    const project::Variant* at(const QModelIndex& index) const;

    project::WorkspacePtr m_workspace;
    project::VariantId m_current = 0;
};

}  // namespace lathe::app
