#include "widgets/canvas/layout.h"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/widgets/synthetic_graph.h"
#include "widgets/canvas/scene.h"

namespace lathe::canvas {
namespace {

ScenePtr sceneOf(const ir::GraphPtr& graph, bool expanded) {
    const auto hierarchy = makeHierarchy(graph);
    auto scene = makeScene(hierarchy, expanded ? allExpanded(*hierarchy) : Expansion{});
    EXPECT_TRUE(scene.ok());
    return *scene;
}

void expectNoOverlap(const Scene& scene) {
    for (uint32_t i = 0; i < scene.layout.items.size(); ++i) {
        const Box& box = scene.layout.items[i];
        int met = 0;
        scene.items.query({box.x + 1, box.y + 1, box.width - 2, box.height - 2}, [&](uint32_t) { ++met; });
        EXPECT_EQ(met, 1) << "item " << i;
    }
}

TEST(Layout, PutsReadersBelowWhatTheyRead) {
    const auto scene = sceneOf(test::residualNetwork(2, 3, true), true);
    for (const DisplayEdge& edge : scene->display.edges)
        EXPECT_LT(scene->layout.items[edge.source].bottom(), scene->layout.items[edge.target].y);
    expectNoOverlap(*scene);
}

TEST(Layout, KeepsTheSpineOfResidualBlocksStraight) {
    const auto scene = sceneOf(test::residualNetwork(1, 4, false), true);
    double left = 1e300, right = -1e300;
    for (size_t i = 0; i < scene->display.items.size(); ++i) {
        left = std::min(left, scene->layout.items[i].centerX());
        right = std::max(right, scene->layout.items[i].centerX());
    }
    EXPECT_LE(right - left, 1.0);
}

TEST(Layout, FramesHoldTheirItems) {
    const auto scene = sceneOf(test::residualNetwork(2, 3, true), true);
    ASSERT_FALSE(scene->layout.frames.empty());
    for (size_t i = 0; i < scene->display.items.size(); ++i)
        for (const Layout::Frame& frame : scene->layout.frames) {
            if (frame.group != scene->display.items[i].frame) continue;
            const Box& box = scene->layout.items[i];
            EXPECT_GE(box.x, frame.box.x);
            EXPECT_LE(box.right(), frame.box.right());
            EXPECT_GE(box.y, frame.box.y + kFrameHeader - 1);
            EXPECT_LE(box.bottom(), frame.box.bottom());
        }
}

TEST(Layout, WiresAreOrthogonalAndMeetTheirEnds) {
    const auto scene = sceneOf(test::flatNetwork(600), true);
    for (const Layout::Wire& wire : scene->layout.wires) {
        const Point* points = &scene->layout.points[wire.first];
        const DisplayEdge& edge = scene->display.edges[wire.edge];
        const Box& source = scene->layout.items[edge.source];
        const Box& target = scene->layout.items[edge.target];
        EXPECT_EQ(points[0].y, source.bottom());
        EXPECT_EQ(points[wire.count - 1].y, target.y);
        EXPECT_GE(points[wire.count - 1].x, target.x);
        EXPECT_LE(points[wire.count - 1].x, target.right());
        for (uint32_t i = 0; i + 1 < wire.count; ++i)
            EXPECT_TRUE(points[i].x == points[i + 1].x || points[i].y == points[i + 1].y);
    }
    expectNoOverlap(*scene);
}

TEST(Layout, StopsWhenCancelled) {
    const auto hierarchy = makeHierarchy(test::flatNetwork(2000));
    const base::Progress progress;
    progress.cancel();
    const auto scene = makeScene(hierarchy, {}, progress);
    ASSERT_FALSE(scene.ok());
    EXPECT_EQ(scene.error().kind, base::Error::Kind::cancelled);
}

// The bars are 0.3 s and 1 s; several times that is allowed for shared and instrumented machines.
TEST(Layout, IsLinearEnoughForHugeFlatGraphs) {
    for (const auto& [nodes, bar] : {std::pair{10'000, 0.3}, std::pair{100'000, 3.0}}) {
        const auto graph = test::flatNetwork(nodes);
        graph->topology();
        const auto start = std::chrono::steady_clock::now();
        const auto hierarchy = makeHierarchy(graph);
        const auto display = makeDisplayGraph(hierarchy, allExpanded(*hierarchy));
        const auto middle = std::chrono::steady_clock::now();
        const auto layout = layOut(display);
        const auto end = std::chrono::steady_clock::now();
        ASSERT_TRUE(layout.ok());
        const double showing = std::chrono::duration<double>(middle - start).count();
        const double laying = std::chrono::duration<double>(end - middle).count();
        std::printf("%d nodes: display %.3f s, layout %.3f s\n", nodes, showing, laying);
        EXPECT_LT(showing + laying, bar * 4);
    }
}

}  // namespace
}  // namespace lathe::canvas
