// Attention written out becomes one node that reads its operands where they lie:
//
//   Transpose(q), Transpose(k) -> MatMul -> Div(sqrt(d)) -> Add(mask) -> Softmax -> MatMul(Transpose(v)) ->
//   Transpose becomes  lathe Attention(q, k, v, mask)
//
// The scale may stand before or behind the first product, as Mul or as Div; the mask may be missing. Views,
// slices and transpositions of q, k and v become strides, as far back as they go; those that somebody else
// reads as well stay for him.
#include <algorithm>
#include <optional>

#include "engine/runtime/strided_view.h"

namespace lathe::runtime {
namespace {

// The nodes round a Softmax, by index.
struct Pattern {
    uint32_t scores = kNone, softmax = kNone, sum = kNone;
    uint32_t mask = kNone;  // a value
    double scale = 1;
    std::vector<uint32_t> nodes = {};
};

class AttentionFuser {
  public:
    explicit AttentionFuser(Draft& draft) : m_draft(draft), m_uses(draft) {}

    void run() {
        for (uint32_t i = 0; i < m_draft.nodes.size(); ++i)
            if (is(i, "Softmax"))
                if (auto pattern = match(i)) fuse(*pattern);
        dropEmptied(m_draft);
    }

  private:
    bool is(uint32_t index, std::string_view op) const {
        return index != kNone && m_draft.nodes[index].op == op && m_draft.nodes[index].domain.empty();
    }
    const PlanNode& node(uint32_t index) const { return m_draft.nodes[index]; }
    const tensor::Shape& shapeOf(uint32_t value) const { return m_draft.values[value].shape; }
    bool keepsShape(uint32_t index) const {
        return index != kNone && isView(m_draft, node(index)) &&
               shapeOf(node(index).inputs[0]) == shapeOf(node(index).outputs[0]);
    }

    std::optional<Pattern> match(uint32_t softmax) const {
        const auto x = node(softmax).inputs[0];
        const auto rank = static_cast<int64_t>(shapeOf(x).size());
        if (!m_draft.values[x].fixed || rank < 2 || rank > 4) return {};
        if (tensor::normalizedAxis(node(softmax).attributes.integer("axis", -1), rank) != rank - 1) return {};
        Pattern pattern;
        pattern.softmax = softmax;
        pattern.nodes = {softmax};
        return findSum(pattern) && findScores(pattern, x) ? std::optional(pattern) : std::nullopt;
    }

    // From the weights down to their product with v.
    bool findSum(Pattern& pattern) const {
        auto weights = node(pattern.softmax).outputs[0];
        auto reader = m_uses.onlyReader(weights);
        while (keepsShape(reader)) {
            pattern.nodes.push_back(reader);
            weights = node(reader).outputs[0];
            reader = m_uses.onlyReader(weights);
        }
        if (!is(reader, "MatMul") || node(reader).inputs[0] != weights) return false;
        pattern.sum = reader;
        pattern.nodes.push_back(reader);
        return true;
    }

    // From the argument of the Softmax up to the product of q and k.
    bool findScores(Pattern& pattern, uint32_t value) const {
        const auto producer = m_uses.producer(value);
        if (producer == kNone || m_uses.count(value) != 1 || m_draft.constant(value)) return false;
        auto further = pattern;
        further.nodes.push_back(producer);
        if (is(producer, "MatMul")) {
            further.scores = producer;
            pattern = further;
            return true;
        }
        if (keepsShape(producer)) {
            if (!findScores(further, node(producer).inputs[0])) return false;
            pattern = further;
            return true;
        }
        if (const auto scale = scaleOf(m_draft, node(producer))) {
            further.scale *= scale->factor;
            if (!findScores(further, scale->input)) return false;
            pattern = further;
            return true;
        }
        // A mask that is scaled as well is not one we know.
        if (!is(producer, "Add") || pattern.mask != kNone || pattern.scale != 1) return false;
        for (const size_t side : {size_t{0}, size_t{1}}) {
            auto branch = further;
            branch.mask = node(producer).inputs[1 - side];
            const auto sum = node(producer).inputs[side];
            if (!(shapeOf(sum) == shapeOf(value)) || !findScores(branch, sum)) continue;
            pattern = branch;
            return true;
        }
        return false;
    }

    // start, batch, head, row, element of a view whose last two axes are rows and elements, or the other way
    // round; nothing when it does not broadcast to the leading dimensions.
    static std::optional<std::vector<int64_t>> stepsOf(const StridedView& view, tensor::Dimensions leading,
                                                       bool turned) {
        const size_t rank = view.dims.size();
        if (rank < 2 || rank - 2 > leading.size()) return {};
        std::vector<int64_t> steps{view.start, 0, 0, view.strides[rank - 2], view.strides[rank - 1]};
        if (turned) std::swap(steps[3], steps[4]);
        for (size_t i = 0; i + 2 < rank; ++i) {
            const size_t at = leading.size() - (rank - 2) + i;
            if (view.dims[i] != leading[at] && view.dims[i] != 1) return {};
            steps[3 - leading.size() + at] = view.dims[i] == 1 ? 0 : view.strides[i];
        }
        return steps;
    }

    // A view with one axis in front for each that `rank` has more.
    static StridedView widened(StridedView view, size_t rank) {
        while (view.dims.size() < rank) {
            view.dims.insert(view.dims.begin(), 1);
            view.strides.insert(view.strides.begin(), 0);
        }
        return view;
    }

    // Where the mask is the same for all rows or keys it steps by nothing.
    std::optional<StridedView> maskView(uint32_t mask, int64_t queries, int64_t keys) const {
        if (!m_draft.values[mask].fixed || m_draft.values[mask].type != tensor::DataType::float32) return {};
        auto view = widened(stridedView(m_draft, m_uses, mask, false), 2);
        const size_t rank = view.dims.size();
        if (view.dims[rank - 1] != keys || (keys > 1 && view.strides[rank - 1] != 1)) return {};
        view.strides[rank - 1] = 1;
        if (view.dims[rank - 2] != queries && view.dims[rank - 2] != 1) return {};
        if (view.dims[rank - 2] == 1) view.strides[rank - 2] = 0;
        return view;
    }

    // Where the result goes: through a Transpose that alone reads it when elements still follow each other.
    StridedView resultView(Pattern& pattern) const {
        StridedView view;
        view.base = node(pattern.sum).outputs[0];
        const auto& own = shapeOf(view.base);
        view.dims.assign(own.begin(), own.end());
        auto strides = tensor::strides(own);
        view.strides.assign(strides.begin(), strides.end());
        const auto reader = m_uses.onlyReader(view.base);
        if (!is(reader, "Transpose")) return view;
        const auto permutation = node(reader).attributes.integers("perm");
        const auto result = node(reader).outputs[0];
        if (permutation.size() != own.size() || static_cast<size_t>(permutation.back()) + 1 != own.size())
            return view;
        strides = tensor::strides(shapeOf(result));
        for (size_t i = 0; i < permutation.size(); ++i)
            view.strides[static_cast<size_t>(permutation[i])] = strides[i];
        view.base = result;
        pattern.nodes.push_back(reader);
        return view;
    }

    void fuse(Pattern pattern) {
        const auto &product = node(pattern.scores), &sum = node(pattern.sum);
        const auto& result = shapeOf(sum.outputs[0]);
        for (const auto value : {product.inputs[0], product.inputs[1], sum.inputs[1]})
            if (!m_draft.values[value].fixed || shapeOf(value).size() < 2) return;
        const auto q = stridedView(m_draft, m_uses, product.inputs[0], true);
        const auto k = stridedView(m_draft, m_uses, product.inputs[1], true);
        const auto v = stridedView(m_draft, m_uses, sum.inputs[1], false);
        // Weights are better packed once.
        if (result.size() < 2 || m_draft.constant(k.base) || m_draft.constant(v.base)) return;
        const tensor::Dimensions leading(result.data(), result.size() - 2);
        const int64_t depth = q.dims.back(), queries = q.dims[q.dims.size() - 2], keys = k.dims.back();
        const auto y = resultView(pattern);
        const auto qSteps = stepsOf(q, leading, false), kSteps = stepsOf(k, leading, true),
                   vSteps = stepsOf(v, leading, false), ySteps = stepsOf(y, leading, false);
        if (!qSteps || !kSteps || !vSteps || !ySteps) return;

        PlanNode fused;
        fused.node = product.node;
        fused.source = product.source;
        fused.domain = "lathe";
        fused.op = "Attention";
        fused.inputs = {q.base, k.base, v.base};
        fused.outputs = {y.base};
        auto& attributes = fused.attributes;
        const int64_t batches = leading.size() > 1 ? leading[0] : 1;
        const int64_t heads = leading.empty() ? 1 : leading[leading.size() - 1];
        attributes.set("sizes",
                       std::vector<int64_t>{batches, heads, queries, keys, depth, v.dims[v.dims.size() - 1]});
        attributes.set("scale", static_cast<float>(pattern.scale * q.scale * k.scale));
        attributes.set("q", *qSteps);
        attributes.set("k", *kSteps);
        attributes.set("v", *vSteps);
        attributes.set("y", *ySteps);
        std::vector<uint32_t> passed = q.passed;
        passed.insert(passed.end(), k.passed.begin(), k.passed.end());
        passed.insert(passed.end(), v.passed.begin(), v.passed.end());
        if (pattern.mask != kNone) {
            const auto mask = maskView(pattern.mask, queries, keys);
            const auto steps = mask ? stepsOf(*mask, leading, false) : std::nullopt;
            if (!steps) return;
            fused.inputs.push_back(mask->base);
            attributes.set("mask", *steps);
            passed.insert(passed.end(), mask->passed.begin(), mask->passed.end());
        }
        if (!chooseKernel(m_draft, fused)) return;
        place(std::move(fused), std::move(pattern.nodes), std::move(passed));
    }

    // Puts the node where the last of its parts was, and takes over those before that nobody else reads.
    void place(PlanNode fused, std::vector<uint32_t> nodes, std::vector<uint32_t> passed) {
        const uint32_t last = *std::max_element(nodes.begin(), nodes.end());
        std::sort(passed.begin(), passed.end(), std::greater<>());
        passed.erase(std::unique(passed.begin(), passed.end()), passed.end());
        for (const auto index : passed)
            if (onlyReadBy(index, nodes)) nodes.push_back(index);
        std::sort(nodes.begin(), nodes.end());
        for (const auto index : nodes) {
            const auto& members = node(index).members;
            fused.members.insert(fused.members.end(), members.begin(), members.end());
            m_draft.nodes[index].op.clear();
        }
        m_draft.nodes[last] = std::move(fused);
    }

    bool onlyReadBy(uint32_t index, const std::vector<uint32_t>& readers) const {
        return std::all_of(node(index).outputs.begin(), node(index).outputs.end(), [&](uint32_t value) {
            if (value == kNone) return true;
            uint32_t count = 0;
            for (const auto reader : readers) {
                const auto& inputs = node(reader).inputs;
                count += static_cast<uint32_t>(std::count(inputs.begin(), inputs.end(), value));
            }
            return count == m_uses.count(value);
        });
    }

    Draft& m_draft;
    DraftUses m_uses;
};

}  // namespace

void fuseAttention(Draft& draft) { AttentionFuser(draft).run(); }

}  // namespace lathe::runtime
