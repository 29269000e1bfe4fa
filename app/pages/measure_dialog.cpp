#include "app/pages/measure_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

#include "engine/profile/measure_params.h"
#include "widgets/forms/param_form.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

const auto kKey = QStringLiteral("profile/measure");

base::Params defaults() { return *base::complete(profile::measureParams(), {}); }

}  // namespace

base::Params measureSettings() {
    const auto text = QSettings().value(kKey).toString().toStdString();
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) return defaults();
    const auto given = base::paramsFromJson(json, profile::measureParams());
    if (!given) return defaults();
    const auto params = base::complete(profile::measureParams(), *given);
    return params ? *params : defaults();
}

void setMeasureSettings(const base::Params& params) {
    QSettings().setValue(kKey, QString::fromStdString(base::toJson(params).dump()));
}

profile::MeasureOptions measureOptionsOn(const RunDevice& run, const base::Params& params) {
    auto options = profile::measureOptionsOf(params);
    // A choice of cores comes with one thread a core.
    if (options.session.threads == 0 && options.cores.empty()) options.session.threads = run.threads;
    return options;
}

QString measureSummary(const base::Params& params) {
    const auto options = profile::measureOptionsOf(params);
    auto mode = style::engineText(params.text("mode"));
    if (!mode.isEmpty()) mode[0] = mode[0].toUpper();
    QStringList parts = {mode};
    parts << (options.mode == profile::Mode::sustained
                  ? style::formatted(style::Unit::seconds, options.seconds)
                  : MeasureDialog::tr("%n run(s)", nullptr, options.runs));
    if (!options.cores.empty()) parts << MeasureDialog::tr("cores %1").arg(style::engineText(options.cores));
    if (options.session.threads > 0)
        parts << MeasureDialog::tr("%n thread(s)", nullptr, options.session.threads);
    return parts.join(MeasureDialog::tr(", "));
}

MeasureDialog::MeasureDialog(QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("measureDialog"));
    setWindowTitle(tr("How to measure"));
    setMinimumWidth(760);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    m_form = new forms::ParamForm(profile::measureParams(), this);
    m_form->setParams(measureSettings());
    layout->addWidget(m_form);
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("measureProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
    auto* buttons = new QDialogButtonBox(
        QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &MeasureDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
            [this] { m_form->setParams({}); });
    connect(m_form, &forms::ParamForm::changed, m_problem, &QWidget::hide);
    layout->addWidget(buttons);
    // Texts that wrap get their height; a dialog asks only for that of its narrowest layout.
    const int width = minimumWidth();
    setMinimumHeight(layout->totalHeightForWidth(width));
    resize(width, minimumHeight());
}

void MeasureDialog::accept() {
    const auto params = m_form->params();
    if (!params) {
        auto palette = m_problem->palette();
        palette.setColor(QPalette::WindowText, style::theme().bad);
        m_problem->setPalette(palette);
        m_problem->setText(QString::fromStdString(params.error().message));
        m_problem->show();
        // The message gets a place of its own, not one of the texts above.
        setMinimumHeight(layout()->totalHeightForWidth(width()));
        return;
    }
    setMeasureSettings(*params);
    QDialog::accept();
}

}  // namespace lathe::app
