// Jobs: what becomes of one that throws.
#include <QTest>
#include <new>

#include "app/jobs/jobs.h"

using namespace lathe;

namespace {

constexpr int kPatience = 60000;  // ms, for the slowest machine and the sanitizers

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
};

QTEST_GUILESS_MAIN(JobsTest)
#include "jobs_test.moc"
