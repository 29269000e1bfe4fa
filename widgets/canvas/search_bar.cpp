#include "widgets/canvas/search_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "widgets/style/icons.h"
#include "widgets/style/theme.h"

namespace lathe::canvas {

SearchBar::SearchBar(QWidget* parent)
    : QWidget(parent),
      m_field(new QLineEdit(this)),
      m_count(new QLabel(this)),
      m_previous(new QToolButton(this)),
      m_next(new QToolButton(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style::kGrid);
    m_field->setPlaceholderText(tr("Find node, op, tensor…"));
    m_field->setAccessibleName(tr("Find in the graph"));
    m_field->setToolTip(tr("Part of a name. op:Conv and type:int8 narrow it down."));
    m_field->setClearButtonEnabled(true);
    m_field->addAction(style::icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_field->setMinimumWidth(160);
    m_field->installEventFilter(this);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("000 of 000")));
    m_previous->setIcon(style::icon(QStringLiteral("up")));
    m_previous->setToolTip(tr("Previous match (Shift+Enter)"));
    m_previous->setAccessibleName(tr("Previous match"));
    m_next->setIcon(style::icon(QStringLiteral("down")));
    m_next->setToolTip(tr("Next match (Enter)"));
    m_next->setAccessibleName(tr("Next match"));
    for (QToolButton* button : {m_previous, m_next}) {
        button->setAutoRaise(true);
        button->setFixedSize(style::kControlHeight, style::kControlHeight);
    }
    row->addWidget(m_field, 1);
    row->addWidget(m_count);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    connect(m_field, &QLineEdit::textChanged, this, &SearchBar::searchRequested);
    connect(m_previous, &QToolButton::clicked, this, &SearchBar::previous);
    connect(m_next, &QToolButton::clicked, this, &SearchBar::next);
    setFocusProxy(m_field);
    showCount();
}

QString SearchBar::text() const { return m_field->text(); }
void SearchBar::setText(const QString& text) { m_field->setText(text); }

void SearchBar::setMatches(std::vector<ir::NodeId> matches) {
    m_matches = std::move(matches);
    m_current = -1;
    showCount();
}

void SearchBar::activate() {
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void SearchBar::next() { step(1); }
void SearchBar::previous() { step(-1); }

void SearchBar::step(int by) {
    if (m_matches.empty()) return;
    const int count = static_cast<int>(m_matches.size());
    m_current = m_current < 0 ? (by > 0 ? 0 : count - 1) : (m_current + by + count) % count;
    showCount();
    emit matchChosen(m_matches[static_cast<size_t>(m_current)]);
}

void SearchBar::showCount() {
    const bool asked = !m_field->text().trimmed().isEmpty();
    if (!asked)
        m_count->clear();
    else if (m_matches.empty())
        m_count->setText(tr("none found"));
    else if (m_current < 0)
        m_count->setText(tr("%1 found").arg(m_matches.size()));
    else
        m_count->setText(tr("%1 of %2").arg(m_current + 1).arg(m_matches.size()));
    m_previous->setEnabled(asked && !m_matches.empty());
    m_next->setEnabled(asked && !m_matches.empty());
}

bool SearchBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            step(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            m_field->clear();
            emit closed();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace lathe::canvas
