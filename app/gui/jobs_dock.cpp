#include "app/gui/jobs_dock.h"

#include <QLabel>
#include <QScrollArea>

#include "app/gui/job_row.h"

namespace lathe::app {

JobsDock::JobsDock(Jobs& jobs, QWidget* parent) : QDockWidget(tr("Jobs"), parent), m_jobs(jobs) {
    setObjectName(QStringLiteral("jobs"));
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto* content = new QWidget(area);
    m_rows = new QVBoxLayout(content);
    m_rows->setContentsMargins(0, 4, 0, 4);
    m_rows->setSpacing(0);
    auto* empty = new QLabel(tr("No jobs yet. Opening, optimizing and measuring models show here."), content);
    empty->setContentsMargins(12, 8, 12, 8);
    empty->setWordWrap(true);
    m_empty = empty;
    m_rows->addWidget(empty);
    m_rows->addStretch(1);
    area->setWidget(content);
    setWidget(area);
    connect(&m_jobs, &Jobs::changed, this, &JobsDock::refresh);
    refresh();
}

void JobsDock::refresh() {
    const auto& states = m_jobs.states();
    m_empty->setVisible(states.empty());
    while (m_items.size() < states.size()) {
        m_items.push_back(new JobRow(m_jobs, m_rows->parentWidget()));
        m_rows->insertWidget(static_cast<int>(m_items.size()), m_items.back());
    }
    // The newest on top.
    for (size_t i = 0; i < m_items.size(); ++i) {
        m_items[i]->setVisible(i < states.size());
        if (i < states.size()) m_items[i]->show(states[states.size() - 1 - i]);
    }
}

}  // namespace lathe::app
