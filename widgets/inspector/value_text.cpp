#include "widgets/inspector/value_text.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QTextLayout>
#include <QToolTip>
#include <algorithm>

#include "widgets/style/theme.h"

namespace lathe::inspector {

ValueText::ValueText(const QString& text, QWidget* parent) : QWidget(parent) {
    auto policy = QSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::ClickFocus);
    setText(text);
}

void ValueText::setText(const QString& text) {
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ValueText::setMostLines(int lines) {
    m_mostLines = std::max(1, lines);
    updateGeometry();
    update();
}

void ValueText::setMuted(bool muted) {
    m_muted = muted;
    update();
}

void ValueText::setLink(bool link) {
    m_link = link;
    setFocusPolicy(link ? Qt::StrongFocus : Qt::ClickFocus);
    if (link)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    update();
}

void ValueText::setAlignment(Qt::Alignment alignment) {
    m_alignment = alignment;
    update();
}

QStringList ValueText::linesFor(int width) const {
    const auto metrics = fontMetrics();
    if (m_mostLines == 1) {
        auto line = m_text;
        return {
            metrics.elidedText(line.replace(QLatin1Char('\n'), QLatin1Char(' ')), Qt::ElideMiddle, width)};
    }
    QStringList lines;
    const auto paragraphs = m_text.split(QLatin1Char('\n'));
    for (qsizetype p = 0; p < paragraphs.size(); ++p) {
        QTextLayout layout(paragraphs[p], font());
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(std::max(width, 8));
            const auto rest = paragraphs[p].mid(line.textStart());
            const bool more =
                line.textStart() + line.textLength() < paragraphs[p].size() || p + 1 < paragraphs.size();
            if (lines.size() + 1 == m_mostLines && more) {
                lines << metrics.elidedText(rest + QChar(0x2026), Qt::ElideRight, width);
                layout.endLayout();
                return lines;
            }
            lines << paragraphs[p].mid(line.textStart(), line.textLength());
        }
        layout.endLayout();
        if (paragraphs[p].isEmpty()) lines << QString();
    }
    return lines;
}

bool ValueText::isElided() const {
    auto shown = linesFor(width()).join(QString()), whole = m_text;
    return shown != whole.remove(QLatin1Char('\n')) && shown != m_text;
}

int ValueText::heightForWidth(int width) const {
    return static_cast<int>(linesFor(width).size()) * fontMetrics().lineSpacing();
}

QSize ValueText::sizeHint() const {
    const auto metrics = fontMetrics();
    int width = 0;
    for (const auto& line : m_text.split(QLatin1Char('\n')))
        width = std::max(width, metrics.horizontalAdvance(line));
    width = std::min(width, 600) + 1;
    return {width, heightForWidth(width)};
}

QSize ValueText::minimumSizeHint() const { return {24, fontMetrics().lineSpacing()}; }

void ValueText::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = style::theme();
    auto drawn = font();
    if (m_link && (underMouse() || hasFocus())) drawn.setUnderline(true);
    painter.setFont(drawn);
    painter.setPen(m_link ? theme.accent : m_muted ? theme.mutedText : theme.text);
    const int spacing = fontMetrics().lineSpacing();
    int y = 0;
    for (const auto& line : linesFor(width())) {
        painter.drawText(QRect(0, y, width(), spacing), static_cast<int>(m_alignment | Qt::AlignVCenter),
                         line);
        y += spacing;
    }
}

void ValueText::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) updateGeometry();
}

void ValueText::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction(tr("Copy"), QKeySequence::Copy, this,
                   [this] { QApplication::clipboard()->setText(m_text); });
    menu.exec(event->globalPos());
}

void ValueText::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        QApplication::clipboard()->setText(m_text);
    else if (m_link && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Space))
        emit linkActivated();
    else
        QWidget::keyPressEvent(event);
}

void ValueText::mouseReleaseEvent(QMouseEvent* event) {
    if (m_link && event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        emit linkActivated();
}

bool ValueText::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (isElided())
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), m_text, this);
        else
            QToolTip::hideText();
        return true;
    }
    if (m_link && (event->type() == QEvent::Enter || event->type() == QEvent::Leave)) update();
    return QWidget::event(event);
}

}  // namespace lathe::inspector
