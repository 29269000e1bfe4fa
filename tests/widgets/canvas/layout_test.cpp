#include "widgets/canvas/layout.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <set>
#include <thread>
#include <tuple>

#include "engine/formats/format.h"
#include "tests/support/test_paths.h"
#include "tests/support/time_scale.h"
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

// Nothing but its own ends is touched by a wire.
void expectWiresPassBesideItems(const Scene& scene) {
    for (uint32_t s = 0; s < scene.segmentWires.size(); ++s) {
        const auto [wire, point] = scene.segmentWires[s];
        const DisplayEdge& edge = scene.display.edges[scene.layout.wires[wire].edge];
        const Point a = scene.layout.points[point], b = scene.layout.points[point + 1];
        const Box piece{std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
        scene.items.query(piece, [&](uint32_t item) {
            EXPECT_TRUE(item == edge.source || item == edge.target ||
                        scene.display.items[item].kind != DisplayItem::Kind::node)
                << "edge " << edge.source << " to " << edge.target << " runs over item " << item;
        });
    }
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

bool onTop(const Box& box, const Point& at) { return at.y == box.y && at.x >= box.x && at.x <= box.right(); }
bool onBottom(const Box& box, const Point& at) {
    return at.y == box.bottom() && at.x >= box.x && at.x <= box.right();
}

// Every wire is orthogonal; its pieces begin at the bottom of its source, end at the top of its target, and
// join on the borders of frames in between.
void expectWiresMeetTheirEnds(const Scene& scene) {
    const Layout& layout = scene.layout;
    const auto key = [](const Point& at) { return std::pair{at.x, at.y}; };
    std::set<std::tuple<uint32_t, double, double>> begins, ends;  // by source item
    for (const Layout::Wire& wire : layout.wires) {
        ASSERT_GE(wire.count, 2u);
        const uint32_t source = scene.display.edges[wire.edge].source;
        const Point first = layout.points[wire.first], last = layout.points[wire.first + wire.count - 1];
        begins.insert(std::tuple_cat(std::tuple{source}, key(first)));
        ends.insert(std::tuple_cat(std::tuple{source}, key(last)));
        for (uint32_t i = wire.first; i + 1 < wire.first + wire.count; ++i)
            ASSERT_TRUE(layout.points[i].x == layout.points[i + 1].x ||
                        layout.points[i].y == layout.points[i + 1].y)
                << "edge " << wire.edge;
    }
    const auto onAFrame = [&](const Point& at) {
        return std::any_of(layout.frames.begin(), layout.frames.end(), [&](const Layout::Frame& frame) {
            return onTop(frame.box, at) || onBottom(frame.box, at);
        });
    };
    for (const Layout::Wire& wire : layout.wires) {
        const DisplayEdge& edge = scene.display.edges[wire.edge];
        const Point first = layout.points[wire.first], last = layout.points[wire.first + wire.count - 1];
        if (!onBottom(layout.items[edge.source], first)) {
            ASSERT_TRUE(ends.contains(std::tuple_cat(std::tuple{edge.source}, key(first))) && onAFrame(first))
                << "edge " << wire.edge << " begins in the open at " << first.x << ", " << first.y;
        }
        if (!onTop(layout.items[edge.target], last)) {
            ASSERT_TRUE(begins.contains(std::tuple_cat(std::tuple{edge.source}, key(last))) && onAFrame(last))
                << "edge " << wire.edge << " ends in the open at " << last.x << ", " << last.y;
        }
    }
}

TEST(Layout, WiresAreOrthogonalAndMeetTheirEnds) {
    for (const bool open : {false, true}) {
        for (const auto& graph :
             {test::flatNetwork(600), test::residualNetwork(2, 3, true), test::fanOutNetwork(60),
              test::randomNetwork(300, 20), test::randomNetwork(300, 300), test::cyclicNetwork()}) {
            const auto scene = sceneOf(graph, open);
            expectWiresMeetTheirEnds(*scene);
            expectNoOverlap(*scene);
            expectWiresPassBesideItems(*scene);
        }
    }
}

TEST(Layout, WiresThatCloseACycleLeaveBelowAndEnterAbove) {
    for (const bool open : {false, true}) {
        const auto scene = sceneOf(test::scatteredScopes(), open);
        int upwards = 0;
        for (const Layout::Wire& wire : scene->layout.wires)
            upwards +=
                scene->layout.points[wire.first].y > scene->layout.points[wire.first + wire.count - 1].y;
        EXPECT_GT(upwards, 0);
        expectWiresMeetTheirEnds(*scene);
        expectNoOverlap(*scene);
        expectWiresPassBesideItems(*scene);
    }
}

TEST(Layout, WiresOfRealModelsMeetTheirEnds) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    for (const auto& file : std::filesystem::directory_iterator(*shared / "models")) {
        const auto graph = formats::read(file.path(), {});
        ASSERT_TRUE(graph.ok()) << graph.error().message;
        SCOPED_TRACE(file.path().filename());
        const auto scene = sceneOf(*graph, true);
        expectWiresMeetTheirEnds(*scene);
        expectNoOverlap(*scene);
        expectWiresPassBesideItems(*scene);
    }
}

TEST(Layout, StopsWhenCancelled) {
    const auto hierarchy = makeHierarchy(test::flatNetwork(2000));
    const base::Progress progress;
    progress.cancel();
    const auto scene = makeScene(hierarchy, {}, progress);
    ASSERT_FALSE(scene.ok());
    EXPECT_EQ(scene.error().kind, base::Error::Kind::cancelled);
}

struct Shape {
    const char* name;
    ir::GraphPtr (*make)(int nodes);
};
const Shape kShapes[] = {{"chain with skips", test::flatNetwork},
                         {"fan-out", test::fanOutNetwork},
                         {"random, near", [](int nodes) { return test::randomNetwork(nodes, 30); }},
                         {"random, far", [](int nodes) { return test::randomNetwork(nodes, nodes); }}};

// Seconds on the processor: layout runs on one thread, and what else the machine does must not count.
double now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void expectLaidOutWithin(const Shape& shape, int nodes, double bar) {
    const auto hierarchy = makeHierarchy(shape.make(nodes));
    const auto open = allExpanded(*hierarchy);
    const double start = now();
    ASSERT_TRUE(makeScene(hierarchy, open).ok());
    const double took = now() - start;
    std::printf("%s, %d nodes: %.3f s\n", shape.name, nodes, took);
    EXPECT_LT(took, bar * test::kTimeScale) << shape.name << ", " << nodes << " nodes";
}

TEST(Layout, LaysOutTenThousandFlatNodesInThreeTenths) {
    for (const Shape& shape : kShapes) expectLaidOutWithin(shape, 10'000, 0.3);
}

// All that happens between a graph that was read and its picture: groups, what is shown, places, index.
TEST(Layout, LaysOutEveryRealModelInThreeTenths) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    int seen = 0;
    double worst = 0;
    for (const char* folder : {"models", "conformance/light"})
        for (const auto& file : std::filesystem::recursive_directory_iterator(*shared / folder)) {
            if (file.path().extension() != ".onnx") continue;
            const auto graph = formats::read(file.path(), {});
            ASSERT_TRUE(graph.ok()) << graph.error().message;
            ++seen;
            for (const bool open : {false, true}) {
                const double start = now();
                const auto hierarchy = makeHierarchy(*graph);
                const auto scene =
                    makeScene(hierarchy, open ? allExpanded(*hierarchy) : initialExpansion(*hierarchy));
                const double took = now() - start;
                ASSERT_TRUE(scene.ok());
                worst = std::max(worst, took);
                EXPECT_LT(took, 0.3 * test::kTimeScale) << file.path();
            }
        }
    std::printf("%d models, the slowest took %.3f s\n", seen, worst);
    EXPECT_GE(seen, 15);
}

TEST(SlowLayout, LaysOutAHundredThousandFlatNodesInThreeSeconds) {
    for (const Shape& shape : kShapes) expectLaidOutWithin(shape, 100'000, 3);
}

TEST(SlowLayout, StopsSoonWhereverItIsCancelled) {
    for (const Shape& shape : kShapes) {
        const auto hierarchy = makeHierarchy(shape.make(100'000));
        const auto open = allExpanded(*hierarchy);
        for (const double wait : {0.001, 0.1, 0.3}) {
            const base::Progress progress;
            const double start = now();
            std::atomic<double> cancelled = 1e300;
            std::thread canceller([&] {
                while (now() - start < wait) std::this_thread::sleep_for(std::chrono::milliseconds(1));
                cancelled = now();
                progress.cancel();
            });
            const auto scene = makeScene(hierarchy, open, progress);
            const double ended = now();
            canceller.join();
            if (scene.ok()) continue;  // it was done before
            std::printf("%s, cancelled after %.3f s: %.3f s late\n", shape.name, wait, ended - cancelled);
            EXPECT_LT(ended - cancelled, 0.25 * test::kTimeScale)
                << shape.name << ", cancelled after " << wait << " s";
        }
    }
}

}  // namespace
}  // namespace lathe::canvas
