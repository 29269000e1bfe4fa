// The Datasets dialog: what it shows of a dataset, editing, removing, undo.
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>

#include "app/pages/dataset_dialog.h"
#include "app/pages/datasets_dialog.h"

using namespace lathe;

namespace {

constexpr int kPatience = 20000;  // ms
const char* const kData = LATHE_SOURCE_DIR "/resources/samples/digits.npz";

project::DatasetEntry digits() {
    return {"digits", kData, {}, {}, "scale(by=0.0625) | layout(to=CHW)", "train", {}, 0, -1};
}

}  // namespace

class DatasetsTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void showsWhatADatasetHolds() {
        app::Document document;
        app::Jobs jobs;
        document.addDataset(digits());
        app::DatasetsDialog dialog(document, jobs, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        auto* table = dialog.findChild<tables::ValueTable*>(QStringLiteral("datasetsTable"));
        auto* preview = dialog.findChild<QListWidget*>(QStringLiteral("datasetPreview"));
        QTRY_COMPARE_WITH_TIMEOUT(preview->count(), 24, kPatience);
        const auto tsv = table->selectionAsTsv();
        QVERIFY2(tsv.contains(QStringLiteral("uint8 [8, 8]")), qPrintable(tsv));
        QVERIFY2(tsv.contains(QStringLiteral("float32 [1, 8, 8]")), qPrintable(tsv));
        QVERIFY(!preview->item(0)->icon().isNull());

        // Another preprocessing is another way of feeding; undo brings the first back.
        auto edited = digits();
        edited.chain = "scale(by=0.0625)";
        document.replaceDataset(QStringLiteral("digits"), edited);
        QTRY_VERIFY_WITH_TIMEOUT(table->selectionAsTsv().contains(QStringLiteral("float32 [8, 8]")),
                                 kPatience);
        document.undoStack().undo();
        QTRY_VERIFY_WITH_TIMEOUT(table->selectionAsTsv().contains(QStringLiteral("float32 [1, 8, 8]")),
                                 kPatience);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(document.workspace()->datasets.empty());
        QCOMPARE(preview->count(), 0);
    }

    void saysWhatIsWrongWithAFile() {
        app::Document document;
        app::Jobs jobs;
        auto broken = digits();
        broken.name = "broken";
        broken.path = LATHE_SOURCE_DIR "/resources/samples/digits.onnx";
        document.addDataset(broken);
        app::DatasetsDialog dialog(document, jobs, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto* table = dialog.findChild<tables::ValueTable*>(QStringLiteral("datasetsTable"));
        QTRY_VERIFY_WITH_TIMEOUT(table->selectionAsTsv().contains(QStringLiteral("cannot be read")),
                                 kPatience);
    }

    void addingChecksTheFileAndTheName() {
        app::Document document;
        app::Jobs jobs;
        document.addDataset(digits());
        app::DatasetDialog dialog(document, jobs, nullptr);
        auto* result = dialog.findChild<QLabel*>(QStringLiteral("datasetResult"));
        dialog.setPath(QString::fromLatin1(kData));  // its name is taken
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("another name")), kPatience);
        dialog.findChild<QLineEdit*>(QStringLiteral("datasetName"))->setText(QStringLiteral("second"));
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("uint8 [8, 8]")), kPatience);
        dialog.findChild<QLineEdit*>(QStringLiteral("datasetChain"))->setText(QStringLiteral("nonsense()"));
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("nonsense")), kPatience);
    }

    // A check that ends late says nothing about what was typed meanwhile.
    void aTakenNameIsNotAcceptedLate() {
        app::Document document;
        app::Jobs jobs;
        document.addDataset(digits());
        app::DatasetDialog dialog(document, jobs, nullptr);
        auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("datasetName"));
        auto* result = dialog.findChild<QLabel*>(QStringLiteral("datasetResult"));
        const auto* accept = dialog.findChild<QPushButton*>(QStringLiteral("datasetAccept"));
        dialog.setPath(QString::fromLatin1(kData));
        name->setText(QStringLiteral("second"));
        QObject::connect(&jobs, &app::Jobs::changed, name, [&] {
            // The check begins; its answer cannot have come yet.
            if (name->text() == QLatin1String("second")) name->setText(QStringLiteral("digits"));
        });
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("another name")), kPatience);
        QTest::qWait(300);
        QVERIFY(!accept->isEnabled());
    }
};

QTEST_MAIN(DatasetsTest)
#include "datasets_test.moc"
