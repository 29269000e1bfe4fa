// The graph as text, for tests, diffs and reviews:
//
//   opset ai.onnx 21
//   function f.Twice(a) -> (b) attributes {slope, bias = 0.5} opsets {ai.onnx = 21} {
//     b = Mul(a, a) {alpha = @slope 1}
//   }
//   graph main (x: float32[N, 3], k: int64[] = int64[] {1}) -> (y) {
//     w = constant float32[2] {1, 2}
//     h: float32[N, 3] = Relu(x) "node_name"
//     a, _ = com.microsoft.Split(h, _, w) {axis = 1, scale = 1.0, mode = "x", sizes = [1, 2], none = ints []}
//     y = If(c) {else_branch = graph () -> (t) {
//       t = Neg(a)
//     }}
//   }
//
// `_` is an omitted input or output; # starts a comment; names with other characters than letters, digits and
// _ . / % (and : inside) are quoted. Large constants appear as their SHA-256. Not in the text: origins,
// documentation and what else ModelInfo says. print(parse(s)) is the normal form of s.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::ir {

struct TextOptions {
    int64_t largestTensor = 64;  // elements written out; more become a hash
    bool types = true;           // types of intermediate values
};

std::string printText(const Graph& graph, const TextOptions& options = {});
// One node as its line (bodies included), without indentation.
std::string printNode(const Graph& graph, NodeId node, const TextOptions& options = {});

// Gives the tensor of a SHA-256 that stands in the text instead of the numbers.
using TensorByHash = std::function<std::optional<tensor::Tensor>(std::string_view)>;
// The error says line and column. A constant may also be written `float32[64, 3] fill 0.5` or
// `float32[64, 3] random 7` (evenly in [-1, 1), integers in [-8, 8), from that seed).
base::Result<GraphPtr> parseText(std::string_view text, const TensorByHash& tensors = {});

}  // namespace lathe::ir
