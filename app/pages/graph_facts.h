// What the window tells of the current variant as a whole: cost, parameters, the graph with its free
// dimensions filled in. Computed by a quiet job; lives on the GUI thread.
#pragma once

#include <QObject>
#include <QString>

#include "app/document/document.h"
#include "app/jobs/jobs.h"
#include "app/pages/free_dimensions.h"
#include "engine/ops/cost_context.h"

namespace lathe::app {

class GraphFacts : public QObject {
    Q_OBJECT
  public:
    struct Facts {
        ir::GraphPtr graph;
        ir::GraphPtr sized;  // the same with numbers for free dimensions; `graph` where that fails
        FreeDimensions dimensions;
        ops::Cost cost;         // of `sized`
        double parameters = 0;  // elements of constants
    };

    GraphFacts(Document& document, Jobs& jobs, QObject* parent);
    // Of the current variant; null until the job has delivered.
    const Facts* facts() const;
    void setDimension(const QString& name, qint64 value);

  signals:
    void changed();

  private:
    void refresh();
    void compute();

    Document& m_document;
    Jobs& m_jobs;
    Facts m_facts;
};

}  // namespace lathe::app
