// In Chinese, every text that the window asks for is in the catalogue, under the context in which it is asked
// for. Run time knows what lupdate only guesses: a class without Q_OBJECT asks in the name of its base class.
#include <QLabel>
#include <QLibraryInfo>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QTranslator>

#include "app/devices/askpass.h"
#include "app/devices/device_words.h"
#include "app/gui/command_palette.h"
#include "app/gui/main_window.h"
#include "app/gui/settings_dialog.h"
#include "app/pages/dataset_dialog.h"
#include "app/pages/device_dialog.h"
#include "app/pages/device_facts_view.h"
#include "app/pages/host_key_dialog.h"
#include "app/pages/phone_dialog.h"

using namespace lathe;

namespace {

constexpr int kPatience = 60000;  // ms, for the slowest machine and the sanitizers
const QString kSample = QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits.onnx");

// Hands every question on to the catalogue and notes those without an answer. Qt's own texts are Qt's affair
// where its catalogue is not installed, and the engine's are listed by list_engine_texts.
class Listener : public QTranslator {
  public:
    QString translate(const char* context, const char* source, const char* comment, int n) const override {
        auto text = catalogue.translate(context, source, comment, n);
        if (text.isEmpty() && *source && qt.translate(context, source, comment, n).isEmpty() &&
            (*context != 'Q' || !qt.isEmpty()) && qstrcmp(context, "engine") != 0)
            missing.insert(QLatin1String(context) + QStringLiteral(": ") + QString::fromUtf8(source));
        return text;
    }
    bool isEmpty() const override { return false; }

    QTranslator catalogue, qt;
    mutable QSet<QString> missing;
};

}  // namespace

class TranslationsTest : public QObject {
    Q_OBJECT

  private:
    // A device in every state, the dialogs about devices.
    static void showDevices(app::MainWindow& window) {
        using Kind = remote::Failure::Kind;
        for (int kind = 0; kind <= static_cast<int>(Kind::failed); ++kind)
            (void)app::shortProblem({static_cast<Kind>(kind), {}, {}});
        app::DeviceEntry entry;
        (void)app::stateText(entry);
        for (const char* transport : {"ssh", "adb", "local"}) {
            entry.address.transport = transport;
            (void)app::stateText(entry);
            for (const bool known : {false, true}) app::DeviceDialog(entry.address, {}, known, &window);
        }
        remote::DeviceFacts facts;
        facts.emulated = true;
        facts.memoryBytes = facts.availableMemoryBytes = 1000;
        facts.clusters = {{{0}, 1000, 3, "performance", "little"},
                          {{1}, 1000, 3, "performance", "middle"},
                          {{2}, 1000, 3, "performance", "big"},
                          {{3}, 1000, 3, "performance", "all"}};
        for (const char* status : {"Charging", "Discharging", "Full", "Not charging"}) {
            facts.battery = remote::Battery{50, status, 30};
            (void)app::factRows(facts);
        }
        const app::PhoneDialog phone(window.devices(), window.jobs(), &window);
        for (const bool changed : {false, true})
            app::HostKeyDialog(QStringLiteral("board"), {"ssh-ed25519", "SHA256:x", "x"}, changed, &window);
        for (const auto asked : {app::AskpassDialog::Kind::secret, app::AskpassDialog::Kind::confirm})
            app::AskpassDialog(QStringLiteral("Password:"), asked, &window);
    }

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-translations-test"));
        QSettings().clear();
        QSettings().setValue(QStringLiteral("devices/lookForPhones"), false);
    }

    void windowAsksForNothingUnknown() {
        Listener listener;
        QVERIFY(listener.catalogue.load(QStringLiteral(":/translations/lathe_zh_CN.qm")));
        // Without it what is asked in Qt's name is not judged.
        (void)listener.qt.load(QStringLiteral("qtbase_zh_CN"),
                               QLibraryInfo::path(QLibraryInfo::TranslationsPath));
        QCoreApplication::installTranslator(&listener);
        {
            app::Preferences preferences;
            app::MainWindow window(preferences);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            window.openPath(kSample);
            QTRY_COMPARE_WITH_TIMEOUT(window.document().workspace()->variants.size(), 1u, kPatience);
            QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy(), kPatience);
            for (auto* page : window.pages()) {
                window.showPage(page->name());
                QTest::qWait(20);
            }
            for (const auto id : window.document().currentVariant()->graph->order())
                window.document().setSelection({id});
            const app::SettingsDialog settings(preferences, &window);
            const app::DatasetDialog dataset(window.document(), window.jobs(), &window);
            showDevices(window);
            (new app::CommandPalette(window.findChildren<QAction*>(), &window))->show();
            // What tr() answers in Chinese has no Latin word at the place that proves it: the tabs.
            QCOMPARE(window.pages().front()->title(), QString::fromUtf8("计算图"));
        }
        QCoreApplication::removeTranslator(&listener);
        const QStringList missing(listener.missing.begin(), listener.missing.end());
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
    }

    void englishHasPlurals() {
        QTranslator english;
        QVERIFY(english.load(QStringLiteral(":/translations/lathe_en.qm")));
        const auto nodes = [&](int count) {
            return english.translate("lathe::app::MainWindow", "%n node(s)", nullptr, count);
        };
        QCOMPARE(nodes(1), QStringLiteral("%n node"));
        QCOMPARE(nodes(82), QStringLiteral("%n nodes"));
    }
};

QTEST_MAIN(TranslationsTest)
#include "translations_test.moc"
