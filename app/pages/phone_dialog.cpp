#include "app/pages/phone_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QRegularExpression>

#include "app/devices/device_words.h"
#include "engine/remote/adb_client.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

using namespace std::chrono_literals;

bool isAddress(const QString& text) {
    static const QRegularExpression form(QStringLiteral("^[^\\s:-][^\\s:]*:\\d{1,5}$"));
    return form.match(text).hasMatch();
}

QLabel* heading(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setFont(style::font(1.0, true));
    return label;
}

}  // namespace

PhoneDialog::PhoneDialog(DeviceList& devices, Jobs& jobs, QWidget* parent)
    : QDialog(parent), m_devices(devices), m_jobs(jobs) {
    setObjectName(QStringLiteral("phoneDialog"));
    setWindowTitle(tr("Add a phone over Wi-Fi"));
    setMinimumWidth(520);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(16, 16, 16, 16);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* about =
        new QLabel(tr("On the phone: Settings, Developer options, Wireless debugging. Both must be in the "
                      "same network. A phone on a cable needs none of this: it appears by itself."),
                   this);
    about->setWordWrap(true);
    form->addRow(about);

    form->addRow(heading(tr("1. Pair, once"), this));
    m_pairAddress = new QLineEdit(this);
    m_pairAddress->setObjectName(QStringLiteral("phonePairAddress"));
    m_pairAddress->setPlaceholderText(QStringLiteral("192.168.1.20:37123"));
    m_pairAddress->setToolTip(
        tr("Under “Pair device with pairing code”; its port is another one than below"));
    form->addRow(tr("Address for pairing"), m_pairAddress);
    m_code = new QLineEdit(this);
    m_code->setObjectName(QStringLiteral("phoneCode"));
    m_code->setPlaceholderText(QStringLiteral("123456"));
    m_code->setAccessibleName(tr("Pairing code"));
    m_code->setMaxLength(16);
    m_pair = new QPushButton(tr("Pair"), this);
    m_pair->setObjectName(QStringLiteral("phonePair"));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_code, 1);
    row->addWidget(m_pair);
    form->addRow(tr("Pairing code"), row);

    form->addRow(heading(tr("2. Connect"), this));
    m_address = new QLineEdit(this);
    m_address->setObjectName(QStringLiteral("phoneAddress"));
    m_address->setPlaceholderText(QStringLiteral("192.168.1.20:40001"));
    form->addRow(tr("Address"), m_address);
    m_result = new QLabel(this);
    m_result->setObjectName(QStringLiteral("phoneResult"));
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->setMinimumHeight(2 * m_result->fontMetrics().lineSpacing());
    m_result->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    form->addRow(QString(), m_result);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_connect = buttons->addButton(tr("Connect"), QDialogButtonBox::ActionRole);
    m_connect->setObjectName(QStringLiteral("phoneConnect"));
    m_connect->setDefault(true);
    form->addRow(buttons);

    connect(m_pair, &QPushButton::clicked, this, &PhoneDialog::pair);
    connect(m_connect, &QPushButton::clicked, this, &PhoneDialog::connectPhone);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (auto* field : {m_pairAddress, m_code, m_address})
        connect(field, &QLineEdit::textChanged, this, &PhoneDialog::updateButtons);
    updateButtons();
}

PhoneDialog::~PhoneDialog() {
    if (m_job) m_jobs.cancel(m_job);
}

void PhoneDialog::updateButtons() {
    m_pair->setEnabled(!m_job && isAddress(m_pairAddress->text().trimmed()) &&
                       !m_code->text().trimmed().isEmpty());
    m_connect->setEnabled(!m_job && isAddress(m_address->text().trimmed()));
}

void PhoneDialog::run(const QString& title, Work work, std::function<void()> then) {
    auto failure = std::make_shared<std::optional<remote::Failure>>();
    m_result->setText(tr("Waiting for the phone…"));
    m_job = m_jobs.start<bool>(
        title,
        [work = std::move(work), tools = m_devices.tools(),
         failure](const base::Progress& progress) -> base::Result<bool> {
            const auto done = work(tools, progress);
            if (done) return true;
            *failure = done.failure();
            return done.failure().toError();
        },
        this,
        [this, failure, then = std::move(then)](base::Result<bool> done) {
            m_job = 0;
            if (done)
                then();
            else
                m_result->setText(*failure ? problemText(**failure)
                                           : QString::fromStdString(done.error().message));
            updateButtons();
        });
    m_jobs.showsItself(m_job);
    m_jobs.outlivesWorkspace(m_job);
    updateButtons();
}

void PhoneDialog::pair() {
    const auto address = m_pairAddress->text().trimmed();
    run(
        tr("Pair with %1").arg(address),
        [address = address.toStdString(), code = m_code->text().trimmed().toStdString()](
            const remote::Tools& tools, const base::Progress& progress) {
            return remote::adbPair(address, code, tools, base::deadlineIn(20s), progress);
        },
        [this, address] {
            m_result->setText(tr("Paired. Now connect."));
            if (m_address->text().isEmpty())
                m_address->setText(address.section(QLatin1Char(':'), 0, 0) + QLatin1Char(':'));
            m_address->setFocus();
        });
}

void PhoneDialog::connectPhone() {
    const auto address = m_address->text().trimmed();
    run(
        tr("Connect to %1").arg(address),
        [address = address.toStdString()](const remote::Tools& tools, const base::Progress& progress) {
            return remote::adbConnect(address, tools, base::deadlineIn(20s), progress);
        },
        [this, address] {
            m_connected = address;
            accept();
        });
}

}  // namespace lathe::app
