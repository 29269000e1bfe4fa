#include "widgets/canvas/graph_canvas.h"

#include <gtest/gtest.h>

#include <QHelpEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <ctime>

#include "engine/formats/format.h"
#include "engine/ir/text.h"
#include "engine/ops/infer.h"
#include "tests/support/test_paths.h"
#include "tests/support/time_scale.h"
#include "tests/widgets/synthetic_graph.h"
#include "widgets/canvas/minimap.h"
#include "widgets/style/theme.h"

namespace lathe::canvas {
namespace {

class Shown {
  public:
    explicit Shown(const ir::GraphPtr& graph, bool expanded = true, QSize size = QSize(1100, 760)) {
        hierarchy = makeHierarchy(graph);
        canvas.resize(size);
        canvas.show();
        canvas.setScene(
            *makeScene(hierarchy, expanded ? allExpanded(*hierarchy) : initialExpansion(*hierarchy)));
        QObject::connect(&canvas, &GraphCanvas::layoutRequested, &canvas,
                         [this](const Expansion& open) { canvas.setScene(*makeScene(hierarchy, open)); });
        settle();
    }
    static void settle() { QTest::qWait(2 * style::kMotionMilliseconds); }
    QPoint pixelOf(int32_t item) const {
        const Box& box = canvas.scene()->layout.items[static_cast<size_t>(item)];
        const QPointF at =
            (QPointF(box.centerX(), box.centerY()) - canvas.visibleArea().topLeft()) * canvas.zoom();
        return at.toPoint();
    }
    HierarchyPtr hierarchy;
    GraphCanvas canvas;
};

NodeMetricPtr inventedTimes(const ir::Graph& graph) {
    NodeMetric metric;
    metric.title = QStringLiteral("Median time per node");
    metric.unit = style::Unit::seconds;
    double value = 4e-6;
    for (const ir::NodeId node : graph.order()) {
        metric.values[node] = value;
        value = value > 5e-5 ? 3e-6 : value * 1.31;
    }
    return makeMetric(std::move(metric));
}

TEST(GraphCanvas, ShowsTheShapesItIsGiven) {
    const auto parsed = ir::parseText(R"(opset ai.onnx 25
graph main (x: float32[N, 3]) -> (y) {
  y = Relu(x)
}
)");
    ASSERT_TRUE(parsed) << parsed.error().message;
    const auto graph = ops::inferred(*parsed, {});
    ops::InferOptions options;
    options.bindings.emplace("N", ir::Dim(5));
    const auto sized = ops::inferred(*parsed, options);
    ASSERT_TRUE(graph && sized);
    Shown shown(*graph);
    shown.canvas.zoomToActualSize();
    Shown::settle();
    const auto toolTip = [&] {
        const QPoint at = shown.pixelOf(shown.canvas.scene()->itemOf((*graph)->order().front()));
        QHelpEvent event(QEvent::ToolTip, at, shown.canvas.mapToGlobal(at));
        QApplication::sendEvent(&shown.canvas, &event);
        return QToolTip::text();
    };
    const QImage named = shown.canvas.renderImage(1);
    EXPECT_TRUE(toolTip().contains(QStringLiteral("float32[N, 3]"))) << toolTip().toStdString();
    shown.canvas.setShapes(*sized);
    EXPECT_TRUE(toolTip().contains(QStringLiteral("float32[5, 3]"))) << toolTip().toStdString();
    EXPECT_NE(shown.canvas.renderImage(1), named);
    shown.canvas.setShapes(nullptr);
    EXPECT_EQ(shown.canvas.renderImage(1), named);
}

TEST(GraphCanvas, ShowsEmptyTextWithoutScene) {
    GraphCanvas canvas;
    canvas.resize(400, 300);
    const QImage image = canvas.grab().toImage();
    EXPECT_FALSE(image.isNull());
    EXPECT_FALSE(canvas.accessibleDescription().isEmpty());
    canvas.fitAll();
    QTest::keyClick(&canvas, Qt::Key_Down);
    EXPECT_TRUE(canvas.selectedNodes().empty());
}

TEST(GraphCanvas, SelectsByMouseAndWalksByKeys) {
    const auto graph = test::residualNetwork(1, 2, false);
    Shown shown(graph);
    QSignalSpy spy(&shown.canvas, &GraphCanvas::selectionChanged);
    const auto first = graph->order()[0], second = graph->order()[1];
    QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, shown.pixelOf(shown.canvas.scene()->itemOf(first)));
    ASSERT_EQ(shown.canvas.selectedNodes(), std::vector{first});
    EXPECT_EQ(spy.count(), 1);
    QTest::keyClick(&shown.canvas, Qt::Key_Down);
    EXPECT_EQ(shown.canvas.selectedNodes(), std::vector{second});
    EXPECT_TRUE(shown.canvas.accessibleDescription().startsWith(QStringLiteral("Relu")));
    QTest::keyClick(&shown.canvas, Qt::Key_Up, Qt::ShiftModifier);
    EXPECT_EQ(shown.canvas.selectedNodes().size(), 2u);
    QTest::keyClick(&shown.canvas, Qt::Key_Escape);
    EXPECT_TRUE(shown.canvas.selectedNodes().empty());
}

TEST(GraphCanvas, OpensAndClosesGroups) {
    Shown shown(test::residualNetwork(2, 5, true), false);
    const auto before = shown.canvas.scene()->display.items.size();
    int32_t group = -1;
    for (size_t i = 0; i < before && group < 0; ++i)
        if (shown.canvas.scene()->display.items[i].kind == DisplayItem::Kind::group)
            group = static_cast<int32_t>(i);
    ASSERT_GE(group, 0);
    QTest::mouseDClick(&shown.canvas, Qt::LeftButton, {}, shown.pixelOf(group));
    EXPECT_GT(shown.canvas.scene()->display.items.size(), before);
    shown.canvas.collapseAll();
    shown.canvas.expandAll();
    EXPECT_EQ(shown.canvas.scene()->display.expansion, allExpanded(*shown.hierarchy));
}

TEST(GraphCanvas, RevealsANodeInAClosedGroup) {
    const auto graph = test::residualNetwork(2, 5, true);
    Shown shown(graph, false);
    const auto node = graph->findNode("/stage2/stage2.3/conv2/Conv");
    ASSERT_TRUE(node.valid());
    shown.canvas.revealNode(node);
    Shown::settle();
    EXPECT_EQ(shown.canvas.selectedNodes(), std::vector{node});
    const Box& box =
        shown.canvas.scene()->layout.items[static_cast<size_t>(shown.canvas.scene()->itemOf(node))];
    EXPECT_TRUE(shown.canvas.visibleArea().contains(QPointF(box.centerX(), box.centerY())));
}

TEST(GraphCanvas, ZoomsAtThePointer) {
    Shown shown(test::residualNetwork(1, 3, false));
    const QPointF at(300, 200);
    const auto under = [&] { return shown.canvas.visibleArea().topLeft() + at / shown.canvas.zoom(); };
    const QPointF before = under();
    const double zoom = shown.canvas.zoom();
    QWheelEvent turn(at, shown.canvas.mapToGlobal(at), {}, QPoint(0, 120), Qt::NoButton, Qt::ControlModifier,
                     Qt::NoScrollPhase, false);
    QApplication::sendEvent(&shown.canvas, &turn);
    EXPECT_GT(shown.canvas.zoom(), zoom);
    EXPECT_NEAR(under().x(), before.x(), 0.01);
    EXPECT_NEAR(under().y(), before.y(), 0.01);
}

// Frames while panning: the whole widget drawn into an image, each time elsewhere. Milliseconds on the
// processor (painting has one thread), so that what else the machine does counts less.
std::vector<double> framesWhilePanning(GraphCanvas& canvas, const QPointF& pixels, int count) {
    QImage image(canvas.size(), QImage::Format_ARGB32_Premultiplied);
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        canvas.centerOn(canvas.visibleArea().center() + pixels / canvas.zoom());
        const std::clock_t start = std::clock();
        canvas.render(&image);
        times.push_back(1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    std::sort(times.begin(), times.end());
    return times;
}

TEST(GraphCanvas, PaintsTenThousandNodesWithinAFrame) {
    for (const auto& [name, graph] : {std::pair{"chain", test::flatNetwork(10'000)},
                                      std::pair{"random", test::randomNetwork(10'000, 12)}}) {
        Shown shown(graph, true, QSize(1400, 900));
        GraphCanvas& canvas = shown.canvas;
        canvas.setSelectedNodes({graph->order()[graph->nodeCount() / 2]});
        for (const double zoom : {0.0, 0.01, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0, 2.0}) {
            for (int i = 0; i < 200 && canvas.zoom() < zoom; ++i) canvas.zoomIn();
            canvas.centerOn(canvas.sceneArea().center());
            const auto times = framesWhilePanning(canvas, QPointF(3, 25), 15);
            std::printf("%s at zoom %.3f: median %.2f ms, worst %.2f ms\n", name, canvas.zoom(), times[7],
                        times.back());
            EXPECT_LT(times[7], 16 * test::kTimeScale) << name << " at zoom " << canvas.zoom();
        }
    }
}

TEST(GraphCanvas, LeavesPicturesOfBothThemes) {
    for (const bool dark : {false, true}) {
        style::applyTheme(dark ? style::Mode::dark : style::Mode::light);
        const QString suffix = dark ? QStringLiteral("-dark") : QString();
        const auto graph = test::residualNetwork(3, 3, true);
        Shown shown(graph, false);
        Minimap minimap(&shown.canvas);
        const auto conv = graph->findNode("/stage2/stage2.1/conv1/Conv");
        shown.canvas.revealNode(conv);
        Shown::settle();
        shown.canvas.setMetric(inventedTimes(*graph));
        shown.canvas.setColorBy(ColorBy::family);
        test::keepPicture(shown.canvas, QStringLiteral("canvas-metric") + suffix);
        shown.canvas.setColorBy(ColorBy::metric);
        shown.canvas.fitAll();
        Shown::settle();
        test::keepPicture(shown.canvas, QStringLiteral("canvas-heat") + suffix);
        const QImage image = shown.canvas.grab().toImage();
        EXPECT_EQ(image.pixelColor(2, 2).rgb(), style::theme().canvas.rgb());
        shown.canvas.collapseAll();
        shown.canvas.setMetric(nullptr);
        shown.canvas.setColorBy(ColorBy::family);
        shown.canvas.fitAll();
        Shown::settle();
        test::keepPicture(shown.canvas, QStringLiteral("canvas-closed") + suffix);
    }
    style::applyTheme(style::Mode::light);
    Shown flat(test::flatNetwork(3000));
    test::keepPicture(flat.canvas, QStringLiteral("canvas-flat"));
    for (int i = 0; i < 60 && flat.canvas.zoom() < 0.15; ++i) flat.canvas.zoomIn();
    test::keepPicture(flat.canvas, QStringLiteral("canvas-blocks"));
    for (int i = 0; i < 60 && flat.canvas.zoom() < 0.4; ++i) flat.canvas.zoomIn();
    test::keepPicture(flat.canvas, QStringLiteral("canvas-title"));
}

TEST(GraphCanvas, DrawsRealModels) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    for (const char* name :
         {"squeezenet_v1.1", "mobilenet_v2_0.35_128", "cifar10_resnet56", "ultraface_rfb_320", "ppocrv4_det",
          "silero_vad_16k_op15", "mnist_cntk_opset8"}) {
        const auto graph = formats::read(*shared / "models" / (std::string(name) + ".onnx"), {});
        ASSERT_TRUE(graph.ok()) << graph.error().message;
        Shown shown(*graph, false);
        ASSERT_NE(shown.canvas.scene(), nullptr);
        EXPECT_GT(shown.canvas.scene()->display.items.size(), 2u);
        test::keepPicture(shown.canvas, QString::fromUtf8(name));
        shown.canvas.expandAll();
        shown.canvas.zoomToActualSize();
        Shown::settle();
        test::keepPicture(shown.canvas, QString::fromUtf8(name) + QStringLiteral("-open"));
    }
}

}  // namespace
}  // namespace lathe::canvas
