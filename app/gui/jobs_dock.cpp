#include "app/gui/jobs_dock.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QScrollArea>
#include <QToolButton>

#include "engine/base/text.h"

namespace lathe::app {

// One job: title and stage, bar, cancel.
class JobsDock::JobRow : public QWidget {
  public:
    JobRow(Jobs& jobs, QWidget* parent) : QWidget(parent) {
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

    void show(const JobState& state) {
        if (state.id != m_id) m_cancel->setEnabled(true);
        m_id = state.id;
        using Phase = JobState::Phase;
        const bool active = state.phase <= Phase::running;
        QString text = state.title;
        const auto seconds = QString::fromStdString(base::formatSeconds(state.seconds));
        if (state.phase == Phase::running && !state.stage.isEmpty())
            text += QStringLiteral(" · ") + state.stage;
        if (state.phase == Phase::waiting) text += QStringLiteral(" · ") + JobsDock::tr("waiting");
        if (state.phase == Phase::done)
            text += QStringLiteral(" · ") + JobsDock::tr("done in %1").arg(seconds);
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

  private:
    QLabel* m_text;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    JobId m_id = 0;
};

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
