#include "tests/engine/formats/onnx_cases.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <onnx/onnx-data_pb.h>
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "engine/base/file_map.h"
#include "engine/formats/format.h"
#include "engine/formats/onnx/read_tensor.h"
#include "engine/ops/interpreter.h"
#include "engine/ops/op.h"

namespace lathe::test {
namespace {

constexpr double kRelative = 1e-3;
constexpr double kAbsolute = 1e-7;

base::Result<tensor::Tensor> tensorFrom(std::shared_ptr<const void> owner, std::span<const std::byte> bytes,
                                        const std::string& label) {
    formats::onnx::Source source;
    source.label = label;
    source.bytes = bytes;
    source.owner = std::move(owner);
    auto read = formats::onnx::readTensor(source, bytes);
    if (!read) return read.error();
    return read->tensor;
}

base::Result<tensor::RuntimeValue> fromProto(const onnx::TensorProto& proto) {
    auto text = std::make_shared<const std::string>(proto.SerializeAsString());
    auto tensor = tensorFrom(text, std::as_bytes(std::span(*text)), "element");
    if (!tensor) return tensor.error();
    return tensor::RuntimeValue(std::move(*tensor));
}

base::Result<tensor::RuntimeValue> fromProto(const onnx::SequenceProto& proto) {
    tensor::Sequence sequence;
    for (const auto& item : proto.tensor_values()) {
        auto value = fromProto(item);
        if (!value) return value.error();
        sequence.elementType = value->tensor()->type();
        sequence.items.push_back(std::move(*value));
    }
    for (const auto& item : proto.sequence_values()) {
        auto value = fromProto(item);
        if (!value) return value.error();
        sequence.items.push_back(std::move(*value));
    }
    return tensor::RuntimeValue(std::move(sequence));
}

base::Result<tensor::RuntimeValue> fromProto(const onnx::OptionalProto& proto) {
    base::Result<tensor::RuntimeValue> inner = tensor::RuntimeValue();
    if (proto.has_tensor_value()) inner = fromProto(proto.tensor_value());
    if (proto.has_sequence_value()) inner = fromProto(proto.sequence_value());
    if (!inner) return inner;
    tensor::Optional optional;
    if (!inner->missing()) optional.value = std::make_shared<const tensor::RuntimeValue>(std::move(*inner));
    return tensor::RuntimeValue(std::move(optional));
}

template <typename Proto>
base::Result<tensor::RuntimeValue> fromFile(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    Proto proto;
    if (!proto.ParseFromIstream(&stream)) return base::Error{path.string() + ": no such message"};
    return fromProto(proto);
}

std::string tensorDifference(const tensor::Tensor& got, const tensor::Tensor& wanted) {
    if (got.type() != wanted.type() || !(got.shape() == wanted.shape()))
        return fmt::format("got {}, wanted {}", tensor::toString(got.type(), got.shape()),
                           tensor::toString(wanted.type(), wanted.shape()));
    if (!tensor::isFloat(wanted.type())) return got == wanted ? "" : "elements differ";
    const auto a = tensor::toReals(got), b = tensor::toReals(wanted);
    for (size_t i = 0; i < a.size(); ++i) {
        const bool same = std::isnan(b[i]) ? std::isnan(a[i])
                          : std::isinf(b[i])
                              ? a[i] == b[i]
                              : std::abs(a[i] - b[i]) <= kAbsolute + kRelative * std::abs(b[i]);
        if (!same) return fmt::format("element {}: got {}, wanted {}", i, a[i], b[i]);
    }
    return {};
}

bool deterministic(const ir::Graph& graph) {
    for (uint32_t n = 0; n < graph.nodeLimit(); ++n) {
        if (!graph.contains(ir::NodeId{n})) continue;
        const auto* op = ops::find(graph.node({n}).domain(), graph.node({n}).op());
        if (op && !op->deterministic) return false;
    }
    return true;
}

}  // namespace

std::string missingOp(const ir::Graph& graph) {
    for (uint32_t n = 0; n < graph.nodeLimit(); ++n) {
        if (!graph.contains(ir::NodeId{n})) continue;
        const auto node = graph.node({n});
        const auto* op = ops::find(node.domain(), node.op());
        if ((op && op->evaluate) ||
            graph.findFunction(node.domain(), node.op(), graph.text(node.data().overload)))
            continue;
        return fmt::format("{}{}{}", node.domain(), node.domain().empty() ? "" : ".", node.op());
    }
    return {};
}

base::Result<tensor::RuntimeValue> readValueFile(const std::filesystem::path& path,
                                                 const ir::ValueType& type) {
    if (type.kind == ir::ValueType::Kind::sequence) return fromFile<onnx::SequenceProto>(path);
    if (type.kind == ir::ValueType::Kind::optional) return fromFile<onnx::OptionalProto>(path);
    auto map = base::FileMap::open(path);
    if (!map) return map.error();
    auto tensor = tensorFrom(*map, (*map)->bytes(), path.string());
    if (!tensor) return tensor.error();
    return tensor::RuntimeValue(std::move(*tensor));
}

std::vector<std::filesystem::path> caseFolders(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> result;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
        if (std::filesystem::exists(entry.path() / "model.onnx")) result.push_back(entry.path());
    std::sort(result.begin(), result.end());
    return result;
}

std::string difference(const tensor::RuntimeValue& got, const tensor::RuntimeValue& wanted) {
    if (got.content.index() != wanted.content.index()) return "another kind of value";
    if (const auto* tensor = wanted.tensor()) return tensorDifference(*got.tensor(), *tensor);
    if (const auto* sequence = wanted.sequence()) {
        if (got.sequence()->items.size() != sequence->items.size()) return "another length";
        for (size_t i = 0; i < sequence->items.size(); ++i)
            if (const auto text = difference(got.sequence()->items[i], sequence->items[i]); !text.empty())
                return fmt::format("item {}: {}", i, text);
    }
    if (const auto* optional = wanted.optional()) {
        if (!optional->value != !got.optional()->value) return "one of the two is empty";
        if (optional->value) return difference(*got.optional()->value, *optional->value);
    }
    return {};
}

CaseResult runCase(const std::filesystem::path& folder) {
    using Kind = CaseResult::Kind;
    const auto graph = formats::read(folder / "model.onnx", {});
    if (!graph) return {Kind::failed, graph.error().message};
    if (auto missing = missingOp(**graph); !missing.empty()) return {Kind::missingOp, std::move(missing)};
    for (int set = 0;; ++set) {
        const auto data = folder / fmt::format("test_data_set_{}", set);
        if (!std::filesystem::exists(data)) return {Kind::passed, ""};
        std::vector<tensor::RuntimeValue> inputs;
        for (const auto id : (*graph)->inputs()) {
            const auto file = data / fmt::format("input_{}.pb", inputs.size());
            if (!std::filesystem::exists(file)) {
                inputs.emplace_back();
                continue;
            }
            auto value = readValueFile(file, (*graph)->value(id).type());
            if (!value) return {Kind::failed, value.error().message};
            inputs.push_back(std::move(*value));
        }
        const auto outputs = ops::interpret(**graph, inputs);
        if (!outputs) return {Kind::failed, outputs.error().message};
        for (size_t i = 0; i < outputs->size(); ++i) {
            const auto type = (*graph)->value((*graph)->outputs()[i]).type();
            const auto wanted = readValueFile(data / fmt::format("output_{}.pb", i), type);
            if (!wanted) return {Kind::failed, wanted.error().message};
            // Random numbers cannot agree; their type and shape must.
            if (!deterministic(**graph)) {
                if (!wanted->tensor() || !(*outputs)[i].tensor() ||
                    !((*outputs)[i].tensor()->shape() == wanted->tensor()->shape()))
                    return {Kind::failed, "a random output has another shape"};
                continue;
            }
            if (auto text = difference((*outputs)[i], *wanted); !text.empty())
                return {Kind::failed, fmt::format("output {}: {}", i, text)};
        }
    }
}

TEST(OnnxCases, differenceSeesElementsTypesAndShapes) {
    const auto one = tensor::Tensor::of<float>({2}, {1, 2});
    EXPECT_EQ(difference(one, tensor::Tensor::of<float>({2}, {1, 2.0001f})), "");
    EXPECT_NE(difference(one, tensor::Tensor::of<float>({2}, {1, 2.1f})), "");
    EXPECT_NE(difference(one, tensor::Tensor::of<float>({2, 1}, {1, 2})), "");
    EXPECT_NE(difference(one, tensor::Tensor::of<double>({2}, {1, 2})), "");
}

}  // namespace lathe::test
