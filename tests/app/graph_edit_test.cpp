// Editing by hand: rename, cut out, the way back to where a node came from. Functions first, then by mouse
// and keyboard in the real window.
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include "app/document/graph_edits.h"
#include "app/gui/main_window.h"
#include "engine/ir/editor.h"
#include "engine/ir/verify.h"
#include "widgets/canvas/graph_canvas.h"

using namespace lathe;

namespace {

constexpr int kPatience = 30000;

ir::ValueType row(int64_t length) {
    return ir::ValueType::tensorOf(tensor::DataType::float32,
                                   ir::SymbolicShape{ir::Dim::symbol("N"), ir::Dim(length)});
}

// x -> first(Relu) -> second(MatMul w) -> third(Add skip from first) -> y
struct Small {
    ir::NodeId first, second, third;
    ir::GraphPtr graph;
    Small() {
        ir::Editor editor;
        const auto x = editor.addInput("x", row(4));
        const auto add = [&](std::string_view op, std::vector<ir::ValueId> inputs, std::string_view name) {
            const auto node = editor.addNode({.op = op, .inputs = std::move(inputs), .name = name});
            editor.setType(editor.graph().node(node).output(), row(4));
            return node;
        };
        const auto out = [&](ir::NodeId node) { return editor.graph().node(node).output(); };
        const std::array<int64_t, 2> shape{4, 4};
        const auto w = editor.addConstant(tensor::Tensor::zeros(tensor::DataType::float32, shape), "w");
        first = add("Relu", {x}, "first");
        second = add("MatMul", {out(first), w}, "second");
        third = add("Add", {out(second), out(first)}, "third");
        editor.setName(out(third), "y");
        editor.setGraphOutputs(ir::kMain, {out(third)});
        graph = editor.finish();
    }
};

}  // namespace

class GraphEditTest : public QObject {
    Q_OBJECT

  private:
    // A window that shows the small graph.
    std::unique_ptr<app::MainWindow> windowOf(const ir::GraphPtr& graph) {
        auto window = std::make_unique<app::MainWindow>(m_preferences);
        window->resize(1280, 800);
        window->show();
        project::Variant variant;
        variant.name = "base";
        variant.graph = graph;
        window->document().addVariant(std::move(variant));
        auto* canvas = window->findChild<canvas::GraphCanvas*>();
        const bool shown = QTest::qWaitFor([&] { return canvas->scene() != nullptr; }, kPatience);
        return shown ? std::move(window) : nullptr;
    }
    // Types into the dialog that opens next, as often as there are names; keeps what it says is wrong.
    void typeNames(const QStringList& names, QString* problem) {
        QTimer::singleShot(0, qApp, [names, problem] {
            for (const auto& name : names) {
                auto* dialog = QApplication::activeModalWidget();
                QVERIFY(dialog);
                auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("renameField"));
                QVERIFY(field);
                field->selectAll();
                QTest::keyClicks(field, name);
                QTest::keyClick(field, Qt::Key_Return);
                const auto* label = dialog->findChild<QLabel*>(QStringLiteral("renameProblem"));
                if (label && !label->isHidden()) *problem = label->text();
            }
        });
    }
    void trigger(app::MainWindow& window, const char* name) {
        auto* action = window.findChild<QAction*>(QLatin1String(name));
        QVERIFY2(action, name);
        action->trigger();
    }

    app::Preferences m_preferences;

  private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("lathe-test"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-graph-edit-test"));
        QSettings().clear();
    }

    void namesMustBeFree() {
        const Small small;
        const auto good = app::withNodeNamed(small.graph, small.first, " head ");
        QVERIFY(good.ok());
        QCOMPARE((*good)->node(small.first).name(), "head");
        QCOMPARE(small.graph->node(small.first).name(), "first");
        const auto taken = app::withNodeNamed(small.graph, small.first, "third");
        QVERIFY(!taken.ok());
        QVERIFY(taken.error().message.find("Choose another name") != std::string::npos);
        QVERIFY(!app::withNodeNamed(small.graph, small.first, "  ").ok());
        QVERIFY(!app::withValueNamed(small.graph, small.graph->outputs()[0], "w").ok());
        const auto output = app::withValueNamed(small.graph, small.graph->outputs()[0], "scores");
        QVERIFY(output.ok());
        QCOMPARE((*output)->value((*output)->outputs()[0]).name(), "scores");
    }

    void cutOutMakesInputsAndOutputsOfTheBorder() {
        const Small small;
        const auto part = app::cutOut(small.graph, {small.second});
        QVERIFY2(part.ok(), part.ok() ? "" : part.error().message.c_str());
        QVERIFY(ir::verify(**part).ok());
        QCOMPARE((*part)->nodeCount(), size_t{1});
        QCOMPARE((*part)->inputs().size(), size_t{1});
        QCOMPARE((*part)->inputs()[0], small.graph->node(small.first).output());
        QCOMPARE((*part)->outputs().size(), size_t{1});
        QCOMPARE((*part)->outputs()[0], small.graph->node(small.second).output());
        QVERIFY((*part)->findValue("w").valid());
        QVERIFY(!(*part)->findValue("x").valid());
        // The other way round the weight is not needed.
        const auto rest = app::cutOut(small.graph, {small.first, small.third});
        QVERIFY(rest.ok());
        QVERIFY(!(*rest)->findValue("w").valid());
        QCOMPARE((*rest)->inputs().size(), size_t{2});
        QCOMPARE((*rest)->outputs().size(), size_t{2});
        QCOMPARE(small.graph->nodeCount(), size_t{3});
    }

    void cutOutSaysWhatToDo() {
        const Small small;
        const auto nothing = app::cutOut(small.graph, {});
        QVERIFY(!nothing.ok() && nothing.error().message.find("Select") != std::string::npos);
        const auto all = app::cutOut(small.graph, {small.first, small.second, small.third});
        QVERIFY(!all.ok() && all.error().message.find("whole model") != std::string::npos);
    }

    void cutOutTakesBodiesWithTheirOwner() {
        ir::Editor editor;
        const auto condition =
            editor.addInput("c", ir::ValueType::tensorOf(tensor::DataType::boolean, ir::SymbolicShape{}));
        const auto x = editor.addInput("x", row(4));
        const auto relu = editor.add({.op = "Relu", .inputs = {x}, .name = "relu"});
        editor.setType(relu, row(4));
        ir::Attributes attributes;
        ir::NodeId inside;
        for (const char* name : {"then_branch", "else_branch"}) {
            const auto body = editor.addSubgraph(name);
            inside = editor.addNode({.op = "Neg", .inputs = {relu}, .name = name, .subgraph = body});
            editor.setGraphOutputs(body, {editor.graph().node(inside).output()});
            attributes.set(name, body);
        }
        const auto choose =
            editor.addNode({.op = "If", .inputs = {condition}, .attributes = attributes, .name = "if"});
        editor.setGraphOutputs(ir::kMain, {editor.graph().node(choose).output()});
        const auto graph = editor.finish();
        QVERIFY(ir::verify(*graph).ok());
        const auto part = app::cutOut(graph, {choose});
        QVERIFY2(part.ok(), part.ok() ? "" : part.error().message.c_str());
        QCOMPARE((*part)->nodeCount(), size_t{3});
        QCOMPARE((*part)->inputs().size(), size_t{2});  // the condition, and what the bodies read
        const auto alone = app::cutOut(graph, {inside});
        QVERIFY(!alone.ok() && alone.error().message.find("inside") != std::string::npos);
    }

    void renamingMakesAVariantThenChangesIt() {
        const Small small;
        const auto window = windowOf(small.graph);
        QVERIFY(window);
        auto& document = window->document();
        document.setSelection({small.first});
        QString problem;
        typeNames({QStringLiteral("third"), QStringLiteral("head")}, &problem);
        trigger(*window, "actionRenameNode");
        QVERIFY2(problem.contains(QStringLiteral("Choose another name")), qPrintable(problem));
        QCOMPARE(document.workspace()->variants.size(), size_t{2});
        QCOMPARE(document.currentVariant()->graph->node(small.first).name(), "head");
        typeNames({QStringLiteral("top")}, &problem);
        trigger(*window, "actionRenameTensor");
        QCOMPARE(document.workspace()->variants.size(), size_t{2});
        const auto edited = document.currentVariant()->graph;
        QCOMPARE(edited->value(edited->node(small.first).output()).name(), "top");
        document.undoStack().undo();
        QCOMPARE(document.currentVariant()->graph->node(small.first).name(), "head");
        QVERIFY(!document.currentVariant()->graph->findValue("top").valid());
        document.undoStack().undo();
        QCOMPARE(document.workspace()->variants.size(), size_t{1});
        QCOMPARE(document.currentVariant()->graph->node(small.first).name(), "first");
    }

    void cutOutMakesAVariantAndTheWayBackIsOffered() {
        const Small small;
        const auto window = windowOf(small.graph);
        QVERIFY(window);
        auto& document = window->document();
        const auto base = document.current();
        document.setSelection({small.second, small.third});
        trigger(*window, "actionCutOut");
        QCOMPARE(document.workspace()->variants.size(), size_t{2});
        QCOMPARE(document.currentVariant()->parent, base);
        QCOMPARE(document.currentVariant()->graph->nodeCount(), size_t{2});

        // Back by the menu.
        document.setSelection({small.third});
        auto* canvas = window->findChild<canvas::GraphCanvas*>();
        bool offered = false;
        QTimer::singleShot(0, qApp, [&] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu);
            auto* action = menu->findChild<QAction*>(QStringLiteral("actionShowIn%1").arg(base));
            if (!action)
                for (auto* candidate : menu->actions())
                    if (candidate->objectName() == QStringLiteral("actionShowIn%1").arg(base))
                        action = candidate;
            offered = action && action->isEnabled();
            if (action) action->trigger();
            menu->close();
        });
        emit canvas->contextMenuRequested(window->mapToGlobal(QPoint(300, 300)), small.third);
        QVERIFY(offered);
        QCOMPARE(document.current(), base);
        QCOMPARE(document.selection(), std::vector{small.third});
        QTRY_COMPARE_WITH_TIMEOUT(canvas->selectedNodes(), std::vector{small.third}, kPatience);
        document.undoStack().undo();
        QCOMPARE(document.workspace()->variants.size(), size_t{1});
    }

    void refusalsAreShown() {
        const Small small;
        const auto window = windowOf(small.graph);
        QVERIFY(window);
        window->document().setSelection({small.first, small.second, small.third});
        trigger(*window, "actionCutOut");
        auto* box = window->findChild<QMessageBox*>(QStringLiteral("editRefused"));
        QVERIFY(box && box->text().contains(QStringLiteral("whole model")));
        box->close();
        QCOMPARE(window->document().workspace()->variants.size(), size_t{1});
    }

    void followsWires() {
        const Small small;
        const auto window = windowOf(small.graph);
        QVERIFY(window);
        auto& document = window->document();
        document.setSelection({small.second});
        trigger(*window, "actionSelectUpstream");
        QCOMPARE(document.selection(), (std::vector{small.first, small.second}));
        document.setSelection({small.second});
        trigger(*window, "actionSelectDownstream");
        QCOMPARE(document.selection(), (std::vector{small.second, small.third}));
        trigger(*window, "actionCopyName");
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("second\nthird"));
    }
};

QTEST_MAIN(GraphEditTest)
#include "graph_edit_test.moc"
