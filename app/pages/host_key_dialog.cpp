#include "app/pages/host_key_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/style/icons.h"
#include "widgets/style/theme.h"

namespace lathe::app {

HostKeyDialog::HostKeyDialog(const QString& device, const remote::HostKey& key, bool changed, QWidget* parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("hostKeyDialog"));
    setWindowTitle(changed ? tr("The host key has changed") : tr("Confirm the host key"));
    setMinimumWidth(520);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    const auto add = [&](const QString& text) {
        auto* label = new QLabel(text, this);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        layout->addWidget(label);
        return label;
    };
    if (changed) {
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        auto* mark = new QLabel(this);
        mark->setPixmap(style::icon(QStringLiteral("warning"), style::theme().bad).pixmap(24, 24));
        auto* title =
            new QLabel(tr("%1 shows another key than the one that was confirmed.").arg(device), this);
        title->setTextFormat(Qt::PlainText);
        title->setWordWrap(true);
        title->setFont(style::font(1.0, true));
        row->addWidget(mark, 0, Qt::AlignTop);
        row->addWidget(title, 1);
        layout->addLayout(row);
        add(tr(
            "Somebody may stand between this computer and the device and read along, passwords too. If its "
            "system was installed anew, a new key is expected: compare it before you go on."));
    } else {
        add(tr("%1 is contacted for the first time. Its key proves from now on that it is the same computer.")
                .arg(device));
    }
    auto* fingerprint = add(QString::fromStdString(key.fingerprint));
    fingerprint->setObjectName(QStringLiteral("hostKeyFingerprint"));
    fingerprint->setAccessibleName(tr("Fingerprint"));
    fingerprint->setFont(style::monospaceFont());
    fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    add(tr("Kind: %1").arg(QString::fromStdString(key.type)))->setForegroundRole(QPalette::PlaceholderText);
    add(tr(
        "Compare it with what the device itself prints: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub"));
    auto* compared = new QCheckBox(tr("I have compared the key; it is the same"), this);
    compared->setObjectName(QStringLiteral("hostKeyCompared"));
    compared->setVisible(changed);
    layout->addWidget(compared);
    layout->addSpacing(8);
    auto* buttons = new QDialogButtonBox(this);
    auto* trust = buttons->addButton(changed ? tr("Replace the old key") : tr("Confirm the key"),
                                     QDialogButtonBox::AcceptRole);
    trust->setObjectName(QStringLiteral("hostKeyTrust"));
    trust->setEnabled(!changed);
    trust->setAutoDefault(false);
    // Enter must not confirm what nobody has read.
    auto* cancel = buttons->addButton(QDialogButtonBox::Cancel);
    cancel->setDefault(true);
    cancel->setFocus();
    connect(compared, &QCheckBox::toggled, trust, &QPushButton::setEnabled);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

}  // namespace lathe::app
