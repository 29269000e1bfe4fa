#include "app/gui/command_palette.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPointer>
#include <QVBoxLayout>

#include "widgets/style/action_text.h"

namespace lathe::app {
namespace {

// Letters of the pattern in order: "opm" finds "Open model".
bool matches(const QString& text, const QString& pattern) {
    qsizetype at = 0;
    for (const QChar c : pattern) {
        if (c.isSpace()) continue;
        at = text.indexOf(c, at, Qt::CaseInsensitive);
        if (at < 0) return false;
        ++at;
    }
    return true;
}

}  // namespace

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    for (auto* action : actions)
        if (!action->text().isEmpty() && !action->isSeparator() && !action->menu()) m_actions << action;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    m_field = new QLineEdit(this);
    m_field->setPlaceholderText(tr("Type a command"));
    m_field->setAccessibleName(tr("Command"));
    m_list = new QListWidget(this);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("Matching commands"));
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    resize(480, 360);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    filter({});
}

void CommandPalette::filter(const QString& text) {
    m_list->clear();
    for (int i = 0; i < m_actions.size(); ++i) {
        const auto* action = m_actions[i];
        if (!matches(style::plainActionText(action->text()), text)) continue;
        const auto keys = action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(style::plainActionText(action->text()) +
                                             (keys.isEmpty() ? QString() : QStringLiteral("   ") + keys),
                                         m_list);
        item->setData(Qt::UserRole, i);
        if (!action->isEnabled()) item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::run() {
    const auto* item = m_list->currentItem();
    if (!item || !(item->flags() & Qt::ItemIsEnabled)) return;
    const QPointer<QAction> action = m_actions[item->data(Qt::UserRole).toInt()];
    close();
    if (action) action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto key = static_cast<QKeyEvent*>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0 && m_list->count() > 0) {
            m_list->setCurrentRow((m_list->currentRow() + step + m_list->count()) % m_list->count());
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace lathe::app
