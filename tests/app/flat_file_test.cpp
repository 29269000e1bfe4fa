// A model is exported as a flat file on the Export page and opened again like any other.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "app/gui/main_window.h"

using namespace lathe;

namespace {

constexpr int kPatience = 60000;  // ms, for the slowest machine and the sanitizers

}  // namespace

class FlatFileTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-flat-file-test"));
        QSettings().clear();
    }

    void isExportedAndOpened() {
        QTemporaryDir folder;
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.openPath(QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits.onnx"));
        QTRY_COMPARE_WITH_TIMEOUT(window.document().workspace()->variants.size(), 1u, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy(), kPatience);

        window.showPage(QStringLiteral("export"));
        auto* format = window.findChild<QComboBox*>(QStringLiteral("exportFormat"));
        const int row = format->findData(QStringLiteral("lathe"));
        QVERIFY(row >= 0);
        format->setCurrentIndex(row);
        auto* path = window.findChild<QLineEdit*>(QStringLiteral("exportPath"));
        QVERIFY2(path->text().endsWith(QStringLiteral("/digits.export.lathe")), qPrintable(path->text()));
        const auto file = folder.filePath(QStringLiteral("digits.lathe"));
        path->setText(file);
        QTest::mouseClick(window.findChild<QPushButton*>(QStringLiteral("exportRun")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy(), kPatience);
        auto* result = window.findChild<QLabel*>(QStringLiteral("exportResult"));
        QVERIFY2(result->text().contains(QStringLiteral("it gives the same answers")),
                 qPrintable(result->text()));

        window.openPath(file);
        QTRY_COMPARE_WITH_TIMEOUT(window.document().workspace()->variants.size(), 2u, kPatience);
        const auto& variants = window.document().workspace()->variants;
        QCOMPARE(variants[1]->graph->nodeLimit(), variants[0]->graph->nodeLimit());
        QCOMPARE(variants[1]->graph->nodeCount(), 12u);
        QCOMPARE(QString::fromStdString(variants[1]->graph->info().sourcePath), file);
    }

    void nameAndResultBelongToOneVariant() {
        QTemporaryDir folder;
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        window.openPath(QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits.onnx"));
        QTRY_COMPARE_WITH_TIMEOUT(window.document().workspace()->variants.size(), 1u, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy(), kPatience);
        const auto source = window.document().currentVariant();
        auto other = *source;
        other.parent = source->id;
        other.name = "int8 / test";
        window.document().addVariant(other);
        window.showPage(QStringLiteral("export"));
        auto* path = window.findChild<QLineEdit*>(QStringLiteral("exportPath"));
        auto* result = window.findChild<QLabel*>(QStringLiteral("exportResult"));
        QVERIFY2(path->text().endsWith(QStringLiteral("/digits.int8---test.onnx")), qPrintable(path->text()));
        path->selectAll();
        QTest::keyClicks(path, folder.filePath(QStringLiteral("typed.onnx")));
        QTest::mouseClick(window.findChild<QPushButton*>(QStringLiteral("exportRun")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy() && result->text().contains(path->text()), kPatience);
        window.document().setCurrent(source->id);
        QCOMPARE(result->text(), QString());
        QCOMPARE(path->text(), folder.filePath(QStringLiteral("digits.export.onnx")));
    }
};

QTEST_MAIN(FlatFileTest)
#include "flat_file_test.moc"
