// The Profile page: how to measure is chosen and remembered, conditions are drawn over time, the best
// configuration is found and used; the Compare page says when times were not measured alike.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>

#include "app/gui/main_window.h"
#include "app/pages/measure_dialog.h"
#include "app/pages/measure_variants.h"
#include "engine/profile/flags.h"
#include "tests/app/window_steps.h"
#include "widgets/charts/line_chart.h"
#include "widgets/tables/value_table.h"

using namespace lathe;

namespace {

using test::kPatience;
const QString kSample = QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits.onnx");

}  // namespace

class ProfileTest : public QObject {
    Q_OBJECT

  private:
    template <typename T>
    static T* child(const QObject& parent, const char* name) {
        return parent.findChild<T*>(QLatin1String(name));
    }
    void click(QWidget& parent, const char* name) {
        auto* button = child<QPushButton>(parent, name);
        QVERIFY2(button, name);
        QTRY_VERIFY2_WITH_TIMEOUT(button->isEnabled(), name, kPatience);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void profileOnce(app::MainWindow& window) {
        const auto id = window.document().current();
        const auto before = window.document().profiles(id).size();
        click(window, "profileRun");
        test::idle(window);
        QVERIFY2(window.document().profiles(id).size() == before + 1,
                 qPrintable(window.jobs().states().back().message));
    }

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-profile-test"));
    }
    void init() {
        QSettings().clear();
        QSettings().setValue(QStringLiteral("devices/lookForPhones"), false);
    }

    // Ids begin anew in each workspace: 1 of the next one is another variant.
    void aMeasurementStaysInItsWorkspace() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        test::measureRuns(5);
        auto& document = window.document();
        const auto next = document.workspace();
        for (const auto& [page, button] : {std::pair{"profile", "profileRun"},
                                           {"compare", "compareMeasure"},
                                           {"transform", "transformRun"}}) {
            window.showPage(QLatin1String(page));
            click(window, button);
            document.reset(next, {});
            test::idle(window);
            QVERIFY2(document.workspace()->profiles.empty(), button);
            QVERIFY2(document.workspace()->variants.size() == 1, button);
            QVERIFY2(child<QPushButton>(window, button)->isEnabled(), button);
        }
    }

    void howToMeasureIsChosenAndRemembered() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        window.showPage(QStringLiteral("profile"));
        auto* how = child<QPushButton>(window, "profileHow");
        QVERIFY2(how->text().contains(QStringLiteral("100")), qPrintable(how->text()));
        click(window, "profileHow");
        auto* dialog = child<QDialog>(window, "measureDialog");
        QVERIFY(dialog);
        auto* mode = child<QComboBox>(*dialog, "param.mode");
        mode->setFocus();
        QTest::keyClick(mode, Qt::Key_End);
        QCOMPARE(mode->currentData().toString(), QStringLiteral("sustained"));
        auto* seconds = child<QLineEdit>(*dialog, "param.seconds");
        // What cannot be is said, and nothing is lost.
        seconds->setText(QStringLiteral("soon"));
        QTest::keyClick(dialog, Qt::Key_Return);
        auto* problem = child<QLabel>(*dialog, "measureProblem");
        QVERIFY2(problem->isVisible() && problem->text().contains(QStringLiteral("soon")),
                 qPrintable(problem->text()));
        QVERIFY2(problem->text().contains(QStringLiteral("Time limit")), qPrintable(problem->text()));
        seconds->setText(QStringLiteral("0.5"));
        child<QSpinBox>(*dialog, "param.threads")->setValue(1);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(!child<QDialog>(window, "measureDialog"));
        QVERIFY2(how->text().contains(QStringLiteral("Sustained")), qPrintable(how->text()));

        profileOnce(window);
        const auto profile = window.document().shownProfile(window.document().current());
        QCOMPARE(profile->conditions.mode, profile::Mode::sustained);
        QCOMPARE(profile->conditions.threads, 1);
        QVERIFY(profile->starts.back() < 5);
        // Every run is a dot of the chart of run times.
        auto* chart = child<charts::LineChart>(window, "conditionsChart");
        QCOMPARE(chart->series().size(), 1u);
        QCOMPARE(chart->series()[0].y.size(), profile->seconds.size());
        // What must be said is named above and explained beside the chart.
        const auto explained = child<QLabel>(window, "conditionsFlags")->text();
        for (const auto flag : profile->flags) {
            const auto sentence = QString::fromUtf8(profile::explain(flag).data()).toHtmlEscaped();
            QVERIFY2(explained.contains(sentence), qPrintable(explained));
        }
        // Another window starts with the same choice.
        app::MainWindow other(preferences);
        QCOMPARE(child<QPushButton>(other, "profileHow")->text(), how->text());
    }

    void theBestConfigurationIsFoundAndUsed() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        window.showPage(QStringLiteral("profile"));
        QVERIFY(!child<QPushButton>(window, "configurationsUse")->isEnabled());
        click(window, "configurationsSearch");
        test::idle(window);
        auto* table = child<tables::ValueTable>(window, "configurationsTable");
        QVERIFY2(table->model()->rowCount() >= 1, qPrintable(window.jobs().states().back().message));
        QVERIFY2(table->selectionAsTsv().contains(QStringLiteral("latency")),
                 qPrintable(table->selectionAsTsv()));
        // The first one is one thread of one copy.
        table->selectRow(0);
        click(window, "configurationsUse");
        QCOMPARE(app::measureSettings().integer("threads"), 1);
        profileOnce(window);
        QCOMPARE(window.document().shownProfile(window.document().current())->conditions.threads, 1);
    }

    void timesOfNodesStayWhenAllAreMeasured() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        window.showPage(QStringLiteral("profile"));
        auto* run = child<QPushButton>(window, "profileRun");
        auto* table = child<tables::ValueTable>(window, "profileTable");
        auto& document = window.document();
        const auto id = document.current();
        document.setSelection({*document.currentVariant()->graph->order().begin()});
        profileOnce(window);
        QCOMPARE(window.focusWidget(), run);  // not the next field
        QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
        const auto before = document.shownProfile(id);
        window.showPage(QStringLiteral("compare"));
        click(window, "compareMeasure");
        test::idle(window);
        QVERIFY(document.shownProfile(id)->nodes.empty());
        QCOMPARE(document.nodeProfile(id), before);
        QVERIFY(table->model()->rowCount() > 0);
        auto* summary = child<QLabel>(window, "profileSummary");
        QVERIFY2(summary->text().contains(QStringLiteral("without times per node")),
                 qPrintable(summary->text()));
    }

    void timesMeasuredUnlikeAreMarked() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        test::openIn(window, kSample);
        const auto variants = window.document().workspace()->variants;
        auto params = app::measureSettings();
        params.set("runs", int64_t{5});
        for (const int64_t threads : {1, 2}) {
            params.set("threads", threads);
            app::setMeasureSettings(params);
            window.document().setCurrent(variants[static_cast<size_t>(threads - 1)]->id);
            window.showPage(QStringLiteral("profile"));
            profileOnce(window);
            auto* unlike = child<QLabel>(window, "compareUnlike");
            QVERIFY2(unlike->isHidden() == (threads == 1), qPrintable(unlike->text()));
        }
        const auto text = child<QLabel>(window, "compareUnlike")->text();
        QVERIFY2(text.contains(QStringLiteral("Threads: 1 / 2")), qPrintable(text));
    }
};

QTEST_MAIN(ProfileTest)
#include "profile_test.moc"
