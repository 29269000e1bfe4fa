// The window itself: where the wheel and the Tab key go, what it remembers of its layout, its menus and its
// status bar.
#include <QAbstractButton>
#include <QComboBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>
#include <QThread>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "app/gui/command_palette.h"
#include "app/gui/recent_files.h"
#include "app/pages/free_dimensions.h"
#include "engine/ir/text.h"
#include "tests/app/window_steps.h"
#include "widgets/forms/param_form.h"

using namespace lathe;

namespace {

using test::kPatience;
const QString kSample = QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits.onnx");

void turnWheel(QWidget& over) {
    const QPointF at = over.rect().center();
    QWheelEvent turn(at, over.mapToGlobal(at), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier,
                     Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&turn);  // others do not go on to the parent
    qApp->notify(&over, &turn);
}

}  // namespace

class WindowTest : public QObject {
    Q_OBJECT

  private:
    template <typename T>
    static T* child(const QObject& parent, const char* name) {
        return parent.findChild<T*>(QLatin1String(name));
    }
    // The named widgets that Tab reaches from the tabs of the pages until it leaves the page.
    static QStringList tabOrder(app::MainWindow& window, const QString& page) {
        window.showPage(page);
        (void)QTest::qWaitFor([&] { return !window.jobs().busy(); }, kPatience);  // buttons are back
        auto* shown = window.page(page);
        auto* tabs = window.findChild<QTabBar*>();
        for (auto* widget : window.findChildren<QTabBar*>())
            if (widget->parentWidget() == shown->parentWidget()->parentWidget()) tabs = widget;
        tabs->setFocus();
        QStringList order;
        for (int i = 0; i < 100; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            const auto* focused = QApplication::focusWidget();
            if (!focused || !shown->isAncestorOf(focused)) {
                if (!order.isEmpty()) break;
                continue;
            }
            order << focused->objectName();
        }
        return order;
    }

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-window-test"));
    }
    void init() { QSettings().clear(); }

    void wheelScrollsOverFieldsWithoutTheKeyboard() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        QScrollArea area;
        auto* content = new QWidget;
        auto* layout = new QVBoxLayout(content);
        auto* spin = new QSpinBox(content);
        auto* combo = new QComboBox(content);
        spin->setValue(50);
        combo->addItems({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        layout->addWidget(spin);
        layout->addWidget(combo);
        content->setMinimumHeight(2000);
        area.setWidget(content);
        area.resize(300, 200);
        area.show();
        QVERIFY(QTest::qWaitForWindowActive(&area));
        area.setFocus();
        turnWheel(*combo);
        const int scrolled = area.verticalScrollBar()->value();
        QVERIFY(scrolled > 0);
        turnWheel(*spin);
        QVERIFY(area.verticalScrollBar()->value() > scrolled);
        QCOMPARE(spin->value(), 50);
        QCOMPARE(combo->currentIndex(), 0);
        QCOMPARE(spin->focusPolicy(), Qt::StrongFocus);
        spin->setFocus();
        turnWheel(*spin);
        QCOMPARE(spin->value(), 49);
    }

    void tabReachesTheControlsOfEachPage() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.resize(1440, 900);
        test::openIn(window, kSample);
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const std::vector<std::pair<const char*, QStringList>> pages = {
            {"graph", {"colourBy", "canvas"}},
            {"transform", {"transformList", "transformRun", "transformPreview", "transformReport"}},
            {"compare", {"datasetCombo", "datasetAdd", "compareMeasure", "variantTable"}},
            {"profile", {"profileRun", "profileHow", "profileFilter", "profileTable"}},
            {"export", {"exportFormat", "exportPath", "exportRun"}},
            {"fleet", {"fleetMissing", "fleetAll", "fleetDevices", "fleetTable"}},
            {"devices", {"deviceList", "lookForPhones", "deviceAdd", "deviceAsk", "deviceMore"}}};
        for (const auto& [page, expected] : pages) {
            auto order = tabOrder(window, QLatin1String(page));
            const auto all = order.join(QLatin1Char(' '));
            order.removeIf([&](const QString& name) { return !expected.contains(name); });
            QVERIFY2(order == expected, qPrintable(QLatin1String(page) + QStringLiteral(": ") + all));
        }
    }

    void viewsShowThatTheyHaveTheKeyboard() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        QVERIFY(QTest::qWaitForWindowActive(&window));
        for (int i = 0; i < 100 && !child<QWidget>(window, "focusMark"); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(child<QWidget>(*QApplication::focusWidget(), "focusMark"));
    }

    void resetLayoutRestoresSizesAndTabs() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.resize(1440, 900);
        window.show();
        auto* variants = child<QDockWidget>(window, "variants");
        auto* log = child<QDockWidget>(window, "log");
        const int width = variants->width();
        window.resizeDocks({variants}, {500}, Qt::Horizontal);
        log->raise();
        child<QDockWidget>(window, "inspector")->close();
        QTRY_VERIFY(variants->width() > width);
        child<QAction>(window, "actionResetLayout")->trigger();
        QTRY_COMPARE(variants->width(), width);
        QTRY_VERIFY2(log->visibleRegion().isEmpty(), "the jobs are in front");
        QVERIFY(child<QDockWidget>(window, "inspector")->isVisible());
    }

    void searchingLeavesTheDocksAlone() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.resize(1024, 700);
        test::openIn(window, kSample);
        auto* variants = child<QDockWidget>(window, "variants");
        const int width = variants->width();
        window.page(QStringLiteral("graph"))->search(QString(300, QLatin1Char('x')), true);
        QTest::qWait(50);
        QCOMPARE(window.width(), 1024);
        QCOMPARE(variants->width(), width);
    }

    void statusBarShowsTheJobWhileItsDockIsHidden() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        auto* status = child<QWidget>(window, "jobStatus");
        QVERIFY(status->isHidden());
        window.jobs().start<int>(
            QStringLiteral("long"),
            [](const base::Progress& progress) -> base::Result<int> {
                while (!progress.cancelled()) QThread::msleep(1);
                return base::Error::cancelled();
            },
            &window, [](const base::Result<int>&) {});
        QVERIFY(status->isHidden());
        child<QDockWidget>(window, "jobs")->close();
        QTRY_VERIFY(status->isVisible());
        QTest::mouseClick(status->findChild<QToolButton*>(), Qt::LeftButton);
        test::idle(window);
        QTRY_VERIFY(status->isHidden());
    }

    void recentFilesHaveKeysBeforeTheirMenuOpens() {
        app::addRecentFile(kSample);
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(window.document().workspace()->variants.size(), size_t{1}, kPatience);
        test::idle(window);
    }

    void paletteListsWhatCanBeDone() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        auto* save = child<QAction>(window, "actionSave");
        QVERIFY2(!save->isEnabled(), "there is nothing to save");
        auto* palette = new app::CommandPalette(window.findChildren<QAction*>(), &window);
        auto* list = palette->findChild<QListWidget*>();
        auto* field = palette->findChild<QLineEdit*>();
        field->setText(QStringLiteral("save workspace"));
        QCOMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().contains(QStringLiteral("save workspace")));  // nothing matches
        field->setText(QStringLiteral("datasets"));
        QCOMPARE(list->item(0)->text(), QStringLiteral("Datasets"));
    }

    void optionsStayWhileAnotherTransformIsLookedAt() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        auto* list = child<QListWidget>(window, "transformList");
        const auto choose = [&](const char* name) {
            for (int row = 0; row < list->count(); ++row)
                if (list->item(row)->data(Qt::UserRole + 1).toString() == QLatin1String(name))
                    list->setCurrentRow(row);
        };
        choose("quantize_int8");
        child<QSpinBox>(window, "param.samples")->setValue(77);
        choose("extended");
        choose("quantize_int8");
        auto* page = window.page(QStringLiteral("transform"));
        QCOMPARE(page->findChildren<forms::ParamForm*>().size(), 1);
        QCOMPARE(child<QSpinBox>(*page, "param.samples")->value(), 77);
    }

    void transformThatFindsNothingMakesNoVariant() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        test::openIn(window, kSample);
        auto* page = window.page(QStringLiteral("transform"));
        window.showPage(QStringLiteral("transform"));
        for (const size_t variants : {2, 2}) {
            page->mainButton()->click();
            test::idle(window);
            QTRY_COMPARE(window.document().workspace()->variants.size(), variants);
        }
        QVERIFY(!window.jobs().busy());
    }

    void firstAxisOfAnyInputIsABatch() {
        const auto graph = ir::parseText(
            "graph (state: float32[2, batch, 128], input: float32[batch, sequence], "
            "image: float32[D0, 3, N, 8]) -> (y) {\n  y = Relu(input)\n}");
        QVERIFY2(graph.ok(), graph.ok() ? "" : graph.error().message.c_str());
        const app::Document document;
        const auto sizes = app::freeDimensions(document, **graph);
        QCOMPARE(sizes.at("batch"), 1);
        QCOMPARE(sizes.at("sequence"), 128);
        QCOMPARE(sizes.at("N"), 1);
    }
};

QTEST_MAIN(WindowTest)
#include "window_test.moc"
