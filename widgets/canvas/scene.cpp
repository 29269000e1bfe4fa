#include "widgets/canvas/scene.h"

#include <algorithm>

namespace lathe::canvas {
namespace {

template <typename End>
void index(const Scene& scene, End end, std::vector<uint32_t>& first, std::vector<uint32_t>& list) {
    const auto& edges = scene.display.edges;
    first.assign(scene.display.items.size() + 1, 0);
    for (const DisplayEdge& edge : edges) ++first[end(edge) + 1];
    for (size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
    list.resize(edges.size());
    auto next = first;
    for (uint32_t i = 0; i < edges.size(); ++i) list[next[end(edges[i])]++] = i;
}

}  // namespace

base::Result<ScenePtr> makeScene(const HierarchyPtr& hierarchy, const Expansion& expansion,
                                 const base::Progress& progress) {
    auto scene = std::make_shared<Scene>();
    progress.report(0, "Reading the structure");
    scene->display = makeDisplayGraph(hierarchy, expansion, progress);
    if (auto status = progress.check(); !status) return status.error();
    progress.report(0.3, "Laying out the graph");
    auto layout = layOut(scene->display, progress.part(0.3, 0.9));
    if (!layout) return layout.error();
    scene->layout = *std::move(layout);
    if (auto status = progress.check(); !status) return status.error();
    scene->items.build(scene->layout.items, progress);
    if (auto status = progress.check(); !status) return status.error();
    std::vector<Box> boxes;
    const auto& points = scene->layout.points;
    for (uint32_t w = 0; w < scene->layout.wires.size(); ++w) {
        const Layout::Wire& wire = scene->layout.wires[w];
        for (uint32_t p = wire.first; p + 1 < wire.first + wire.count; ++p) {
            const Point a = points[p], b = points[p + 1];
            boxes.push_back(
                {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)});
            scene->segmentWires.emplace_back(w, p);
        }
    }
    if (auto status = progress.check(); !status) return status.error();
    scene->segments.build(boxes, progress);
    if (auto status = progress.check(); !status) return status.error();
    index(
        *scene, [](const DisplayEdge& edge) { return edge.target; }, scene->firstIn, scene->edgesIn);
    index(
        *scene, [](const DisplayEdge& edge) { return edge.source; }, scene->firstOut, scene->edgesOut);
    if (auto status = progress.check(); !status) return status.error();
    return ScenePtr(std::move(scene));
}

}  // namespace lathe::canvas
