// The inspector beside the graph: follows the document's selection, captures activations in jobs.
#pragma once

#include <QDockWidget>

#include "app/document/document.h"
#include "app/pages/graph_facts.h"
#include "widgets/inspector/inspector.h"

namespace lathe::app {

class InspectorDock : public QDockWidget {
    Q_OBJECT
  public:
    InspectorDock(Document& document, Jobs& jobs, GraphFacts& facts, QWidget* parent);

  private:
    project::VariantId sourceOf(project::VariantId id) const;
    void refreshFacts();
    void capture(ir::ValueId value, const QString& dataset, qint64 sample);
    void refreshVariant();
    void refreshSelection();

    Document& m_document;
    Jobs& m_jobs;
    GraphFacts& m_facts;
    inspector::Inspector* m_inspector;
};

}  // namespace lathe::app
