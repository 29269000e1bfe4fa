#include "app/gui/command_palette.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/style/action_text.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

constexpr int kKeysRole = Qt::UserRole + 1;

// The command at the left, its keys at the right.
class CommandDelegate : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        painter->setPen(style::theme().mutedText);
        painter->drawText(option.rect.adjusted(0, 0, -style::kPadding, 0),
                          static_cast<int>(Qt::AlignRight | Qt::AlignVCenter),
                          index.data(kKeysRole).toString());
    }
};

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
        if (!action->text().isEmpty() && !action->isSeparator() && !action->menu() && action->isEnabled())
            m_actions << action;
    // What can be switched (docks) comes after what does something.
    std::stable_partition(m_actions.begin(), m_actions.end(),
                          [](const QAction* action) { return !action->isCheckable(); });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    m_field = new QLineEdit(this);
    m_field->setPlaceholderText(tr("Type a command"));
    m_field->setAccessibleName(tr("Command"));
    m_list = new QListWidget(this);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new CommandDelegate(m_list));
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
        auto* item = new QListWidgetItem(style::plainActionText(action->text()), m_list);
        item->setData(Qt::UserRole, i);
        item->setData(kKeysRole, keys);
        item->setData(Qt::AccessibleTextRole,
                      style::plainActionText(action->text()) + QLatin1Char(' ') + keys);
    }
    if (m_list->count() == 0) new QListWidgetItem(tr("No command matches “%1”.").arg(text), m_list);
    m_list->setCurrentRow(0);
}

void CommandPalette::run() {
    const auto* item = m_list->currentItem();
    if (!item || !item->data(Qt::UserRole).isValid()) return;  // nothing matches
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
