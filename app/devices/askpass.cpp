#include "app/devices/askpass.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <cstdio>

namespace lathe::app {
namespace {

constexpr const char* kMark = "LATHE_ASKPASS";

}  // namespace

remote::Askpass askpassOf(const QString& program) {
    return {std::filesystem::path(program.toStdU16String()), {{kMark, "1"}}};
}

bool isAskpass() { return qEnvironmentVariableIsSet(kMark); }

AskpassDialog::Kind AskpassDialog::kindOf(const QString& question, const QString& hint) {
    if (hint == QStringLiteral("confirm")) return Kind::confirm;
    if (hint == QStringLiteral("none")) return Kind::notice;
    return question.contains(QStringLiteral("(yes/no")) ? Kind::word : Kind::secret;
}

AskpassDialog::AskpassDialog(const QString& question, Kind kind, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("ssh asks"));
    setMinimumWidth(420);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    // The other side may have written it: never rich text.
    auto* label = new QLabel(question.trimmed(), this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    layout->addWidget(label);
    if (kind == Kind::secret || kind == Kind::word) {
        m_answer = new QLineEdit(this);
        m_answer->setObjectName(QStringLiteral("askpassAnswer"));
        m_answer->setAccessibleName(question.trimmed());
        m_answer->setEchoMode(kind == Kind::secret ? QLineEdit::Password : QLineEdit::Normal);
        label->setBuddy(m_answer);
        layout->addWidget(m_answer);
    }
    if (kind == Kind::secret) {
        auto* shown = new QCheckBox(tr("Show what is typed"), this);
        connect(shown, &QCheckBox::toggled, this,
                [this](bool on) { m_answer->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password); });
        layout->addWidget(shown);
        auto* kept = new QLabel(tr("The answer goes to ssh. Lathe does not keep it."), this);
        kept->setForegroundRole(QPalette::PlaceholderText);
        kept->setWordWrap(true);
        layout->addWidget(kept);
    }
    auto* buttons = new QDialogButtonBox(this);
    if (kind == Kind::confirm) {
        buttons->addButton(QDialogButtonBox::Yes);
        buttons->addButton(QDialogButtonBox::No)->setDefault(true);
    } else if (kind == Kind::notice) {
        buttons->addButton(QDialogButtonBox::Cancel);
    } else {
        buttons->addButton(QDialogButtonBox::Ok)->setDefault(true);
        buttons->addButton(QDialogButtonBox::Cancel);
    }
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addSpacing(8);
    layout->addWidget(buttons);
}

int runAskpass(const QString& question) {
    AskpassDialog dialog(question,
                         AskpassDialog::kindOf(question, qEnvironmentVariable("SSH_ASKPASS_PROMPT")));
    dialog.setWindowFlag(Qt::WindowStaysOnTopHint);
    if (dialog.exec() != QDialog::Accepted) return 1;
    std::printf("%s\n", dialog.answer().toUtf8().constData());
    return 0;
}

}  // namespace lathe::app
