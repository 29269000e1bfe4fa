// Compare: what optimizing changed, as a list, and from there to the nodes.
#include <QApplication>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include "app/gui/main_window.h"
#include "engine/ir/editor.h"
#include "tests/app/window_steps.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/tables/value_table.h"

using namespace lathe;
using test::kPatience;

namespace {

const QString kSample = QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits_residual.onnx");

}  // namespace

class ChangesTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-changes-test"));
        QSettings().clear();
    }

    void listsWhatOptimizingChanged() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        auto& document = window.document();
        auto* changes = window.findChild<tables::ValueTable*>(QStringLiteral("changesTable"));
        QVERIFY(changes);
        QCOMPARE(changes->model()->rowCount(), 0);  // one variant: nothing differs from itself

        // The most useful preset is chosen from the start.
        window.findChild<QPushButton*>(QStringLiteral("transformRun"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(document.workspace()->variants.size(), 2u, kPatience);
        QCOMPARE(QString::fromStdString(document.currentVariant()->step.name), QStringLiteral("extended"));
        QTRY_VERIFY_WITH_TIMEOUT(changes->model()->rowCount() > 0, kPatience);
        const auto optimized = document.current();
        document.setCurrent(document.workspace()->variants.front()->id);
        const auto tsv = changes->selectionAsTsv();
        QVERIFY2(tsv.contains(QStringLiteral("BatchNormalization")), qPrintable(tsv));

        // A changed row leads to its nodes in the variant that has them.
        changes->setFocus();
        QTest::keyClick(changes, Qt::Key_Down);
        QTest::keyClick(changes, Qt::Key_Up);
        QVERIFY(!document.selection().empty());
        QCOMPARE(document.current(), optimized);
        QVERIFY(document.currentVariant()->graph->contains(document.selection().front()));
    }

    void removingAVariantWhileItIsLookedAt() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        auto& document = window.document();
        auto* canvas = window.findChild<canvas::GraphCanvas*>(QStringLiteral("canvas"));
        QTRY_VERIFY_WITH_TIMEOUT(canvas->scene(), kPatience);
        const auto first = document.currentVariant();
        auto second = *first;
        second.parent = first->id;
        second.graph = ir::Editor(first->graph).finish();
        document.addVariant(second);        // its layout and the differences are being computed
        document.removeVariant(first->id);  // and nothing is left
        QVERIFY(document.isEmpty());
        QTest::qWait(500);
        QVERIFY(!canvas->scene());
    }
};

QTEST_MAIN(ChangesTest)
#include "changes_test.moc"
