// Looking at what a run computes: capture from random numbers and from a dataset, and its error.
#include <QApplication>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include "app/document/open_model.h"
#include "app/gui/capture.h"
#include "app/gui/main_window.h"
#include "engine/project/run_step.h"
#include "widgets/inspector/value_text.h"

using namespace lathe;

namespace {

constexpr int kPatience = 30000;  // ms
const QString kSample = QStringLiteral(LATHE_SOURCE_DIR "/resources/samples/digits_residual.onnx");

project::DatasetEntry digits() {
    return {"digits",
            LATHE_SOURCE_DIR "/resources/samples/digits.npz",
            {},
            {},
            "scale(by=0.0625) | layout(to=CHW)",
            "test",
            {},
            0,
            -1};
}

}  // namespace

class ActivationTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-activation-test"));
        QSettings().clear();
    }

    void inspectorShowsTheActivationOfANode() {
        app::Preferences preferences;
        app::MainWindow window(preferences);
        window.show();
        window.openPath(kSample);
        QTRY_VERIFY_WITH_TIMEOUT(window.document().currentVariant() && !window.jobs().busy(), kPatience);
        const auto graph = window.document().currentVariant()->graph;
        for (const auto node : graph->order())
            if (graph->node(node).op() == "Conv") {
                window.document().setSelection({node});
                break;
            }
        QPushButton* capture = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(
            capture = window.findChild<QPushButton*>(QStringLiteral("activationCapture")), kPatience);
        capture->click();
        inspector::ValueText* text = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(
            text = window.findChild<inspector::ValueText*>(QStringLiteral("activationStatistics")),
            kPatience);
        QVERIFY2(text->text().contains(QStringLiteral("float32 [1, 16, 8, 8]")), qPrintable(text->text()));
        QVERIFY2(text->text().contains(QStringLiteral("N = 1")), qPrintable(text->text()));
    }

    void capturesInputsOutputsAndWhatLiesBetween() {
        app::Document document;
        app::Jobs jobs;
        bool done = false;
        app::openModel(document, jobs, kSample, [&](bool) { done = true; });
        QTRY_VERIFY_WITH_TIMEOUT(done, kPatience);
        const auto graph = document.currentVariant()->graph;
        app::CaptureRequest request{graph, graph->inputs()[0], digits(), 3, {}, 1};
        const auto input = app::capture(request, {});
        QVERIFY2(input.ok(), input.ok() ? "" : input.error().message.c_str());
        QCOMPARE(input->elementCount(), 64);
        const auto dataset = project::openDataset(digits(), {});
        const auto batch = (*dataset)->batch(3, 1);
        QVERIFY(tensor::toReals(*input) == tensor::toReals(batch->input));
        request.value = graph->outputs()[0];
        const auto output = app::capture(request, {});
        QVERIFY(output.ok());
        QCOMPARE(output->elementCount(), 10);
    }
};

QTEST_MAIN(ActivationTest)
#include "activation_test.moc"
