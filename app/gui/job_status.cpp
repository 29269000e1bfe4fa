#include "app/gui/job_status.h"

#include <QHBoxLayout>
#include <algorithm>

namespace lathe::app {
namespace {

constexpr int kWidth = 420;  // a title, the bar and the button

}  // namespace

JobStatus::JobStatus(Jobs& jobs, QDockWidget& dock, QWidget* parent) : QWidget(parent), m_jobs(jobs) {
    setObjectName(QStringLiteral("jobStatus"));
    setFixedWidth(kWidth);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_row = new JobRow(m_jobs, this);
    m_row->layout()->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_row);
    connect(&m_jobs, &Jobs::changed, this, &JobStatus::refresh);
    // Also of a dock that lies behind another one.
    connect(&dock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        m_dockShown = visible;
        refresh();
    });
    refresh();
}

void JobStatus::refresh() {
    const auto& states = m_jobs.states();
    const auto active = std::find_if(states.rbegin(), states.rend(), [](const JobState& state) {
        return state.phase <= JobState::Phase::running;
    });
    setVisible(!m_dockShown && active != states.rend());
    if (active != states.rend()) m_row->show(*active);
}

}  // namespace lathe::app
