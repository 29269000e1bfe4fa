// After a kill at any moment at most two seconds of work are lost: the workspace is written to a recovery
// file two seconds after a change, and offered at the next start.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include "app/document/document.h"
#include "app/jobs/jobs.h"

namespace lathe::app {

class Recovery : public QObject {
    Q_OBJECT
  public:
    Recovery(Document& document, Jobs& jobs, QObject* parent);

    // Recovery files of programs that are gone, newest first.
    static QStringList leftovers();
    // Removes this window's own file: called when work was saved or given up on purpose.
    void discard();
    QString path() const { return m_path; }

  private:
    void write();

    Document& m_document;
    Jobs& m_jobs;
    QString m_path;
    QTimer m_timer;
};

}  // namespace lathe::app
