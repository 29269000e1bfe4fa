// The Fleet page measures every variant on every chosen device, keeps what was measured, and says what was
// lost.
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "app/gui/main_window.h"
#include "engine/base/parallel.h"
#include "tests/app/window_steps.h"
#include "tests/support/devices/agents.h"
#include "widgets/tables/value_table.h"

using namespace lathe;

namespace {

constexpr int kPatience = 60000;  // ms, for the slowest machine and the sanitizers

}  // namespace

class FleetTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-fleet-test"));
        QSettings().clear();
        QSettings().setValue(QStringLiteral("devices/lookForPhones"), false);
        test::measureRuns(5);
    }

    void measuresWhatIsMissing() {
        if (const auto reason = test::agentsMissing("x86_64"); !reason.empty()) QSKIP(reason.c_str());
        QTemporaryDir folder;
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.openPath(QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits.onnx"));
        QTRY_COMPARE_WITH_TIMEOUT(window.document().workspace()->variants.size(), 1u, kPatience);
        remote::Tools tools;
        tools.agents = test::agentFolder();
        window.devices().setTools(tools);
        const auto add = [&](const char* name, const std::string& architecture) {
            remote::DeviceAddress address;
            address.transport = "local";
            address.folder = folder.filePath(QLatin1String(name)).toStdString();
            address.architecture = architecture;
            return window.devices().add(address, QLatin1String(name));
        };
        const auto bench = add("Bench", ""), alien = add("Alien", "mips");
        QSettings().setValue(QStringLiteral("fleet/devices"),
                             QStringList{QStringLiteral("this"), bench, alien});

        window.showPage(QStringLiteral("fleet"));
        auto* missing = window.findChild<QPushButton*>(QStringLiteral("fleetMissing"));
        auto* table = window.findChild<tables::ValueTable*>(QStringLiteral("fleetTable"));
        QVERIFY(missing && table);
        const auto id = window.document().current();
        const auto measure = [&](const char* button) {
            QTRY_VERIFY_WITH_TIMEOUT(window.findChild<QPushButton*>(QLatin1String(button))->isEnabled(),
                                     kPatience);
            QTest::mouseClick(window.findChild<QPushButton*>(QLatin1String(button)), Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy() && missing->isEnabled(), kPatience);
        };
        measure("fleetMissing");
        QTRY_COMPARE_WITH_TIMEOUT(window.document().profiles(id).size(), 2u, kPatience);
        auto& model = table->valueModel();
        QCOMPARE(model.columnCount(), 4);
        QTRY_VERIFY(model.data(model.index(0, 1), tables::ValueModel::SortRole).toDouble() > 0);
        QVERIFY(model.data(model.index(0, 2), tables::ValueModel::SortRole).toDouble() > 0);
        bool said = false;
        for (const auto* label : window.findChildren<QLabel*>())
            said = said || label->text().contains(QStringLiteral("no agent for the processor \"mips\""));
        QVERIFY(said);
        // What is there is not measured again, unless that is asked for.
        measure("fleetMissing");
        QCOMPARE(window.document().profiles(id).size(), 2u);
        // The number of threads in the settings is that of this computer only.
        const int threads = base::coreCount() + 1;
        QSettings().setValue(QStringLiteral("threads"), threads);
        measure("fleetMissing");
        QTRY_COMPARE_WITH_TIMEOUT(window.document().profiles(id).size(), 3u, kPatience);
        QCOMPARE(window.document().profiles(id).back()->conditions.threads, threads);
        measure("fleetAll");
        QTRY_COMPARE_WITH_TIMEOUT(window.document().profiles(id).size(), 5u, kPatience);
    }
};

QTEST_MAIN(FleetTest)
#include "fleet_test.moc"
