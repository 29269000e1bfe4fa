// Random graphs that join, split and compute on parts: sharing memory changes no number.
#include <gtest/gtest.h>

#include <random>

#include "engine/ir/editor.h"
#include "tests/support/kernel_check.h"
#include "tests/support/plan_pair.h"

namespace lathe::runtime {
namespace {

using Integers = std::vector<int64_t>;
using tensor::Tensor;

// Values of one kind: [batch, channels, 5, 4], or [rows, 16], joined along `axis`.
class RandomGraph {
  public:
    RandomGraph(unsigned seed, bool images)
        : m_random(seed), m_images(images), m_axis(images ? 1 : 0), m_batch(images && seed % 5 == 0 ? 2 : 1) {
        for (int i = 0; i < 2; ++i) {
            const int64_t size = randomSize();
            const auto shape = shapeOf(size);
            const auto type = ir::ValueType::tensorOf(tensor::DataType::float32, ir::symbolicShape(shape));
            inputs.emplace_back(test::randomFloats(tensor::Dimensions(shape), seed + 100));
            keep(m_editor.addInput("x" + std::to_string(i), type), size);
        }
        const auto count = 4 + below(14);
        for (size_t i = 0; i < count; ++i) addNode();
    }

    ir::GraphPtr finish() {
        std::vector<ir::ValueId> outputs = {m_values.back().id};
        if (below(2)) outputs.push_back(m_values[2 + below(m_values.size() - 2)].id);
        // A reader of everything, so that no node is left out.
        for (const auto& value : m_values)
            if (below(3) == 0) outputs.push_back(add("ReduceMax", {value.id}, {{"keepdims", int64_t{0}}}));
        m_editor.setGraphOutputs(ir::kMain, outputs);
        return m_editor.finish();
    }

    std::vector<tensor::RuntimeValue> inputs;

  private:
    struct Sized {
        ir::ValueId id;
        int64_t size = 0;
    };

    size_t below(size_t limit) { return m_random() % limit; }
    int64_t randomSize() {
        static constexpr int64_t kSizes[] = {16, 32, 48, 16, 32, 8, 20, 1};
        return kSizes[below(std::size(kSizes))];
    }
    Integers shapeOf(int64_t size) const {
        return m_images ? Integers{m_batch, size, 5, 4} : Integers{size, 16};
    }
    Sized pick() { return m_values[below(m_values.size())]; }
    void keep(ir::ValueId id, int64_t size) { m_values.push_back({id, size}); }
    ir::ValueId add(std::string_view op, std::vector<ir::ValueId> from, ir::Attributes attributes = {}) {
        return m_editor.add({.op = op, .inputs = std::move(from), .attributes = std::move(attributes)});
    }
    ir::ValueId integers(const Integers& values) {
        return m_editor.addConstant(Tensor::vector<int64_t>(values));
    }

    void addNode() {
        const auto x = pick();
        switch (below(9)) {
            case 0:
                return keep(add("Neg", {x.id}), x.size);
            case 1:
                return keep(add("Tanh", {x.id}), x.size);
            case 2:
                return addBinary(x);
            case 3:
                return m_images ? addConv(x) : addSoftmax(x);
            case 4:
                return addSplit(x);
            case 5:
                return addSlice(x);
            case 6:
                return keep(add("Identity", {x.id}), x.size);
            default:
                return addConcat();
        }
    }

    void addBinary(const Sized& x) {
        const auto y = pick();
        if (x.size == y.size) keep(add(below(2) ? "Add" : "Sub", {x.id, y.id}), x.size);
    }
    void addSoftmax(const Sized& x) { keep(add("Softmax", {x.id}), x.size); }
    void addConv(const Sized& x) {
        const auto size = randomSize();
        const auto weight = m_editor.addConstant(test::randomFloats({size, x.size, 1, 1}, m_random()));
        keep(add("Tanh", {add("Conv", {x.id, weight})}), size);
    }
    void addConcat() {
        std::vector<ir::ValueId> parts;
        int64_t size = 0;
        for (size_t i = 0, count = 2 + below(3); i < count; ++i) {
            const auto part = pick();
            parts.push_back(part.id);
            size += part.size;
        }
        if (size > 400) return;
        if (below(6) == 0) {
            parts.push_back(m_editor.addConstant(test::randomFloats(tensor::Dimensions(shapeOf(16)), 3)));
            size += 16;
        }
        keep(add("Concat", parts, {{"axis", m_axis}}), size);
    }
    void addSplit(const Sized& x) {
        if (x.size < 2) return;
        const int64_t first = x.size > 16 && below(4) ? 16 : 1 + static_cast<int64_t>(below(x.size - 1));
        const auto node = m_editor.addNode({.op = "Split",
                                            .inputs = {x.id, integers({first, x.size - first})},
                                            .attributes = {{"axis", m_axis}},
                                            .outputCount = 2});
        const auto parts = m_editor.graph().node(node).outputs();
        const auto a = parts[0], b = parts[1];
        keep(a, first);
        keep(b, x.size - first);
    }
    void addSlice(const Sized& x) {
        const int64_t from = x.size > 16 ? 16 * static_cast<int64_t>(below(2)) : 0;
        const int64_t to = from + 1 + static_cast<int64_t>(below(x.size - from));
        keep(add("Slice", {x.id, integers({from}), integers({to}), integers({m_axis})}), to - from);
    }

    std::mt19937 m_random;
    bool m_images;
    int64_t m_axis, m_batch;
    ir::Editor m_editor;
    std::vector<Sized> m_values;
};

void checkMany(bool images, unsigned rounds) {
    size_t views = 0, smaller = 0;
    for (unsigned round = 0; round < rounds; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        RandomGraph random(round, images);
        const auto graph = random.finish();
        const auto pair = test::comparePlans(graph, random.inputs, round % 7 != 0);
        views += pair.views;
        smaller += pair.arena < pair.copyingArena ? 1 : 0;
        if (testing::Test::HasFailure()) return;
    }
    EXPECT_GT(views, rounds / 4);
    EXPECT_GT(smaller, rounds / 10);
}

TEST(ShareParts, RandomRows) { checkMany(false, 300); }
TEST(ShareParts, RandomImages) { checkMany(true, 200); }

}  // namespace
}  // namespace lathe::runtime
