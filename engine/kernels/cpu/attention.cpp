// Attention of float32, head by head: y = softmax(scale * q k^T + mask) v. Blocks of keys go by for each
// block of queries, with the running maximum and sum of each row, so that the matrix of all scores never
// exists. Parallel over heads, and over queries when there are few heads. T. Dao et al.: FlashAttention,
// arXiv:2205.14135.
//
// A `lathe` Attention(q, k, v, mask) reads its operands where they lie. Attributes: `sizes` holds batches,
// heads, queries, keys, depth of q and k, width of v; `q`, `k`, `v`, `mask`, `y` hold where an operand starts
// and what it steps by a batch, head, row (a query or a key) and element, in elements; `scale`.
#include <cmath>
#include <optional>

#include "engine/kernels/cpu/gemm.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

// Keys of one block: their panels stay in the second-level cache.
constexpr int64_t kKeys = 256;
// Row tiles whose scores exist at once.
constexpr int64_t kScoreTiles = 4;
// Tasks that run at once, each with memory of its own.
constexpr int64_t kSlots = 32;

struct View {
    int64_t start = 0, batch = 0, head = 0, row = 0, element = 0;
    int64_t at(int64_t b, int64_t h, int64_t r) const { return start + b * batch + h * head + r * row; }
};

struct Geometry {
    int64_t batches = 0, heads = 0, queries = 0, keys = 0, depth = 0, width = 0;
    View q, k, v, mask, y;
    float scale = 1;
};

std::optional<View> viewOf(const Site& site, const char* name) {
    const auto numbers = site.attributes->integers(name);
    if (numbers.size() != 5) return {};
    return View{numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]};
}

std::optional<Geometry> geometryOf(const Site& site) {
    const auto sizes = site.attributes->integers("sizes");
    const auto q = viewOf(site, "q"), k = viewOf(site, "k"), v = viewOf(site, "v"), y = viewOf(site, "y");
    if (sizes.size() != 6 || !q || !k || !v || !y || y->element != 1) return {};
    Geometry g{sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], *q, *k, *v, {}, *y};
    g.scale = site.attributes->real("scale", 1);
    if (site.has(3)) {
        const auto mask = viewOf(site, "mask");
        if (!mask || mask->element != 1) return {};
        g.mask = *mask;
    }
    return g;
}

class Attention final : public Prepared {
  public:
    explicit Attention(const Geometry& geometry) : m_geometry(geometry) {
        const auto& g = m_geometry;
        m_keys = std::min(kKeys, panelCount(g.keys, micro().columns) * micro().columns);
        m_rows = std::min(g.queries, kScoreTiles * micro().rows);
        m_slots = std::min(kSlots, g.batches * g.heads * panelCount(g.queries, m_rows));
    }

    size_t scratchBytes() const override { return static_cast<size_t>(m_slots * slotSize()) * sizeof(float); }

    void run(const RunArguments& arguments) const override {
        const auto& g = m_geometry;
        // Parts of the queries of one head: as many as keep all threads busy.
        const int64_t wanted = panelCount(4 * arguments.workers->threads(), g.batches * g.heads);
        const int64_t parts = arguments.workers->threads() == 1
                                  ? 1
                                  : std::clamp<int64_t>(wanted, 1, panelCount(g.queries, m_rows));
        const int64_t tasks = g.batches * g.heads * parts;
        arguments.workers->forRange(std::min(m_slots, tasks), 1, [&](int64_t begin, int64_t end) {
            const int64_t slots = std::min(m_slots, tasks);
            for (int64_t slot = begin; slot < end; ++slot)
                for (int64_t task = tasks * slot / slots; task < tasks * (slot + 1) / slots; ++task) {
                    const int64_t part = task % parts;
                    Head head;
                    head.batch = task / parts / g.heads;
                    head.head = task / parts % g.heads;
                    head.first = g.queries * part / parts;
                    head.last = g.queries * (part + 1) / parts;
                    head.scratch = floats(arguments.scratch) + slot * slotSize();
                    runHead(head, arguments);
                }
        });
    }

  private:
    // Some of the queries of one head, and the memory to work in.
    struct Head {
        int64_t batch = 0, head = 0, first = 0, last = 0;
        float* scratch = nullptr;
    };

    // Panels of k and v, scores, and the running maximum and sum of each query.
    int64_t keySize() const { return m_keys * m_geometry.depth; }
    int64_t valueSize() const { return packedColumnsSize(m_geometry.width, m_keys); }
    int64_t slotSize() const {
        const int64_t size = keySize() + valueSize() + m_rows * m_keys + 2 * m_geometry.queries;
        return panelCount(size, 16) * 16;
    }

    void runHead(const Head& head, const RunArguments& arguments) const {
        const auto& g = m_geometry;
        float* keys = head.scratch;
        float* values = keys + keySize();
        for (int64_t key = 0; key < g.keys; key += m_keys) {
            const int64_t count = std::min(m_keys, g.keys - key);
            packKeys(floats(arguments.inputs[1]) + g.k.at(head.batch, head.head, key), count, keys);
            packColumns(floats(arguments.inputs[2]) + g.v.at(head.batch, head.head, key), g.v.row,
                        g.v.element, g.width, count, 0, panelCount(g.width, micro().columns), values);
            for (int64_t row = head.first; row < head.last; row += m_rows)
                runRows(head, row, std::min(m_rows, head.last - row), key, count, arguments);
        }
        float* y = floats(arguments.outputs[0]);
        const float* sums = runningSums(head);
        for (int64_t row = head.first; row < head.last; ++row)
            scale(y + g.y.at(head.batch, head.head, row), g.width, 1.0f / sums[row]);
    }

    float* scores(const Head& head) const { return head.scratch + keySize() + valueSize(); }
    float* runningLargest(const Head& head) const { return scores(head) + m_rows * m_keys; }
    float* runningSums(const Head& head) const { return runningLargest(head) + m_geometry.queries; }

    // Columns are keys; the scale is applied here, once.
    void packKeys(const float* k, int64_t count, float* panels) const {
        const auto& g = m_geometry;
        const int64_t width = micro().columns;
        packColumns(k, g.k.element, g.k.row, count, g.depth, 0, panelCount(count, width), panels);
        if (g.scale != 1.0f) scale(panels, panelCount(count, width) * width * g.depth, g.scale);
    }

    static void scale(float* row, int64_t count, float factor) {
        RowScale r;
        r.in = row;
        r.out = row;
        r.count = count;
        r.factor = factor;
        micro().scaleRow(r);
    }

    void runRows(const Head& head, int64_t row, int64_t rows, int64_t key, int64_t count,
                 const RunArguments& arguments) const {
        const auto& g = m_geometry;
        const base::Workers alone(1);
        FloatGemm product;
        product.rows = rows;
        product.columns = count;
        product.depth = g.depth;
        product.a = floats(arguments.inputs[0]) + g.q.at(head.batch, head.head, row);
        product.aRowStride = g.q.row;
        product.aDepthStride = g.q.element;
        product.packedB = head.scratch;
        product.c = scores(head);
        product.cStride = m_keys;
        multiply(product, alone);

        float* y = floats(arguments.outputs[0]) + g.y.at(head.batch, head.head, row);
        for (int64_t r = 0; r < rows; ++r)
            weigh(head, row + r, key, count, scores(head) + r * m_keys, y + r * g.y.row, arguments);

        FloatGemm sum;
        sum.rows = rows;
        sum.columns = g.width;
        sum.depth = count;
        sum.a = scores(head);
        sum.aRowStride = m_keys;
        sum.packedB = head.scratch + keySize();
        sum.c = y;
        sum.cStride = g.y.row;
        if (key > 0) sum.residual = y;
        multiply(sum, alone);
    }

    // Scores become weights that are not yet divided by their sum; what the row has so far is brought to the
    // same maximum.
    void weigh(const Head& head, int64_t row, int64_t key, int64_t count, float* score, float* y,
               const RunArguments& arguments) const {
        const auto& g = m_geometry;
        const float* mask = nullptr;
        if (arguments.inputs.size() > 3 && arguments.inputs[3])
            mask = floats(arguments.inputs[3]) + g.mask.at(head.batch, head.head, row) + key;
        float& largest = runningLargest(head)[row];
        float& sum = runningSums(head)[row];
        const float found = micro().rowLargest(score, mask, score, count);
        const float before = largest;
        const bool first = key == 0;
        largest = first ? found : std::max(before, found);
        // Of a row that is masked so far nothing is kept, and nothing is divided by.
        const float shift = std::isinf(largest) && largest < 0 ? 0.0f : largest;
        const float added = micro().exponentialSum(score, score, count, shift);
        if (first) {
            sum = added;
            return;
        }
        if (largest != before) {
            const float factor = std::exp(before - shift);
            sum *= factor;
            scale(y, g.width, factor);
        }
        sum += added;
    }

    Geometry m_geometry;
    int64_t m_keys = 0, m_rows = 0, m_slots = 0;
};

bool accepts(const Site& site) {
    for (size_t i = 0; i < 3; ++i)
        if (!isFloat(site, i)) return false;
    return makesFloat(site) && (!site.has(3) || isFloat(site, 3)) && geometryOf(site);
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<Attention>(*geometryOf(site)));
}

}  // namespace

std::vector<Kernel> attentionKernels() {
    return {{.name = "attention_blocked",
             .domain = "lathe",
             .op = "Attention",
             .summary = "float32, operands read in place",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = nullptr}};
}

}  // namespace lathe::kernels
