#include "app/gui/log_dock.h"

#include <QTime>

#include "engine/base/log.h"

namespace lathe::app {

LogDock::LogDock(QWidget* parent) : QDockWidget(tr("Log"), parent) {
    setObjectName(QStringLiteral("log"));
    m_text = new QPlainTextEdit(this);
    m_text->setReadOnly(true);
    m_text->setMaximumBlockCount(5000);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setPlaceholderText(tr("Nothing to report."));
    m_text->setAccessibleName(tr("Log"));
    m_text->viewport()->setBackgroundRole(QPalette::Window);
    setWidget(m_text);
    base::setLogReceiver([this](std::string_view message) {
        const auto text = QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size()));
        m_messages.post([this, line = tr("Warning: ") + text] { add(line); });
    });
}

LogDock::~LogDock() { base::setLogReceiver({}); }

void LogDock::add(const QString& line) {
    m_text->appendPlainText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss  ")) + line);
}

}  // namespace lathe::app
