#include "app/gui/recovery.h"

#include "engine/base/log.h"

namespace lathe::app {
namespace {

constexpr int kDelay = 500;  // ms from a change to the write; several changes share one

}  // namespace

Recovery::Recovery(Document& document, QObject* parent)
    : QObject(parent), m_document(document), m_slot(RecoverySlot::create()) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDelay);
    connect(&m_document, &Document::workspaceChanged, this, &Recovery::update);
    connect(&m_document, &Document::measurementsChanged, this, &Recovery::update);
    // A command changes the document before the stack knows whether that is what was saved.
    connect(&m_document.undoStack(), &QUndoStack::indexChanged, this, &Recovery::update);
    connect(&m_timer, &QTimer::timeout, this, &Recovery::write);
    if (!m_slot) base::logWarning("Unsaved work cannot be recovered: the settings folder cannot be written.");
}

Recovery::~Recovery() { m_progress.cancel(); }

void Recovery::update() {
    // Undone back to what is saved: recovering would bring back what is not wanted.
    if (m_document.isEmpty() || !m_document.isModified()) return discard();
    if (!m_timer.isActive()) m_timer.start();
}

void Recovery::write() {
    if (!m_slot || !m_document.isModified()) return;
    if (m_writing) return m_timer.start();
    m_writing = true;
    m_progress = base::Progress();
    m_thread.run([this, slot = m_slot, memory = m_document.saveMemory(), progress = m_progress,
                  workspace = m_document.workspace(), path = m_document.path().toStdString()] {
        auto copy = *workspace;
        copy.settings[kPathSetting] = path;
        const auto status = slot->write(copy, *memory, progress);
        const auto message = status || status.error().kind == base::Error::Kind::cancelled
                                 ? std::string()
                                 : status.error().message;
        m_thread.answer([this, message] {
            m_writing = false;
            if (!message.empty() && !m_warned)
                base::logWarning("The recovery file cannot be written; save the workspace. {}", message);
            m_warned = !message.empty();
        });
    });
}

void Recovery::discard() {
    m_timer.stop();
    m_progress.cancel();
    if (m_slot) m_slot->discard();
}

void Recovery::adopt(std::shared_ptr<RecoverySlot> slot) {
    discard();
    m_slot = std::move(slot);
}

}  // namespace lathe::app
