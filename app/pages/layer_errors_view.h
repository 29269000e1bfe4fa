// The error of each layer of one variant, held against another: a table, and a bar a layer.
#pragma once

#include <QWidget>
#include <vector>

#include "app/document/document.h"

class QLabel;

namespace lathe::charts {
class BarChart;
}
namespace lathe::tables {
class ValueTable;
}

namespace lathe::app {

class LayerErrorsView : public QWidget {
    Q_OBJECT
  public:
    explicit LayerErrorsView(Document& document, QWidget* parent = nullptr);
    // What the document has about the two; 0: no variant.
    void setPair(project::VariantId reference, project::VariantId judged);

  signals:
    void graphRequested();  // the selected node is to be seen

  private:
    void showSelection();
    void select(ir::NodeId node);

    Document& m_document;
    project::VariantId m_judged = 0;
    QLabel* m_paired;
    tables::ValueTable* m_layers;
    charts::BarChart* m_errors;
    std::vector<ir::NodeId> m_barNodes;
};

}  // namespace lathe::app
