// The whole path by mouse and keyboard: open the sample, find a node, optimise, quantize, compare, profile,
// export, undo twice, save, reopen; everything is there.
#include <QAbstractItemModelTester>
#include <QAction>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QWheelEvent>

#include "app/document/open_model.h"
#include "app/gui/main_window.h"
#include "app/gui/recent_files.h"
#include "app/gui/variant_model.h"
#include "engine/ir/editor.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/charts/pareto_chart.h"
#include "widgets/tables/value_table.h"

using namespace lathe;

namespace {

constexpr int kPatience = 60000;  // ms, for the slowest machine and the sanitizers
const QString kSample = QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits.onnx");
const QString kData = QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits.npz");

}  // namespace

class PathTest : public QObject {
    Q_OBJECT

  private:
    void idle(app::MainWindow& window) { QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy(), kPatience); }
    void click(QWidget& parent, const char* name) {
        auto* button = parent.findChild<QPushButton*>(QLatin1String(name));
        QVERIFY2(button, name);
        QTRY_VERIFY2(button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    // Chooses a line of the Transform page by its key.
    void choose(app::MainWindow& window, const QString& name) {
        auto* list = window.findChild<QListWidget*>(QStringLiteral("transformList"));
        QVERIFY(list);
        for (int row = 0; row < list->count(); ++row)
            if (list->item(row)->data(Qt::UserRole + 1).toString() == name) {
                list->setCurrentRow(row);
                return;
            }
        QFAIL(qPrintable(name));
    }

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-path-test"));
        QSettings().clear();
    }

    void wholePath() {
        QTemporaryDir folder;
        app::Preferences preferences;
        auto window = std::make_unique<app::MainWindow>(preferences);
        window->resize(1440, 900);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));

        // Open.
        window->openPath(kSample);
        QTRY_COMPARE_WITH_TIMEOUT(window->document().workspace()->variants.size(), 1u, kPatience);
        idle(*window);

        // Search a node by keyboard.
        QTest::keyClick(window.get(), Qt::Key_F, Qt::ControlModifier);
        auto* search = window->findChild<QLineEdit*>(QStringLiteral("searchField"));
        QVERIFY(search);
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("op:MaxPool"));
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(window->document().selection().size(), 1u, kPatience);
        const auto graph = window->document().currentVariant()->graph;
        QCOMPARE(QString::fromStdString(std::string(graph->node(window->document().selection()[0]).op())),
                 QStringLiteral("MaxPool"));

        // Optimise.
        window->showPage(QStringLiteral("transform"));
        choose(*window, QStringLiteral("extended"));
        QTest::keyClick(window.get(), Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(window->document().workspace()->variants.size(), 2u, kPatience);
        idle(*window);
        QVERIFY(window->document().currentVariant()->graph->nodeCount() < graph->nodeCount());

        // Quantize with calibration data.
        project::DatasetEntry train{"digits",
                                    std::filesystem::path(kData.toStdString()),
                                    {},
                                    {},
                                    "scale(by=0.0625) | layout(to=CHW)",
                                    "train",
                                    {},
                                    0,
                                    -1};
        auto test = train;
        test.name = "digits test";
        test.split = "test";
        window->document().addDataset(train);
        choose(*window, QStringLiteral("quantize_int8"));
        click(*window, "transformRun");
        QTRY_COMPARE_WITH_TIMEOUT(window->document().workspace()->variants.size(), 3u, kPatience);
        idle(*window);

        // Three points on the Pareto board.
        window->showPage(QStringLiteral("compare"));
        click(*window, "compareMeasure");
        auto* pareto = window->findChild<charts::ParetoChart*>(QStringLiteral("pareto"));
        QVERIFY(pareto);
        QTRY_COMPARE_WITH_TIMEOUT(pareto->points().size(), 3u, kPatience);
        idle(*window);
        for (const auto& point : pareto->points())
            QVERIFY2(point.y > 95, qPrintable(QString::number(point.y)));

        // Profile.
        window->showPage(QStringLiteral("profile"));
        const auto profiles =
            window->document().workspace()->profiles.at(window->document().current()).size();
        click(*window, "profileRun");
        QTRY_COMPARE_WITH_TIMEOUT(
            window->document().workspace()->profiles.at(window->document().current()).size(), profiles + 1,
            kPatience);
        idle(*window);
        auto* table = window->findChild<tables::ValueTable*>(QStringLiteral("profileTable"));
        QVERIFY(table && table->model()->rowCount() > 0);

        // Export with read-back.
        window->showPage(QStringLiteral("export"));
        auto* path = window->findChild<QLineEdit*>(QStringLiteral("exportPath"));
        path->setText(folder.filePath(QStringLiteral("int8.onnx")));
        click(*window, "exportRun");
        idle(*window);
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("int8.onnx"))));
        auto* result = window->findChild<QLabel*>(QStringLiteral("exportResult"));
        QVERIFY2(result->text().contains(QStringLiteral("Read back")), qPrintable(result->text()));

        // Undo twice: the quantized variant and the dataset go, then come back.
        auto* undo = window->findChild<QAction*>(QStringLiteral("actionUndo"));
        undo->trigger();
        undo->trigger();
        QCOMPARE(window->document().workspace()->variants.size(), 2u);
        QVERIFY(window->document().workspace()->datasets.empty());
        auto* redo = window->findChild<QAction*>(QStringLiteral("actionRedo"));
        redo->trigger();
        redo->trigger();
        QCOMPARE(window->document().workspace()->variants.size(), 3u);

        // Save, reopen in a new window.
        const auto saved = folder.filePath(QStringLiteral("bench.lathe-workspace"));
        bool ok = false, done = false;
        app::saveWorkspace(window->document(), window->jobs(), saved,
                           [&](bool worked) { ok = worked, done = true; });
        QTRY_VERIFY_WITH_TIMEOUT(done, kPatience);
        QVERIFY(ok);
        QVERIFY(!window->document().isModified());
        window.reset();

        app::MainWindow again(preferences);
        again.show();
        again.openPath(saved);
        QTRY_COMPARE_WITH_TIMEOUT(again.document().workspace()->variants.size(), 3u, kPatience);
        const auto& workspace = *again.document().workspace();
        QCOMPARE(workspace.datasets.size(), 1u);
        QCOMPARE(workspace.profiles.size(), 3u);
        QCOMPARE(workspace.evaluations.size(), 3u);
        QCOMPARE(workspace.variants[2]->parent, workspace.variants[1]->id);
        QCOMPARE(QString::fromStdString(workspace.variants[2]->step.name), QStringLiteral("quantize_int8"));
        idle(again);
    }

    void startPageOpensOnce() {
        app::clearRecentFiles();
        app::addRecentFile(kSample);
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        auto* recent = window.findChild<QListWidget*>(QStringLiteral("startRecent"));
        QVERIFY(recent && recent->count() == 1);
        const QSignalSpy asked(window.findChild<app::StartPage*>(), &app::StartPage::pathRequested);
        QObject::disconnect(window.findChild<app::StartPage*>(), nullptr, &window, nullptr);
        const auto at = recent->visualItemRect(recent->item(0)).center();
        QTest::mouseClick(recent->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(recent->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(asked.count(), 1);
        QTest::keyClick(recent, Qt::Key_Return);
        QCOMPARE(asked.count(), 2);
    }

    void wheelSettingCountsAtOnce() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        window.openPath(kSample);
        auto* canvas = window.findChild<canvas::GraphCanvas*>(QStringLiteral("canvas"));
        QTRY_VERIFY_WITH_TIMEOUT(canvas->scene(), kPatience);
        const auto turn = [&] {
            const double before = canvas->zoom();
            const QPointF middle(canvas->width() / 2.0, canvas->height() / 2.0);
            QWheelEvent event(middle, canvas->mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, {},
                              Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(canvas, &event);
            return canvas->zoom() / before;
        };
        preferences.setWheel(app::WheelChoice::zoom);
        QVERIFY(turn() > 1);
        preferences.setWheel(app::WheelChoice::pan);
        QCOMPARE(turn(), 1.0);
    }

    void notesAreWrittenAndUndone() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        window.openPath(kSample);
        auto& document = window.document();
        QTRY_COMPARE_WITH_TIMEOUT(document.workspace()->variants.size(), 1u, kPatience);
        idle(window);
        const auto write = [&](const QString& text) {
            window.findChild<QAction*>(QStringLiteral("actionNotes"))->trigger();
            auto* dialog = window.findChild<QInputDialog*>(QStringLiteral("notesDialog"));
            QVERIFY(dialog);
            dialog->setTextValue(text);
            dialog->accept();
            QCoreApplication::sendPostedEvents(dialog, QEvent::DeferredDelete);
        };
        write(QStringLiteral("too slow\non the board"));
        QVERIFY(document.currentVariant()->notes == "too slow\non the board");
        QVERIFY(document.isModified());
        document.undoStack().undo();
        QVERIFY(document.currentVariant()->notes.empty());
        QVERIFY(!document.isModified());
    }

    void variantTreeIsAModel() {
        app::VariantModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        auto workspace = std::make_shared<project::Workspace>();
        for (const auto& [id, parent] : {std::pair<int, int>{1, 0}, {2, 1}, {3, 1}, {4, 2}, {5, 0}}) {
            project::Variant variant;
            variant.id = id;
            variant.parent = parent;
            variant.name = "v" + std::to_string(id);
            variant.graph = ir::Editor().finish();
            workspace->variants.push_back(std::make_shared<const project::Variant>(std::move(variant)));
        }
        model.setWorkspace(workspace, 4);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowCount(model.indexOf(1)), 2);
        QCOMPARE(model.idOf(model.parent(model.indexOf(4))), 2);
        model.setWorkspace(std::make_shared<project::Workspace>(), 0);
        QCOMPARE(model.rowCount(), 0);
    }

    void cancelledJobIsDeliveredAndLeavesNothing() {
        app::Jobs jobs;
        QObject receiver;
        bool cancelled = false;
        const auto id = jobs.start<int>(
            QStringLiteral("long"),
            [](const base::Progress& progress) -> base::Result<int> {
                while (!progress.cancelled()) QThread::msleep(1);
                return base::Error::cancelled();
            },
            &receiver,
            [&](base::Result<int> r) { cancelled = !r && r.error().kind == base::Error::Kind::cancelled; });
        QVERIFY(jobs.busy());
        QElapsedTimer clock;
        clock.start();
        jobs.cancel(id);
        QTRY_VERIFY(cancelled);
        QVERIFY2(clock.elapsed() < 200, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(!jobs.busy());
    }
};

QTEST_MAIN(PathTest)
#include "path_test.moc"
