#include "app/pages/device_pane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include "app/devices/device_words.h"
#include "app/pages/device_facts_view.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/icons.h"
#include "widgets/style/numbers.h"
#include "widgets/style/theme.h"
#include "widgets/tables/value_table.h"

namespace lathe::app {
namespace {

QHBoxLayout* rowIn(QWidget* widget) {
    auto* row = new QHBoxLayout(widget);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    return row;
}

}  // namespace

DevicePane::DevicePane(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(head());
    layout->addWidget(m_problemRow = problem());
    layout->addWidget(buttons());
    layout->addWidget(m_busyRow = busyRow());
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_facts = new DeviceFactsView(m_tabs);
    m_tabs->addTab(m_facts, tr("Facts"));
    m_checks = new tables::ValueTable(m_tabs);
    m_checks->setObjectName(QStringLiteral("deviceChecks"));
    m_checks->setAccessibleName(tr("What the device computed"));
    m_tabs->addTab(m_checks, tr("Check"));
    layout->addWidget(m_tabs, 1);
}

QWidget* DevicePane::head() {
    auto* widget = new QWidget(this);
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(16, 0, 16, 0);
    layout->setSpacing(4);
    m_title = new QLabel(widget);
    m_title->setObjectName(QStringLiteral("deviceTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(style::font(1.15, true));
    m_title->setWordWrap(true);
    m_state = new QLabel(widget);
    m_state->setObjectName(QStringLiteral("deviceState"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setWordWrap(true);
    layout->addWidget(m_title);
    layout->addWidget(m_state);
    return widget;
}

QWidget* DevicePane::problem() {
    auto* widget = new QWidget(this);
    auto* row = rowIn(widget);
    m_problemMark = new QLabel(widget);
    m_problem = new QLabel(widget);
    m_problem->setObjectName(QStringLiteral("deviceProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(m_problemMark, 0, Qt::AlignTop);
    row->addWidget(m_problem, 1);
    return widget;
}

QWidget* DevicePane::buttons() {
    auto* widget = new QWidget(this);
    auto* row = rowIn(widget);
    m_ask = new QPushButton(widget);
    m_ask->setObjectName(QStringLiteral("deviceAsk"));
    m_check = new QPushButton(tr("Check"), widget);
    m_check->setObjectName(QStringLiteral("deviceCheck"));
    m_check->setToolTip(
        tr("Has the device compute small cases of every kind of kernel, and compares the answers"));
    m_more = new QPushButton(tr("More"), widget);
    m_more->setObjectName(QStringLiteral("deviceMore"));
    auto* menu = new QMenu(m_more);
    const auto action = [&](const QString& text, const char* name, void (DevicePane::*wish)()) {
        auto* made = menu->addAction(text, this, wish);
        made->setObjectName(QLatin1String(name));
        return made;
    };
    m_use = action(tr("Use for runs"), "deviceUse", &DevicePane::useRequested);
    menu->addSeparator();
    m_edit = action(tr("Edit…"), "deviceEdit", &DevicePane::editRequested);
    m_disconnect = action(tr("Disconnect"), "deviceDisconnect", &DevicePane::disconnectRequested);
    m_forget = action(tr("Forget…"), "deviceForget", &DevicePane::forgetRequested);
    m_more->setMenu(menu);
    for (auto* button : {m_ask, m_check, m_more}) row->addWidget(button);
    row->addStretch(1);
    connect(m_ask, &QPushButton::clicked, this, &DevicePane::askRequested);
    connect(m_check, &QPushButton::clicked, this, &DevicePane::checkRequested);
    return widget;
}

QWidget* DevicePane::busyRow() {
    auto* widget = new QWidget(this);
    auto* row = rowIn(widget);
    auto* bar = new QProgressBar(widget);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setAccessibleName(tr("Waiting for the device"));
    m_cancel = new QPushButton(tr("Cancel"), widget);
    m_cancel->setObjectName(QStringLiteral("deviceCancel"));
    row->addWidget(bar, 1);
    row->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        emit cancelRequested();
    });
    return widget;
}

void DevicePane::setDevice(const DeviceEntry& entry, const State& state) {
    const bool here = entry.isThisComputer();
    m_title->setText(entry.name);
    const auto address = QString::fromStdString(entry.address.address);
    m_state->setText(address.isEmpty() || address == entry.name
                         ? stateText(entry)
                         : stateText(entry) + QStringLiteral(" · ") + address);
    m_problemRow->setVisible(entry.problem.has_value());
    if (entry.problem) {
        m_problem->setText(problemText(*entry.problem));
        m_problemMark->setPixmap(
            style::icon(QStringLiteral("warning"), style::theme().warning).pixmap(16, 16));
    }
    m_ask->setText(here || entry.contacted ? tr("Refresh") : tr("Connect"));
    m_ask->setEnabled(!state.busy);
    m_check->setEnabled(!state.busy && !here);
    m_more->setEnabled(!state.busy);
    m_use->setEnabled(!state.chosen);
    m_edit->setEnabled(!here);
    m_disconnect->setEnabled(entry.contacted);
    m_forget->setEnabled(entry.saved);
    if (!state.busy) m_cancel->setEnabled(true);
    m_busyRow->setVisible(state.busy);
    m_facts->setEmptyText(here ? tr("Press Refresh to see what this computer is.")
                               : tr("Connect to see what this device is."));
    m_checks->setEmptyText(
        here ? tr("This computer is checked through an agent: choose Add, This computer through the agent.")
             : tr("Press Check to have the device compute small cases of every kind of kernel."));
    m_facts->setFacts(entry.facts);
    setCheck(state.check);
}

void DevicePane::setCheck(const remote::DeviceCheck* check) {
    std::vector<tables::Row> rows;
    int bad = 0;
    if (check)
        for (const auto& kernel : check->kernels) {
            bad += !kernel.good;
            const auto answer = !kernel.problem.empty() ? QString::fromStdString(kernel.problem)
                                : kernel.good           ? tr("right")
                                                        : tr("WRONG");
            rows.push_back({static_cast<qint64>(rows.size()),
                            {style::engineText(kernel.name), answer, style::number(kernel.error, 2),
                             style::number(kernel.allowed, 2)},
                            {0, 0, 0, 0}});
        }
    m_tabs->setTabText(1, rows.empty() ? tr("Check")
                          : bad        ? tr("Check: %n wrong", nullptr, bad)
                                       : tr("Check: all right"));
    m_checks->setTable({{tr("Kernel")},
                        {tr("Answer")},
                        {tr("Error"), false, 0, false, false, 1,
                         tr("Largest difference from the plain evaluation, relative to the largest value")},
                        {tr("Allowed"), false, 0, false, false, 2}},
                       std::move(rows));
}

void DevicePane::showChecks() { m_tabs->setCurrentWidget(m_checks); }

QAbstractButton* DevicePane::askButton() const { return m_ask; }

bool DevicePane::canForget() const { return m_more->isEnabled() && m_forget->isEnabled(); }

}  // namespace lathe::app
