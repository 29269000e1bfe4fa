// Which nodes of one variant are others than those of another: groups of changed, added and removed nodes.
#pragma once

#include <QWidget>
#include <memory>

#include "app/document/document.h"
#include "app/jobs/jobs.h"
#include "engine/ir/diff.h"

class QLabel;

namespace lathe::tables {
class ValueTable;
}

namespace lathe::app {

class ChangesView : public QWidget {
    Q_OBJECT
  public:
    ChangesView(Document& document, Jobs& jobs, QWidget* parent = nullptr);
    // `before` and `now`: variants of the document; 0: none.
    void setPair(project::VariantId before, project::VariantId now);

  signals:
    void graphRequested();  // the selected nodes are to be seen

  private:
    void fill();
    void select(qint64 group);
    project::VariantId rootOf(project::VariantId id) const;

    Document& m_document;
    Jobs& m_jobs;
    project::VariantId m_before = 0, m_now = 0;
    ir::GraphPtr m_graphBefore, m_graphNow;  // what m_diff is about
    std::shared_ptr<const ir::Diff> m_diff;
    QLabel* m_counts;
    tables::ValueTable* m_table;
};

}  // namespace lathe::app
