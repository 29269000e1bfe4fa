// What ssh asks in Lathe's own window.
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include "app/devices/askpass.h"

using namespace lathe;
using Kind = app::AskpassDialog::Kind;

class AskpassTest : public QObject {
    Q_OBJECT

  private slots:
    void aQuestionIsOfOneKind() {
        const auto kind = [](const char* question, const char* hint = "") {
            return app::AskpassDialog::kindOf(QString::fromUtf8(question), QString::fromUtf8(hint));
        };
        QCOMPARE(kind("me@board's password: "), Kind::secret);
        QCOMPARE(kind("Enter passphrase for key '/home/me/.ssh/id_ed25519': "), Kind::secret);
        QCOMPARE(kind("Are you sure you want to continue connecting (yes/no/[fingerprint])? "), Kind::word);
        QCOMPARE(kind("Allow use of key id?", "confirm"), Kind::confirm);
        QCOMPARE(kind("Confirm user presence for key", "none"), Kind::notice);
    }

    void theAnswerIsHiddenWhileItIsTyped() {
        app::AskpassDialog dialog(QStringLiteral("<b>me</b>@board's password: "), Kind::secret);
        dialog.show();
        auto* answer = dialog.findChild<QLineEdit*>(QStringLiteral("askpassAnswer"));
        QVERIFY(answer);
        QCOMPARE(answer->echoMode(), QLineEdit::Password);
        // The other side may have written the question.
        for (const auto* label : dialog.findChildren<QLabel*>())
            if (label->text().contains(QLatin1Char('<'))) QCOMPARE(label->textFormat(), Qt::PlainText);
        QTest::keyClicks(answer, QStringLiteral("s3cret"));
        QTest::keyClick(answer, Qt::Key_Return);
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        QCOMPARE(dialog.answer(), QStringLiteral("s3cret"));
    }

    void askingIsAModeOfTheProgram() {
        QVERIFY(!app::isAskpass());
        const auto askpass = app::askpassOf(QStringLiteral("/usr/bin/lathe"));
        QCOMPARE(askpass.program, std::filesystem::path("/usr/bin/lathe"));
        for (const auto& [name, value] : askpass.environment) qputenv(name.c_str(), value.c_str());
        QVERIFY(app::isAskpass());
    }
};

QTEST_MAIN(AskpassTest)
#include "askpass_test.moc"
