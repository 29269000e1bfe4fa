// Devices in the window: a simulated phone comes, is allowed, chosen, measured, lost and forgotten; this
// computer through the agent stands for every other device.
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "app/devices/device_words.h"
#include "app/gui/device_picker.h"
#include "app/gui/main_window.h"
#include "app/pages/device_dialog.h"
#include "app/pages/device_facts_view.h"
#include "app/pages/host_key_dialog.h"
#include "app/pages/phone_dialog.h"
#include "tests/app/window_steps.h"
#include "tests/support/devices/agents.h"
#include "tests/support/devices/rigs.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/tables/entry_delegate.h"
#include "widgets/tables/value_table.h"

using namespace lathe;

namespace {

using test::kPatience;
const QString kSample = QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits.onnx");

// The texts of a widget's labels, a line each.
QString labelsOf(const QWidget& widget) {
    QStringList texts;
    for (const auto* label : widget.findChildren<QLabel*>()) texts << label->text();
    return texts.join(QLatin1Char('\n'));
}

remote::Tools with(remote::Tools tools) {
    tools.agents = test::agentFolder();
    return tools;
}

}  // namespace

class DevicesTest : public QObject {
    Q_OBJECT

  private:
    // The last job came to a good end.
    void worked(app::MainWindow& window) {
        test::idle(window);
        const auto& last = window.jobs().states().back();
        QVERIFY2(last.phase == app::JobState::Phase::done, qPrintable(last.title + last.message));
    }
    template <typename T>
    static T* child(const QObject& parent, const char* name) {
        return parent.findChild<T*>(QLatin1String(name));
    }
    void click(QWidget& parent, const char* name) {
        auto* button = child<QPushButton>(parent, name);
        QVERIFY2(button, name);
        QTRY_VERIFY2(button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    // The row of a device in the page's list; -1: none.
    static int rowOf(const QListWidget& list, const QString& key) {
        for (int row = 0; row < list.count(); ++row)
            if (list.item(row)->data(Qt::UserRole).toString() == key) return row;
        return -1;
    }
    static QString stateOf(const QListWidget& list, const QString& key) {
        const int row = rowOf(list, key);
        return row < 0 ? QString() : list.item(row)->data(tables::EntryDelegate::DetailRole).toString();
    }
    // This computer through the agent, chosen for runs.
    QString addBench(app::MainWindow& window) {
        window.devices().setTools(with({}));
        const auto key = window.devices().add(
            {.transport = "local", .folder = m_folder.filePath(QStringLiteral("files")).toStdString()},
            QStringLiteral("Bench"));
        window.devices().choose(key);
        return key;
    }
    QTemporaryDir m_folder;

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-devices-test"));
    }
    void init() { QSettings().clear(); }

    void thisComputerTellsWhatItIs() {
        QSettings().setValue(QStringLiteral("devices/lookForPhones"), false);
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        window.showPage(QStringLiteral("devices"));  // without a model
        auto* facts = child<QWidget>(window, "deviceFacts");
        QTRY_VERIFY_WITH_TIMEOUT(labelsOf(*facts).contains(QStringLiteral("KiB")), kPatience);
        QVERIFY(!window.devices().isLooking());
        QVERIFY(!child<QPushButton>(window, "deviceCheck")->isEnabled());
        // What a device does not tell is said in words.
        const auto rows = app::factRows({});
        QVERIFY(rows.size() > 8);
        app::DeviceFactsView view(nullptr);
        view.setFacts(remote::DeviceFacts());
        QVERIFY(labelsOf(view).contains(QStringLiteral("not told by the device")));
    }

    void aPhoneComesAndIsAllowed() {
        const test::AdbServer server;
        if (!server.skipReason().empty()) QSKIP(server.skipReason().c_str());
        test::SimulatedPhone phone({"--unauthorized"});
        if (!phone.skipReason().empty()) QSKIP(phone.skipReason().c_str());
        const auto key = QStringLiteral("adb:") + QString::fromStdString(phone.serial());
        app::Preferences preferences;
        {
            app::MainWindow window(preferences);
            server.call({"start-server"});
            window.devices().setTools(with(server.tools()));
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QVERIFY(!window.devices().isLooking());  // nothing is touched unasked
            window.showPage(QStringLiteral("devices"));
            QVERIFY(window.devices().isLooking());
            QVERIFY(!QSettings().contains(QStringLiteral("devices/lookForPhones")));
            auto* list = child<QListWidget>(window, "deviceList");
            const auto said = server.call({"connect", phone.serial()});
            QTRY_VERIFY2_WITH_TIMEOUT(rowOf(*list, key) > 0, said.c_str(), 2000);
            QTRY_VERIFY2(stateOf(*list, key).contains(QStringLiteral("waiting for permission")),
                         qPrintable(stateOf(*list, key)));
            list->setCurrentRow(rowOf(*list, key));
            auto* problem = child<QLabel>(window, "deviceProblem");
            QVERIFY2(problem->isVisible() && problem->text().contains(QStringLiteral("allow debugging")),
                     qPrintable(problem->text()));

            phone.tell("allow");
            auto* facts = child<QWidget>(window, "deviceFacts");
            QTRY_VERIFY2_WITH_TIMEOUT(labelsOf(*facts).contains(QStringLiteral("GHz")),
                                      qPrintable(problem->text() + stateOf(*list, key)), kPatience);
            const auto told = labelsOf(*facts);
            for (const char* word : {"arm64-v8a", "Android", "°C", "governor", "Big cores"})
                QVERIFY2(told.contains(QString::fromUtf8(word)), qPrintable(told));
            QVERIFY(!problem->isVisible());

            // The picker, by keyboard.
            auto* picker = child<app::DevicePicker>(window, "devicePicker");
            QCOMPARE(picker->count(), 3);  // this computer, the phone, the way to the page
            picker->setFocus();
            QTest::keyClick(picker, Qt::Key_Down);
            QCOMPARE(window.devices().chosen().key, key);
            const auto name = window.devices().chosen().name;
            QVERIFY2(!name.contains(QString::fromStdString(phone.serial())), qPrintable(name));  // its model
            auto* run = child<QPushButton>(window, "profileRun");
            QVERIFY2(run->text().contains(name), qPrintable(run->text()));
            test::idle(window);
        }
        {
            // Remembered, with its name, and phones are looked for as one is used.
            app::MainWindow window(preferences);
            QCOMPARE(window.devices().chosen().key, key);
            QVERIFY(window.devices().isLooking());
            window.devices().setTools(with(server.tools()));
            QTRY_VERIFY_WITH_TIMEOUT(!window.devices().chosen().problem, kPatience);
            server.call({"disconnect", phone.serial()});
            QTRY_VERIFY_WITH_TIMEOUT(window.devices().chosen().problem, kPatience);
            QCOMPARE(app::shortProblem(*window.devices().chosen().problem), QStringLiteral("not there"));
            // Forgotten: the choice falls back to this computer.
            window.devices().forget(key);
            QVERIFY(window.devices().chosen().isThisComputer());
            QCOMPARE(window.devices().entries().size(), 1u);
            window.devices().setLooking(false);
        }
    }

    void aProfileOfADeviceIsKeptWithItsConditions() {
        if (const auto reason = test::agentsMissing("x86_64"); !reason.empty()) QSKIP(reason.c_str());
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        addBench(window);
        window.openPath(kSample);
        QTRY_COMPARE_WITH_TIMEOUT(window.document().workspace()->variants.size(), 1u, kPatience);
        test::idle(window);
        window.showPage(QStringLiteral("profile"));
        test::measureRuns(5);
        click(window, "profileRun");
        const auto id = window.document().current();
        worked(window);
        QCOMPARE(window.document().profiles(id).size(), 1u);
        const auto there = window.document().shownProfile(id);
        QVERIFY2(there->conditions.device.starts_with("Bench: CPU"), there->conditions.device.c_str());
        QVERIFY(!there->nodes.empty() && !there->conditions.modelHash.empty());

        // One here, too; what is shown is chosen, and the heat on the graph follows.
        window.devices().choose(app::DeviceList::thisComputerKey());
        click(window, "profileRun");
        worked(window);
        QCOMPARE(window.document().profiles(id).size(), 2u);
        auto* kept = child<QComboBox>(window, "profileKept");
        QCOMPARE(kept->count(), 2);
        QVERIFY2(kept->itemText(1).startsWith(QStringLiteral("Bench · ")), qPrintable(kept->itemText(1)));
        QCOMPARE(window.document().shownProfile(id), window.document().lastProfile(id));
        kept->setFocus();
        QTest::keyClick(kept, Qt::Key_Down);
        QCOMPARE(window.document().shownProfile(id), there);
        window.showPage(QStringLiteral("graph"));
        child<QComboBox>(window, "colourBy")->setCurrentIndex(2);
        const auto metric = child<canvas::GraphCanvas>(window, "canvas")->metric();
        const auto expected = canvas::timeMetric(*there);
        QVERIFY(metric);
        QCOMPARE(metric->values.size(), expected->values.size());
        for (const auto& [node, value] : expected->values) QCOMPARE(metric->values.at(node), value);
    }

    // Plugged in, chosen in the tool bar, measured there; the heat lies on the graph and the conditions
    // beside it.
    void aPhoneIsProfiled() {
        if (const auto reason = test::agentsMissing("aarch64"); !reason.empty()) QSKIP(reason.c_str());
        const test::AdbServer server;
        if (!server.skipReason().empty()) QSKIP(server.skipReason().c_str());
        test::SimulatedPhone phone;
        if (!phone.skipReason().empty()) QSKIP(phone.skipReason().c_str());
        app::Preferences preferences;
        app::MainWindow window(preferences);
        server.call({"start-server"});
        window.devices().setTools(with(server.tools()));
        test::openIn(window, kSample);
        window.devices().setLooking(true);
        window.showPage(QStringLiteral("profile"));
        auto* picker = child<app::DevicePicker>(window, "devicePicker");
        QCOMPARE(picker->count(), 2);  // this computer, the way to the page
        const auto said = server.call({"connect", phone.serial()});
        QTRY_VERIFY2_WITH_TIMEOUT(picker->count() == 3, said.c_str(), 2000);
        picker->setFocus();
        QTest::keyClick(picker, Qt::Key_Down);
        QVERIFY(window.devices().chosen().isPhone());
        test::measureRuns(5);
        click(window, "profileRun");
        const auto id = window.document().current();
        QTRY_VERIFY_WITH_TIMEOUT(window.document().profiles(id).size() == 1 || !window.jobs().busy(),
                                 kPatience);
        worked(window);

        const auto profile = window.document().shownProfile(id);
        QVERIFY(profile);
        const auto& conditions = profile->conditions;
        QCOMPARE(QString::fromStdString(conditions.deviceAddress), window.devices().chosen().key);
        QVERIFY(app::measuredOn(conditions, window.devices().chosen()));
        QVERIFY2(conditions.device.find("neon") != std::string::npos, conditions.device.c_str());
        QVERIFY(!conditions.modelHash.empty() && conditions.threads > 0);
        QVERIFY(profile->before.battery && !profile->before.zones.empty());
        const auto summary = child<QLabel>(window, "profileSummary")->text();
        for (const char* word : {"Median", "°C", "Emulated", "Few samples"})
            QVERIFY2(summary.contains(QString::fromUtf8(word)), qPrintable(summary));
        QVERIFY2(!summary.contains(QStringLiteral("p90")), qPrintable(summary));  // of five runs

        window.showPage(QStringLiteral("graph"));
        child<QComboBox>(window, "colourBy")->setCurrentIndex(2);
        const auto metric = child<canvas::GraphCanvas>(window, "canvas")->metric();
        QVERIFY(metric && metric->values.size() == canvas::timeMetric(*profile)->values.size());
        QVERIFY(metric->values.size() > 3);
        test::idle(window);
        window.devices().setLooking(false);
    }

    void layersOnADeviceAreComparedWithThisComputer() {
        if (const auto reason = test::agentsMissing("x86_64"); !reason.empty()) QSKIP(reason.c_str());
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        window.showPage(QStringLiteral("compare"));
        // A variant says nothing about itself, unless it runs elsewhere.
        QVERIFY(!child<QPushButton>(window, "compareLayers")->isEnabled());
        addBench(window);
        click(window, "compareLayers");
        const auto id = window.document().current();
        worked(window);
        QVERIFY(window.document().comparison(id, id));
        const auto comparison = window.document().comparison(id, id);
        QCOMPARE(QString::fromStdString(comparison->deviceB), QStringLiteral("Bench"));
        QVERIFY(comparison->tensors.size() > 4);
        for (const auto& tensor : comparison->tensors) QVERIFY2(tensor.sqnr > 80, tensor.name.c_str());
        QVERIFY(child<tables::ValueTable>(window, "layerTable")->model()->rowCount() > 4);
    }

    void aDeviceChecksItself() {
        if (const auto reason = test::agentsMissing("x86_64"); !reason.empty()) QSKIP(reason.c_str());
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        const auto key = addBench(window);
        window.showPage(QStringLiteral("devices"));
        auto* list = child<QListWidget>(window, "deviceList");
        list->setCurrentRow(rowOf(*list, key));
        click(window, "deviceCheck");
        auto* checks = child<tables::ValueTable>(window, "deviceChecks");
        QTRY_VERIFY_WITH_TIMEOUT(checks->model()->rowCount() >= 5, kPatience);
        QVERIFY2(checks->selectionAsTsv().contains(QStringLiteral("right")),
                 qPrintable(checks->selectionAsTsv()));
        QVERIFY(!checks->selectionAsTsv().contains(QStringLiteral("WRONG")));

        // Forgetting asks first.
        child<QAction>(window, "deviceForget")->trigger();
        auto* question = child<QMessageBox>(window, "forgetQuestion");
        QVERIFY(question && window.devices().find(key));
        for (auto* button : question->buttons())
            if (question->buttonRole(button) == QMessageBox::AcceptRole) button->click();
        QTRY_VERIFY(!window.devices().find(key));
        QVERIFY(window.devices().chosen().isThisComputer());
        QCOMPARE(list->count(), 1);
    }

    void aLostPhoneEndsTheJobAndComesBack() {
        if (const auto reason = test::agentsMissing("aarch64"); !reason.empty()) QSKIP(reason.c_str());
        const test::AdbServer server;
        if (!server.skipReason().empty()) QSKIP(server.skipReason().c_str());
        test::SimulatedPhone phone;
        if (!phone.skipReason().empty()) QSKIP(phone.skipReason().c_str());
        server.call({"connect", phone.serial()});
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.devices().setTools(with(server.tools()));
        test::openIn(window, kSample);
        window.devices().setLooking(true);
        const auto key = QStringLiteral("adb:") + QString::fromStdString(phone.serial());
        QTRY_VERIFY_WITH_TIMEOUT(window.devices().find(key), kPatience);
        window.devices().choose(key);
        test::measureRuns(100000);
        window.showPage(QStringLiteral("profile"));
        click(window, "profileRun");
        // In the middle of measuring.
        QTRY_VERIFY_WITH_TIMEOUT(window.jobs().states().back().fraction > 0.26, kPatience);
        phone.tell("drop");
        QTRY_COMPARE_WITH_TIMEOUT(window.jobs().states().back().phase, app::JobState::Phase::failed,
                                  kPatience);
        const auto message = window.jobs().states().back().message;
        QVERIFY2(message.contains(QStringLiteral("link to the phone broke")) &&
                     message.contains(QStringLiteral("cable")),
                 qPrintable(message));
        for (auto* box : window.findChildren<QMessageBox*>()) box->accept();
        QTRY_VERIFY_WITH_TIMEOUT(!window.devices().chosen().problem, kPatience);
        test::measureRuns(5);
        click(window, "profileRun");
        QTRY_COMPARE_WITH_TIMEOUT(window.document().profiles(window.document().current()).size(), 1u,
                                  kPatience);
        test::idle(window);
        window.devices().setLooking(false);
    }

    void aHostKeyIsConfirmedByHand() {
        test::Board board;
        if (!board.skipReason().empty()) QSKIP(board.skipReason().c_str());
        app::Preferences preferences;
        app::MainWindow window(preferences);
        auto tools = with(board.tools());
        window.devices().setTools(tools);
        window.show();
        QSettings().setValue(QStringLiteral("devices/lookForPhones"), false);
        window.showPage(QStringLiteral("devices"));
        test::idle(window);
        const auto key = window.devices().add(test::Board::host("unknown"), {});
        auto* list = child<QListWidget>(window, "deviceList");
        list->setCurrentRow(rowOf(*list, key));
        QVERIFY(!window.jobs().busy());  // a computer by ssh is not contacted unasked
        click(window, "deviceAsk");
        app::HostKeyDialog* dialog = nullptr;
        QTRY_VERIFY2_WITH_TIMEOUT((dialog = child<app::HostKeyDialog>(window, "hostKeyDialog")),
                                  qPrintable(child<QLabel>(window, "deviceProblem")->text()), kPatience);
        QVERIFY(child<QLabel>(*dialog, "hostKeyFingerprint")->text().startsWith(QStringLiteral("SHA256:")));
        QVERIFY(!std::filesystem::exists(tools.knownHosts));
        child<QPushButton>(*dialog, "hostKeyTrust")->click();
        QTRY_VERIFY_WITH_TIMEOUT(window.devices().find(key)->contacted, kPatience);
        QVERIFY(window.devices().find(key)->facts);
        QVERIFY(std::filesystem::exists(tools.knownHosts));
        test::idle(window);
    }

    void aChangedKeyWarnsFirst() {
        const app::HostKeyDialog dialog(QStringLiteral("board"), {"ssh-ed25519", "SHA256:x", "board x"}, true,
                                        nullptr);
        auto* trust = child<QPushButton>(dialog, "hostKeyTrust");
        QVERIFY(!trust->isEnabled());
        child<QCheckBox>(dialog, "hostKeyCompared")->setChecked(true);
        QVERIFY(trust->isEnabled());
    }

    void dialogsCheckWhatIsTyped() {
        app::DeviceDialog dialog({.transport = "ssh"}, {}, false, nullptr);
        auto* hint = child<QLabel>(dialog, "deviceHint");
        QVERIFY(!hint->text().isEmpty());
        child<QLineEdit>(dialog, "deviceHost")->setText(QStringLiteral("me@board"));
        QVERIFY(hint->text().isEmpty());
        child<QPlainTextEdit>(dialog, "deviceEnvironment")->setPlainText(QStringLiteral("A=1\nrubbish"));
        QVERIFY2(hint->text().contains(QStringLiteral("rubbish")), qPrintable(hint->text()));
        child<QPlainTextEdit>(dialog, "deviceEnvironment")->setPlainText(QStringLiteral("A=1\nB=x=y"));
        child<QLineEdit>(dialog, "devicePrefix")->setText(QStringLiteral("qemu -cpu \"max model\""));
        const auto address = dialog.address();
        QCOMPARE(address.address, std::string("me@board"));
        QCOMPARE(address.environment, (base::Environment{{"A", "1"}, {"B", "x=y"}}));
        QCOMPARE(address.runPrefix, (std::vector<std::string>{"qemu", "-cpu", "max model"}));
        QCOMPARE(app::splitWords(app::joinedWords(address.runPrefix)), address.runPrefix);

        app::DeviceList devices;
        app::Jobs jobs;
        app::PhoneDialog phone(devices, jobs, nullptr);
        auto* connect = child<QPushButton>(phone, "phoneConnect");
        QVERIFY(!connect->isEnabled());
        child<QLineEdit>(phone, "phoneAddress")->setText(QStringLiteral("192.168.1.20"));
        QVERIFY(!connect->isEnabled());
        child<QLineEdit>(phone, "phoneAddress")->setText(QStringLiteral("192.168.1.20:40001"));
        QVERIFY(connect->isEnabled());
    }

    void devicesAreRemembered() {
        const remote::DeviceAddress address{.transport = "ssh",
                                            .address = "me@board",
                                            .folder = "/data",
                                            .runPrefix = {"qemu", "a b"},
                                            .environment = {{"A", "1"}},
                                            .architecture = "aarch64"};
        {
            app::DeviceList devices;
            QCOMPARE(devices.add(address, QStringLiteral("Board")), QStringLiteral("ssh:me@board"));
            QCOMPARE(devices.add(address, {}), QString());  // once is enough
            QCOMPARE(devices.add({.transport = "local"}, {}), QStringLiteral("local:1"));
            QCOMPARE(devices.add({.transport = "local"}, {}), QStringLiteral("local:2"));
            devices.choose(QStringLiteral("ssh:me@board"));
        }
        app::DeviceList devices;
        QCOMPARE(devices.entries().size(), 4u);
        QCOMPARE(devices.chosen().name, QStringLiteral("Board"));
        QCOMPARE(devices.chosen().address.runPrefix, address.runPrefix);
        QCOMPARE(devices.chosen().address.environment, address.environment);
        QCOMPARE(devices.chosen().address.architecture, address.architecture);
        QVERIFY(devices.entries()[2].name != devices.entries()[3].name);
        devices.edit(QStringLiteral("ssh:me@board"), address, QStringLiteral("Other"));
        QCOMPARE(devices.chosen().name, QStringLiteral("Other"));
        QCOMPARE(devices.chosenForRuns().remoteName, std::string("Other"));
        QVERIFY(!devices.isLooking());
    }
};

QTEST_MAIN(DevicesTest)
#include "devices_test.moc"
