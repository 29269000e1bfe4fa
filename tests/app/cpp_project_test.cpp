// A model is exported as a C++ project on the Export page, which reads the model in it back.
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "app/gui/main_window.h"
#include "engine/bundle/project.h"
#include "engine/formats/format.h"

using namespace lathe;

namespace {

constexpr int kPatience = 60000;  // ms, for the slowest machine and the sanitizers

}  // namespace

class CppProjectTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-cpp-project-test"));
        QSettings().clear();
        formats::add(bundle::cppProject());
    }

    void isExportedAndReadBack() {
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
        const int row = format->findData(QStringLiteral("cpp"));
        QVERIFY(row >= 0);
        format->setCurrentIndex(row);
        auto* path = window.findChild<QLineEdit*>(QStringLiteral("exportPath"));
        QVERIFY2(path->text().endsWith(QStringLiteral("/digits.export")), qPrintable(path->text()));
        QCOMPARE(window.findChild<QLabel*>(QStringLiteral("exportPathLabel"))->text(),
                 QStringLiteral("Folder"));
        // The preprocessing is that of the data, until another one is typed.
        auto* chain = window.findChild<QLineEdit*>(QStringLiteral("param.preprocess"));
        const std::string known = "scale(by=0.0625) | layout(to=CHW)";
        project::DatasetEntry data;
        data.name = "digits";
        data.chain = known;
        window.document().addDataset(data);
        QCOMPARE(chain->text(), QString::fromStdString(known));
        chain->setText(QStringLiteral("layout(to=CHW)"));
        window.document().undoStack().undo();
        QCOMPARE(chain->text(), QStringLiteral("layout(to=CHW)"));
        path->setText(folder.filePath(QStringLiteral("digits")));
        QTest::mouseClick(window.findChild<QPushButton*>(QStringLiteral("exportRun")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!window.jobs().busy(), kPatience);
        auto* result = window.findChild<QLabel*>(QStringLiteral("exportResult"));
        QVERIFY2(result->text().contains(QStringLiteral("it gives the same answers")),
                 qPrintable(result->text()));
        for (const auto* name : {"main.cpp", "model.lathe", "CMakeLists.txt", "engine/deploy/predictor.h"})
            QVERIFY2(QFileInfo::exists(folder.filePath(QStringLiteral("digits/%1").arg(QLatin1String(name)))),
                     name);
    }
};

QTEST_MAIN(CppProjectTest)
#include "cpp_project_test.moc"
