#include "app/pages/device_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>

#include "app/devices/device_settings.h"

namespace lathe::app {

DeviceDialog::DeviceDialog(const remote::DeviceAddress& address, const QString& name, bool known,
                           QWidget* parent)
    : QDialog(parent), m_before(address) {
    const bool ssh = address.transport == "ssh";
    setObjectName(QStringLiteral("deviceDialog"));
    setWindowTitle(known ? tr("Edit device") : ssh ? tr("Add a computer by ssh") : tr("Add this computer"));
    setMinimumWidth(520);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(16, 16, 16, 16);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    if (!known) {
        auto* about = new QLabel(
            ssh ? tr("Lathe uses your own ssh with its keys and its configuration. It keeps files in one "
                     "folder there and starts its agent when a model is to run.")
                : tr("Models run in a process of their own on this computer: the way any other device works, "
                     "and a place for an emulator."),
            this);
        about->setWordWrap(true);
        form->addRow(about);
    }
    if (ssh || known) {
        m_host = new QLineEdit(QString::fromStdString(address.address), this);
        m_host->setObjectName(QStringLiteral("deviceHost"));
        m_host->setPlaceholderText(tr("user@host, or a name of your ssh configuration"));
        m_host->setReadOnly(known);
        form->addRow(address.transport == "adb" ? tr("Serial number") : tr("Computer"), m_host);
        form->setRowVisible(m_host, address.transport != "local");
    }
    m_name = new QLineEdit(name, this);
    m_name->setObjectName(QStringLiteral("deviceName"));
    m_name->setPlaceholderText(tr("As it calls itself"));
    form->addRow(tr("Name"), m_name);
    m_folder = new QLineEdit(QString::fromStdString(address.folder), this);
    m_folder->setObjectName(QStringLiteral("deviceFolder"));
    m_folder->setPlaceholderText(address.transport == "adb" ? QStringLiteral("/data/local/tmp/lathe")
                                                            : QStringLiteral("~/.cache/lathe"));
    m_folder->setToolTip(
        tr("Where Lathe keeps the agent and models on the device. Programs must be allowed to "
           "run there."));
    form->addRow(tr("Folder there"), m_folder);
    m_prefix = new QLineEdit(joinedWords(address.runPrefix), this);
    m_prefix->setObjectName(QStringLiteral("devicePrefix"));
    m_prefix->setPlaceholderText(QStringLiteral("qemu-aarch64-static -cpu max"));
    m_prefix->setToolTip(tr("Words before the agent's command, for example an emulator"));
    form->addRow(tr("Run prefix"), m_prefix);
    m_architecture = new QComboBox(this);
    m_architecture->addItem(tr("As the device says"), QString());
    m_architecture->addItem(QStringLiteral("x86_64"), QStringLiteral("x86_64"));
    m_architecture->addItem(QStringLiteral("aarch64"), QStringLiteral("aarch64"));
    m_architecture->setCurrentIndex(
        std::max(0, m_architecture->findData(QString::fromStdString(address.architecture))));
    m_architecture->setToolTip(tr("Which agent is sent; an emulator may need another one than the device"));
    form->addRow(tr("Processor"), m_architecture);
    m_environment = new QPlainTextEdit(environmentLines(address.environment).join(QLatin1Char('\n')), this);
    m_environment->setObjectName(QStringLiteral("deviceEnvironment"));
    m_environment->setPlaceholderText(tr("NAME=VALUE, one a line"));
    m_environment->setTabChangesFocus(true);
    m_environment->document()->setDocumentMargin(6);
    m_environment->setFixedHeight(3 * m_environment->fontMetrics().lineSpacing() + 16);
    form->addRow(tr("Environment"), m_environment);
    m_hint = new QLabel(this);
    m_hint->setObjectName(QStringLiteral("deviceHint"));
    m_hint->setWordWrap(true);
    form->addRow(QString(), m_hint);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(known ? tr("Save") : tr("Add device"), QDialogButtonBox::AcceptRole);
    m_accept->setDefault(true);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (m_host) connect(m_host, &QLineEdit::textChanged, this, &DeviceDialog::check);
    connect(m_environment, &QPlainTextEdit::textChanged, this, &DeviceDialog::check);
    if (m_host && known) m_name->setFocus();
    check();
}

void DeviceDialog::check() {
    QString hint;
    const bool needsHost = m_before.transport == "ssh";
    const auto host = m_host ? m_host->text().trimmed() : QString();
    const auto environment = environmentFrom(m_environment->toPlainText().split(QLatin1Char('\n')));
    if (needsHost && host.isEmpty())
        hint = tr("Name the computer.");
    else if (needsHost && (host.contains(QLatin1Char(' ')) || host.startsWith(QLatin1Char('-'))))
        hint = tr("One word: user@host, or a name of your ssh configuration. A port belongs into that.");
    else if (!environment)
        hint = tr("“%1” is not of the form NAME=VALUE.")
                   .arg(QString::fromStdString(environment.error().message));
    m_hint->setText(hint);
    m_accept->setEnabled(hint.isEmpty());
}

remote::DeviceAddress DeviceDialog::address() const {
    auto address = m_before;
    if (m_host && !m_host->isReadOnly()) address.address = m_host->text().trimmed().toStdString();
    address.folder = m_folder->text().trimmed().toStdString();
    address.runPrefix = splitWords(m_prefix->text());
    address.architecture = m_architecture->currentData().toString().toStdString();
    if (auto environment = environmentFrom(m_environment->toPlainText().split(QLatin1Char('\n'))))
        address.environment = std::move(*environment);
    return address;
}

QString DeviceDialog::name() const { return m_name->text().trimmed(); }

}  // namespace lathe::app
