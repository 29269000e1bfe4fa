// Writes a product of two matrices and the addition after it as one Gemm.
//   MatMul(A, B) -> Add(c)        Gemm(A, B, c)
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

// True when `value` broadcasts to the shape of `target` and not the other way round.
bool broadcastsTo(const ir::Graph& graph, ir::ValueId value, ir::ValueId target) {
    const auto& from = graph.value(value).type();
    const auto& to = graph.value(target).type();
    if (!from.shape || !to.shape || from.shape->size() > to.shape->size()) return false;
    for (size_t i = 1; i <= from.shape->size(); ++i) {
        const auto& dimension = (*from.shape)[from.shape->size() - i];
        if (dimension.constantOr(0) != 1 && !same(dimension, (*to.shape)[to.shape->size() - i])) return false;
    }
    return true;
}

base::Result<int64_t> matmulAddToGemm(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        if (!node.is("Add") || node.inputs().size() != 2) return false;
        for (const size_t side : {size_t{0}, size_t{1}}) {
            const auto product = node.input(side), addend = node.input(1 - side);
            const auto matmul = producerOf(graph, product, "MatMul");
            if (!matmul || product == addend || !editor.hasOneUse(product)) continue;
            const auto a = graph.node(matmul).input(0), b = graph.node(matmul).input(1);
            const auto& type = graph.value(a).type();
            if (type.rank() != 2 || graph.value(b).type().rank() != 2) continue;
            if (!tensor::isFloat(type.element) || !sameShape(graph, product, node.output())) continue;
            if (!broadcastsTo(graph, addend, product)) continue;
            const auto gemm = editor.addNode({.op = "Gemm",
                                              .inputs = {a, b, addend},
                                              .name = graph.node(matmul).name(),
                                              .origins = editor.originsOf({matmul, id}),
                                              .subgraph = node.subgraph()});
            supersede(editor, id, gemm);
            editor.removeNode(matmul);
            return true;
        }
        return false;
    });
}

}  // namespace

Pass matmulAddToGemmPass() {
    return {.name = "matmul_add_to_gemm",
            .title = "Write MatMul and Add as Gemm",
            .summary = "Merges a product of two matrices and the addition after it into one Gemm.",
            .run = matmulAddToGemm};
}

}  // namespace lathe::passes
