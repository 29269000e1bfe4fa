#include "widgets/forms/param_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/style/engine_text.h"
#include "widgets/style/theme.h"

namespace lathe::forms {
namespace {

QString qt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace

QString labelOf(const base::ParamSpec& spec) {
    if (!spec.label.empty()) return style::engineText(spec.label);
    auto text =
        qt(spec.name).replace(QLatin1Char('_'), QLatin1Char(' ')).replace(QLatin1Char('-'), QLatin1Char(' '));
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return style::engineText(text.toStdString());
}

ParamForm::ParamForm(std::span<const base::ParamSpec> specs, QWidget* parent)
    : QWidget(parent), m_specs(specs.begin(), specs.end()) {
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(16);
    layout->setVerticalSpacing(8);
    layout->setColumnMinimumWidth(0, kLabelWidth);
    layout->setColumnStretch(1, 3);
    layout->setColumnStretch(2, 4);
    int row = 0;
    for (const auto& spec : m_specs) {
        auto field = makeField(spec);
        const auto help = style::engineText(spec.help);
        field.widget->setObjectName(QStringLiteral("param.") + qt(spec.name));
        field.widget->setToolTip(help);
        field.widget->setAccessibleName(labelOf(spec));
        field.widget->setAccessibleDescription(help);
        auto* label = new QLabel(labelOf(spec), this);
        label->setToolTip(help);
        label->setBuddy(field.widget);
        label->setMinimumHeight(style::kControlHeight);
        auto* explanation = new QLabel(help, this);
        explanation->setWordWrap(true);
        explanation->setForegroundRole(QPalette::PlaceholderText);
        explanation->setMinimumHeight(style::kControlHeight);
        layout->addWidget(label, row, 0, Qt::AlignTop);
        layout->addWidget(field.widget, row, 1, Qt::AlignTop);
        layout->addWidget(explanation, row, 2);
        ++row;
        m_fields.push_back(std::move(field));
    }
    layout->setRowStretch(row, 1);
    setParams({});
}

ParamForm::Field ParamForm::makeField(const base::ParamSpec& spec) {
    using Type = base::ParamType;
    switch (spec.type) {
        case Type::boolean: {
            auto* box = new QCheckBox(this);
            box->setMinimumHeight(style::kControlHeight);
            connect(box, &QCheckBox::toggled, this, &ParamForm::changed);
            return {box,
                    [box] { return box->isChecked() ? QStringLiteral("true") : QStringLiteral("false"); },
                    [box](const QString& t) { box->setChecked(t == QStringLiteral("true")); }};
        }
        case Type::integer: {
            auto* spin = new QSpinBox(this);
            constexpr double kLow = std::numeric_limits<int>::min(), kHigh = std::numeric_limits<int>::max();
            spin->setRange(static_cast<int>(std::max(spec.minimum.value_or(kLow), kLow)),
                           static_cast<int>(std::min(spec.maximum.value_or(kHigh), kHigh)));
            if (!spec.unit.empty()) spin->setSuffix(QLatin1Char(' ') + style::engineText(spec.unit));
            spin->setMaximumWidth(200);
            connect(spin, &QSpinBox::valueChanged, this, &ParamForm::changed);
            return {spin, [spin] { return QString::number(spin->value()); },
                    [spin](const QString& t) { spin->setValue(t.toInt()); }};
        }
        case Type::choice: {
            auto* combo = new QComboBox(this);
            for (const auto choice : spec.choices) combo->addItem(style::engineText(choice), qt(choice));
            combo->setMaximumWidth(280);
            connect(combo, &QComboBox::currentIndexChanged, this, &ParamForm::changed);
            return {combo, [combo] { return combo->currentData().toString(); },
                    [combo](const QString& t) {
                        if (const int at = combo->findData(t); at >= 0) combo->setCurrentIndex(at);
                    }};
        }
        case Type::real: {
            // A line, not a spin box: 1e-6 and 99.999 must both be typed as they are.
            auto* line = new QLineEdit(this);
            line->setMaximumWidth(200);
            connect(line, &QLineEdit::textChanged, this, &ParamForm::changed);
            if (!spec.unit.empty()) line->setPlaceholderText(style::engineText(spec.unit));
            return {line, [line] { return line->text(); }, [line](const QString& t) { line->setText(t); }};
        }
        case Type::path: {
            auto* row = new QWidget(this);
            auto* layout = new QHBoxLayout(row);
            layout->setContentsMargins(0, 0, 0, 0);
            auto* line = new QLineEdit(row);
            auto* button = new QPushButton(tr("Choose…"), row);
            layout->addWidget(line, 1);
            layout->addWidget(button);
            row->setFocusProxy(line);
            connect(line, &QLineEdit::textChanged, this, &ParamForm::changed);
            connect(button, &QPushButton::clicked, this, [this, line] {
                const auto path = QFileDialog::getOpenFileName(this, {}, line->text());
                if (!path.isEmpty()) line->setText(path);
            });
            return {row, [line] { return line->text(); }, [line](const QString& t) { line->setText(t); }};
        }
        case Type::text:
        case Type::integers:
        case Type::reals:
        case Type::texts:
            break;
    }
    auto* line = new QLineEdit(this);
    if (spec.type != Type::text) line->setPlaceholderText(tr("separated by commas"));
    connect(line, &QLineEdit::textChanged, this, &ParamForm::changed);
    return {line, [line] { return line->text(); }, [line](const QString& t) { line->setText(t); }};
}

base::Result<base::Params> ParamForm::params() const {
    base::Params params;
    for (size_t i = 0; i < m_specs.size(); ++i) {
        // What is wrong is said of the label that stands beside the field.
        const auto label = QStringLiteral("\"%1\"").arg(labelOf(m_specs[i])).toStdString();
        auto spec = m_specs[i];
        spec.name = label;
        auto value = base::parseParam(spec, m_fields[i].text().trimmed().toStdString());
        if (!value) return value.error();
        params.set(std::string(m_specs[i].name), std::move(*value));
    }
    return base::complete(m_specs, params);
}

void ParamForm::setParams(const base::Params& params) {
    for (size_t i = 0; i < m_specs.size(); ++i) {
        const auto it = params.values().find(m_specs[i].name);
        m_fields[i].setText(QString::fromStdString(
            base::formatParam(it == params.values().end() ? m_specs[i].defaultValue : it->second)));
    }
}

void ParamForm::setTabAfter(QWidget* previous) {
    for (const auto& field : m_fields) {
        setTabOrder(previous, field.widget);
        previous = field.widget;
    }
}

}  // namespace lathe::forms
