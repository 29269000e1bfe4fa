// Convolutions and matrix products take over what follows them:
//
//   Conv -> Add(other) -> Relu                becomes  lathe Conv(x, w, b, other) with low = 0
//   MatMul -> Add(vector) -> Gelu             becomes  lathe MatMul(a, b, vector) with function = "gelu"
//   Gemm -> Reshape -> Add(other)             becomes  lathe Gemm(a, b, c, other)
//   Conv -> y; y * Sigmoid(y)                 becomes  lathe Conv(x, w, b) with function = "silu"
//
// Only where a kernel takes the result, so that nothing gets slower. The order in a fused node is: bias,
// addition, clamp, function.
#include <limits>
#include <optional>

#include "engine/runtime/draft.h"

namespace lathe::runtime {
namespace {

struct Bounds {
    float low = -std::numeric_limits<float>::infinity();
    float high = std::numeric_limits<float>::infinity();
};

// The clamp that a node is, when it is one with known bounds.
std::optional<Bounds> boundsOf(const Draft& draft, const PlanNode& node) {
    if (!node.domain.empty()) return {};
    if (node.op == "Relu") return Bounds{0, std::numeric_limits<float>::infinity()};
    if (node.op != "Clip") return {};
    Bounds bounds;
    for (size_t i = 1; i < node.inputs.size(); ++i) {
        if (node.inputs[i] == kNone) continue;
        const auto* constant = draft.constant(node.inputs[i]);
        if (!constant || constant->elementCount() != 1) return {};
        (i == 1 ? bounds.low : bounds.high) = static_cast<float>(constant->realAt(0));
    }
    return bounds;
}

std::string_view functionOf(const PlanNode& node) {
    if (!node.domain.empty()) return {};
    if (node.op == "Sigmoid") return "sigmoid";
    if (node.op == "Tanh") return "tanh";
    if (node.op == "HardSwish") return "hard_swish";
    if (node.op == "Gelu")
        return node.attributes.text("approximate", "none") == "tanh" ? "gelu_tanh" : "gelu";
    return {};
}

// Nodes from a product to the last one it takes over.
struct Chain {
    uint32_t first = kNone, last = kNone;
    std::vector<uint32_t> between = {};
};

class Fuser {
  public:
    explicit Fuser(Draft& draft) : m_draft(draft), m_uses(draft) {}

    void run() {
        for (uint32_t i = 0; i < m_draft.nodes.size(); ++i) {
            const auto& node = m_draft.nodes[i];
            const bool product = node.op == "Conv" || node.op == "Gemm" || node.op == "MatMul";
            if (!product || !node.domain.empty() || node.outputs.size() != 1) continue;
            uint32_t at = i;
            while (const auto next = addition(at)) at = *next;
            if (const auto next = clamp(at)) at = *next;
            function(at);
        }
        dropEmptied(m_draft);
    }

  private:
    const PlanNode& node(uint32_t index) const { return m_draft.nodes[index]; }
    const tensor::Shape& shapeOf(uint32_t value) const { return m_draft.values[value].shape; }

    // The one node that reads the result of node `at`. A matrix product does not care under which shape its
    // result is read.
    std::optional<Chain> reader(uint32_t at) const {
        Chain chain{at, m_uses.onlyReader(node(at).outputs[0])};
        while (chain.last != kNone && node(at).op != "Conv" && isView(m_draft, node(chain.last))) {
            chain.between.push_back(chain.last);
            chain.last = m_uses.onlyReader(node(chain.last).outputs[0]);
        }
        return chain.last == kNone || node(chain.last).op.empty() ? std::nullopt : std::optional(chain);
    }

    // The value that reaches the last node of the chain.
    uint32_t handedOn(const Chain& chain) const {
        return node(chain.between.empty() ? chain.first : chain.between.back()).outputs[0];
    }

    // Puts `fused` where the last node was, when a kernel of the same kind as before takes it.
    std::optional<uint32_t> accept(const Chain& chain, PlanNode fused) {
        fused.domain = "lathe";
        fused.outputs = node(chain.last).outputs;
        const auto takeOver = [&](uint32_t index) {
            fused.members.insert(fused.members.end(), node(index).members.begin(), node(index).members.end());
        };
        for (const auto index : chain.between) takeOver(index);
        takeOver(chain.last);
        const auto* before = chooseKernel(m_draft, node(chain.first));
        const auto* after = chooseKernel(m_draft, fused);
        if (!before || !after || before->name != after->name) return {};
        m_draft.nodes[chain.first].op.clear();
        for (const auto index : chain.between) m_draft.nodes[index].op.clear();
        m_draft.nodes[chain.last] = std::move(fused);
        return chain.last;
    }

    std::optional<uint32_t> addition(uint32_t at) {
        const auto chain = reader(at);
        if (!chain) return {};
        const auto& add = node(chain->last);
        if (add.op != "Add" || !add.domain.empty()) return {};
        const auto result = handedOn(*chain);
        const auto other = add.inputs[0] == result ? add.inputs[1] : add.inputs[0];
        if (other == result) return {};
        const auto &x = m_draft.values[result], &y = m_draft.values[other];
        const auto& sum = m_draft.values[add.outputs[0]];
        if (!x.fixed || !y.fixed || !(x.shape == sum.shape) || x.type != y.type) return {};
        PlanNode fused = node(at);
        if (y.shape == x.shape && !m_draft.constant(other)) {
            if (fused.inputs.size() > 3) return {};
            fused.inputs.resize(4, kNone);
            fused.inputs[3] = other;
            return accept(*chain, std::move(fused));
        }
        const auto bias = biasFrom(at, other, x.shape);
        if (!bias || fused.inputs.size() > 2) return {};
        fused.inputs.push_back(*bias);
        if (fused.op == "Gemm") fused.attributes.set("beta", 1.0f);
        return accept(*chain, std::move(fused));
    }

    // A constant that adds one number to each column, or each channel, of the result of node `at`.
    std::optional<uint32_t> biasFrom(uint32_t at, uint32_t other, const tensor::Shape& shape) {
        const auto* constant = m_draft.constant(other);
        const auto& own = shapeOf(node(at).outputs[0]);
        const size_t fromEnd = node(at).op == "Conv" ? own.size() - 2 : 0;
        if (!constant || shapeOf(node(at).inputs[1]).size() < 2 || shape.size() < fromEnd + 1) return {};
        const int64_t count = own[own.size() - 1 - fromEnd];
        const auto& y = constant->shape();
        if (constant->elementCount() != count || shape[shape.size() - 1 - fromEnd] != count) return {};
        if (count > 1 && (y.size() <= fromEnd || y[y.size() - 1 - fromEnd] != count)) return {};
        if (y.size() == 1) return other;
        return m_draft.addConstant(constant->reshaped(tensor::Shape{count}));
    }

    std::optional<uint32_t> clamp(uint32_t at) {
        const auto chain = reader(at);
        if (!chain || node(chain->last).inputs[0] != handedOn(*chain)) return {};
        const auto bounds = boundsOf(m_draft, node(chain->last));
        if (!bounds) return {};
        PlanNode fused = node(at);
        fused.attributes.set("low", bounds->low);
        fused.attributes.set("high", bounds->high);
        return accept(*chain, std::move(fused));
    }

    void function(uint32_t at) {
        PlanNode fused = node(at);
        if (const auto chain = reader(at)) {
            const auto name = functionOf(node(chain->last));
            if (name.empty()) return;
            fused.attributes.set("function", std::string(name));
            accept(*chain, std::move(fused));
        } else if (const auto gated = gate(at)) {
            fused.attributes.set("function", std::string("silu"));
            accept(*gated, std::move(fused));
        }
    }

    // y * Sigmoid(y), where nobody else reads either.
    std::optional<Chain> gate(uint32_t at) const {
        const auto y = node(at).outputs[0];
        const auto mul = m_uses.lastReader(y);
        if (mul == kNone || m_uses.count(y) != 2 || node(mul).op != "Mul" || !node(mul).domain.empty())
            return {};
        const auto& inputs = node(mul).inputs;
        const auto other = inputs[0] == y ? inputs[1] : inputs[0];
        const auto sigmoid = m_uses.producer(other);
        if (other == y || sigmoid == kNone || node(sigmoid).op != "Sigmoid" || node(sigmoid).inputs[0] != y ||
            m_uses.onlyReader(other) != mul)
            return {};
        return Chain{at, mul, {sigmoid}};
    }

    Draft& m_draft;
    DraftUses m_uses;
};

}  // namespace

void fuseActivations(Draft& draft) { Fuser(draft).run(); }

}  // namespace lathe::runtime
