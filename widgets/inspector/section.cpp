#include "widgets/inspector/section.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "widgets/inspector/value_text.h"
#include "widgets/style/theme.h"

namespace lathe::inspector {
namespace {

constexpr int kNameWidth = 88;
constexpr int kMostLines = 6;

}  // namespace

Section::Section(const QString& title, const QString& aside, QWidget* parent) : QWidget(parent) {
    m_rows = new QVBoxLayout(this);
    m_rows->setContentsMargins(style::kWidePadding, style::kPadding, style::kWidePadding, style::kPadding);
    m_rows->setSpacing(style::kGrid);
    auto* head = new QHBoxLayout;
    head->setSpacing(style::kWidePadding);
    auto* heading = new ValueText(title, this);
    heading->setFont(style::font(1.0, true));
    heading->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    head->addWidget(heading);
    auto* right = new ValueText(aside, this);
    right->setMuted(true);
    right->setAlignment(Qt::AlignRight);
    right->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    head->addWidget(right, 1);
    m_rows->addLayout(head);
}

ValueText* Section::addRow(const QString& name, const QString& value, Style style, const QString& detail) {
    auto* row = new QHBoxLayout;
    row->setSpacing(style::kPadding);
    auto* key = new ValueText(name, this);
    key->setMuted(true);
    key->setFixedWidth(kNameWidth);
    row->addWidget(key, 0, Qt::AlignTop);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    auto* text = new ValueText(value, this);
    text->setMostLines(kMostLines);
    text->setAccessibleName(QStringLiteral("%1: %2").arg(name, value));
    if (style == Style::monospace) text->setFont(style::monospaceFont());
    text->setLink(style == Style::link);
    right->addWidget(text);
    if (!detail.isEmpty()) {
        auto* below = new ValueText(detail, this);
        below->setMuted(true);
        right->addWidget(below);
    }
    row->addLayout(right, 1);
    m_rows->addLayout(row);
    return text;
}

void Section::addField(const QString& name, QWidget* field) {
    auto* row = new QHBoxLayout;
    row->setSpacing(style::kPadding);
    auto* key = new ValueText(name, this);
    key->setMuted(true);
    key->setFixedWidth(kNameWidth);
    row->addWidget(key, 0, Qt::AlignVCenter);
    row->addWidget(field, 1);
    m_rows->addLayout(row);
}

void Section::addWidget(QWidget* widget) { m_rows->addWidget(widget); }

}  // namespace lathe::inspector
