// A small model that uses everything the flat file has a place for, and files made by hand. The model also
// lies in tests/data/lathe/version_1.lathe, so it stays as it is.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "engine/formats/lathe/header.h"
#include "engine/formats/lathe/lathe.h"
#include "engine/formats/lathe/layout.h"
#include "engine/ir/editor.h"
#include "engine/ir/text.h"

namespace lathe::test {

inline constexpr std::string_view kFlatSample = R"(opset ai.onnx 21
function f.Twice<o>(a) -> (y) attributes {required, bias = 0.5} opsets {ai.onnx = 21} {
  y = Mul(a, a) {alpha = @required 1}
}
graph "my model" (x: float32[N, 3*N + 1, "a b"], k: int64[] = int64[] {1}) -> (y) {
  w = constant float32[2, 2] {1, -0.5, nan, 1e-05}
  t = constant string[2] {"a", "\x01"}
  i4 = constant int4[3] {-8, 7, 0}
  e = constant float32[0, 4] {}
  h: float32[N, 3*N + 1, "a b"] = Relu(x) "node name"
  p, _, q = com.microsoft.Split(h, _, w) {a = [1, 2], b = [1.0, -0.0], c = ["x", ""], d = ints [], f = -0.0, i = -7, s = "x"}
  m: sequence(optional(float32[...])) = Opaque(p)
  y = If(k) {else_branch = graph else () -> (v) {
    w = constant float32[] {2}
    v = Neg(w)
  }, t = tensor int32[1] {5}, ts = [tensor int32[1] {5}, tensor int32[2] {6, 7}], type = type optional(float32[...]), z = sparse [3, 4] (tensor float32[1] {1}, tensor int64[1] {11})}
}
)";

// With a removed node, a removed body, origins and texts.
inline ir::GraphPtr flatSample() {
    auto graph = ir::parseText(kFlatSample);
    EXPECT_TRUE(graph) << graph.error().message;
    ir::Editor editor(*graph);
    const auto input = editor.graph().inputs()[0];
    const auto body = editor.addSubgraph("gone");
    editor.setGraphOutputs(body, {editor.add({.op = "Abs", .inputs = {input}, .subgraph = body})});
    editor.removeNode(editor.addNode(
        {.op = "If", .inputs = {editor.graph().inputs()[1]}, .attributes = {{"then_branch", body}}}));
    const auto relu = editor.graph().findNode("node name");
    editor.setOrigins(relu, {{7}, {9}});
    editor.setDoc(relu, "why");
    editor.setProperties(relu, {{"part", "3"}});
    editor.setProperties(input, {{"unit", "metre"}});
    editor.setProperties(ir::kMain, {{"scope", "all"}});
    auto& info = editor.info();
    info.producerName = "a tool";
    info.properties = {{"key", std::string(200, 'v')}};
    info.modelVersion = -3;
    info.irVersion = 8;
    info.sourceNodeCount = 5;
    info.fileOpsets = {{"", 13}};
    return editor.finish();
}

// A file in memory at an address that is a multiple of 64.
class FlatBytes {
  public:
    explicit FlatBytes(std::string_view bytes) : m_size(bytes.size()) {
        m_block = std::shared_ptr<std::byte>(
            static_cast<std::byte*>(::operator new (m_size + 1, std::align_val_t{64})),
            [](std::byte* block) { ::operator delete (block, std::align_val_t{64}); });
        std::memcpy(m_block.get(), bytes.data(), m_size);
    }
    std::span<std::byte> bytes() const { return {m_block.get(), m_size}; }
    base::Result<ir::GraphPtr> read() const {
        return formats::flat::readBytes(bytes(), m_block, "test.lathe", {});
    }
    // Makes the checksum of the graph right again, as somebody who means harm would.
    void seal() const {
        uint64_t size = 0;
        std::memcpy(&size, m_block.get() + 24, sizeof(size));
        if (size > m_size - formats::flat::kHeaderSize) return;
        const auto sum = formats::flat::checksum(bytes().subspan(formats::flat::kHeaderSize, size));
        std::memcpy(m_block.get() + 48, &sum, sizeof(sum));
    }

  private:
    size_t m_size;
    std::shared_ptr<std::byte> m_block;
};

inline std::string flatFile(const ir::Graph& graph) {
    const auto layout = formats::flat::layOut(graph);
    if (!layout) {
        ADD_FAILURE() << layout.error().message;
        return {};
    }
    auto file = layout->head;
    for (const auto& [offset, tensor] : layout->weights) {
        file.resize(offset);
        file.append(reinterpret_cast<const char*>(tensor.bytes().data()), tensor.bytes().size());
    }
    file.resize(layout->size);
    return file;
}

}  // namespace lathe::test
