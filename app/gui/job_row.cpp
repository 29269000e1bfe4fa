#include "app/gui/job_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include "app/gui/jobs_dock.h"
#include "engine/base/text.h"

namespace lathe::app {

JobRow::JobRow(Jobs& jobs, QWidget* parent) : QWidget(parent) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 8, 4);
    m_text = new QLabel(this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_bar = new QProgressBar(this);
    m_bar->setFixedWidth(160);
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_cancel = new QToolButton(this);
    m_cancel->setText(JobsDock::tr("Cancel"));
    connect(m_cancel, &QToolButton::clicked, this, [this, &jobs] {
        jobs.cancel(m_id);
        m_cancel->setEnabled(false);
    });
    layout->addWidget(m_text, 1);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
}

void JobRow::show(const JobState& state) {
    if (state.id != m_id) m_cancel->setEnabled(true);
    m_id = state.id;
    using Phase = JobState::Phase;
    const bool active = state.phase <= Phase::running;
    QString text = state.title;
    const auto seconds = QString::fromStdString(base::formatSeconds(state.seconds));
    if (state.phase == Phase::running && !state.stage.isEmpty()) text += QStringLiteral(" · ") + state.stage;
    if (state.phase == Phase::waiting) text += QStringLiteral(" · ") + JobsDock::tr("waiting");
    if (state.phase == Phase::done) text += QStringLiteral(" · ") + JobsDock::tr("done in %1").arg(seconds);
    if (state.phase == Phase::cancelled)
        text += QStringLiteral(" · ") + JobsDock::tr("cancelled after %1").arg(seconds);
    if (state.phase == Phase::failed)
        text += QStringLiteral(" · ") + JobsDock::tr("failed: %1").arg(state.message);
    m_text->setText(text);
    m_text->setToolTip(text);
    m_bar->setVisible(active);
    m_bar->setValue(static_cast<int>(state.fraction * 1000));
    m_bar->setAccessibleName(JobsDock::tr("Progress of %1").arg(state.title));
    m_cancel->setVisible(active);
    m_cancel->setAccessibleName(JobsDock::tr("Cancel %1").arg(state.title));
}

}  // namespace lathe::app
