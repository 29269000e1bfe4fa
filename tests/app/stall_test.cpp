// The window never freezes: between two turns of the event loop the window's thread works 100 ms at most
// while models open, are optimized and looked at. The thread's own time counts, not the wall's: other
// programs on the machine do not fail the test.
#include <time.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include "app/gui/main_window.h"

using namespace lathe;

namespace {

constexpr int kPatience = 60000;  // ms
constexpr double kLongest = 100;  // ms

// Ticks on the thread it lives on and keeps the longest work between two ticks.
class Watchdog : public QObject {
  public:
    Watchdog() {
        connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.start(1);
        restart();
    }
    void restart() {
        m_last = now();
        m_wall.restart();
        m_longest = m_longestWall = 0;
    }
    double longest() {
        tick();
        return m_longest;
    }
    double longestWall() const { return m_longestWall; }

  private:
    static double now() {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    void tick() {
        const double time = now();
        m_longest = std::max(m_longest, time - m_last);
        m_longestWall = std::max(m_longestWall, static_cast<double>(m_wall.nsecsElapsed()) / 1e6);
        m_last = time;
        m_wall.restart();
    }

    QTimer m_timer;
    QElapsedTimer m_wall;
    double m_last = 0, m_longest = 0, m_longestWall = 0;
};

}  // namespace

class StallTest : public QObject {
    Q_OBJECT

  private:
    void check(Watchdog& watchdog, const char* what) {
        const double longest = watchdog.longest();
        qInfo("%s: longest turn %.1f ms of work, %.1f ms of wall time", what, longest,
              watchdog.longestWall());
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY2(longest < kLongest, what);
#endif
        watchdog.restart();
    }

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-stall-test"));
        QSettings().clear();
    }

    void noTurnIsLong_data() {
        QTest::addColumn<QString>("path");
        const QString shared = QStringLiteral(LATHE_SOURCE_DIR "/../shared/models/");
        QTest::newRow("sample") << QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits_residual.onnx");
        for (const char* name : {"cifar10_resnet56.onnx", "silero_vad_16k_op15.onnx", "ppocrv4_det.onnx"})
            QTest::newRow(name) << shared + QString::fromLatin1(name);
    }

    void noTurnIsLong() {
        QFETCH(QString, path);
        if (!QFile::exists(path)) QSKIP("The shared models are not beside the checkout.");
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTest::qWait(50);
        auto& document = window.document();
        Watchdog watchdog;
        const auto settle = [&] {
            QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy(), kPatience);
            QTest::qWait(100);
        };
        window.openPath(path);
        QTRY_VERIFY_WITH_TIMEOUT(document.currentVariant(), kPatience);
        settle();
        check(watchdog, "open");
        for (const auto* page : window.pages()) {
            window.showPage(page->name());
            QTest::qWait(20);
        }
        check(watchdog, "pages");
        window.showPage(QStringLiteral("transform"));
        auto* list = window.findChild<QListWidget*>(QStringLiteral("transformList"));
        for (int row = 0; row < list->count(); ++row)
            if (list->item(row)->data(Qt::UserRole + 1).toString() == QStringLiteral("extended"))
                list->setCurrentRow(row);
        window.findChild<QPushButton*>(QStringLiteral("transformRun"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(document.workspace()->variants.size() == 2, kPatience);
        settle();
        check(watchdog, "optimize");
        window.showPage(QStringLiteral("graph"));
        const auto& order = document.currentVariant()->graph->order();
        for (size_t i = 0; i < order.size(); i += std::max<size_t>(1, order.size() / 8)) {
            document.setSelection({order[i]});
            QTest::qWait(10);
        }
        check(watchdog, "select");
    }
};

QTEST_MAIN(StallTest)
#include "stall_test.moc"
