// Jobs: what becomes of one that waits, throws, is replaced, or whose workspace goes.
#include <QTest>
#include <atomic>
#include <new>
#include <thread>

#include "app/jobs/jobs.h"

using namespace lathe;

namespace {

constexpr int kPatience = 60000;  // ms, for the slowest machine and the sanitizers

// Runs until it is cancelled, and ends well all the same.
base::Result<int> untilCancelled(const base::Progress& progress) {
    while (!progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return 1;
}

}  // namespace

class JobsTest : public QObject {
    Q_OBJECT

  private slots:
    void whatThrowsFailsInWords() {
        app::Jobs jobs;
        std::optional<base::Result<int>> result;
        jobs.start<int>(
            QStringLiteral("Optimize"),
            [](const base::Progress&) -> base::Result<int> { throw std::bad_alloc(); }, this,
            [&](base::Result<int> r) { result = std::move(r); });
        QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), kPatience);
        QVERIFY(!result->ok());
        QVERIFY(result->error().message.starts_with("Optimize: not enough memory"));
    }

    void waitsUntilAThreadIsFree() {
        app::Jobs jobs;
        using Phase = app::JobState::Phase;
        for (int i = 0; i < 5; ++i)
            jobs.start<int>(QStringLiteral("long"), untilCancelled, this, [](base::Result<int>) {});
        QTRY_COMPARE_WITH_TIMEOUT(jobs.states()[3].phase, Phase::running, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(jobs.states()[3].seconds > 0.1, kPatience);
        QCOMPARE(jobs.states()[4].phase, Phase::waiting);
        jobs.cancel(jobs.states()[0].id);
        QTRY_COMPARE_WITH_TIMEOUT(jobs.states()[4].phase, Phase::running, kPatience);
        jobs.cancel(jobs.states()[4].id);
        QTRY_COMPARE_WITH_TIMEOUT(jobs.states()[4].phase, Phase::done, kPatience);
        QVERIFY(jobs.states()[4].seconds < jobs.states()[3].seconds);  // without its time in the queue
    }

    void resultsOfAnotherWorkspaceDoNotArrive() {
        app::Jobs jobs;
        std::atomic<bool> done{false};
        int told = 0;
        std::optional<base::Result<int>> bound, free;
        jobs.start<int>(
            QStringLiteral("bound"),
            [&, receiver = QPointer<QObject>(this)](const base::Progress& progress) -> base::Result<int> {
                jobs.tell(progress, receiver, [&] { ++told; });
                done = true;
                return 1;
            },
            this, [&](base::Result<int> r) { bound = std::move(r); });
        const auto id = jobs.start<int>(
            QStringLiteral("free"), [](const base::Progress&) -> base::Result<int> { return 2; }, this,
            [&](base::Result<int> r) { free = std::move(r); });
        jobs.outlivesWorkspace(id);
        while (!done) std::this_thread::yield();
        jobs.endWorkspace();
        QTRY_VERIFY_WITH_TIMEOUT(bound && free, kPatience);
        QVERIFY(!bound->ok() && bound->error().kind == base::Error::Kind::cancelled);
        QCOMPARE(told, 0);
        QVERIFY(free->ok());
    }

    void onlyTheNewestOfATagArrives() {
        app::Jobs jobs;
        QStringList arrived;
        for (const auto* name : {"a", "b", "c", "d"})
            jobs.start<int>(
                QLatin1String(name), [](const base::Progress&) -> base::Result<int> { return 1; }, this,
                [&, name](base::Result<int>) { arrived << QLatin1String(name); }, QStringLiteral("tag"));
        QTRY_VERIFY_WITH_TIMEOUT(arrived.contains(QStringLiteral("d")), kPatience);
        QTest::qWait(100);
        QCOMPARE(arrived, QStringList{QStringLiteral("d")});
        jobs.start<int>(
            QStringLiteral("e"), [](const base::Progress&) -> base::Result<int> { return 1; }, this,
            [&](base::Result<int>) { arrived << QStringLiteral("e"); }, QStringLiteral("tag"));
        jobs.drop(QStringLiteral("tag"));
        QTest::qWait(100);
        QCOMPARE(arrived.size(), 1);
    }
};

QTEST_GUILESS_MAIN(JobsTest)
#include "jobs_test.moc"
