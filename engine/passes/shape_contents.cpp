#include "engine/passes/shape_contents.h"

#include <algorithm>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

// Longer chains than this do not occur; the bound keeps the recursion off the end of the stack.
constexpr int kDeepest = 200;
constexpr int64_t kLongest = 64;  // elements: shapes are short

bool isShapeLike(const ir::ValueType& type) {
    return type.isTensor() &&
           (type.element == tensor::DataType::int64 || type.element == tensor::DataType::int32) &&
           type.shape && type.shape->size() <= 1;
}

}  // namespace

std::optional<std::vector<ir::Dim>> ShapeContents::of(ir::ValueId value) {
    if (!value || m_depth > kDeepest) return {};
    if (const auto known = m_known.find(value); known != m_known.end()) return known->second;
    ++m_depth;
    auto contents = derive(value);
    --m_depth;
    m_known[value] = contents;
    return contents;
}

ShapeContents::Contents ShapeContents::derive(ir::ValueId value) {
    const auto view = m_graph.value(value);
    if (const auto* constant = view.constant()) {
        if (!tensor::isInteger(constant->type()) || constant->rank() > 1 ||
            constant->elementCount() > kLongest)
            return {};
        std::vector<ir::Dim> contents;
        for (const auto element : tensor::toIntegers(constant->aligned())) contents.emplace_back(element);
        return contents;
    }
    if (!view.producer() || view.outputIndex() != 0 || !isShapeLike(view.type())) return {};
    if (!isRewritable(m_graph, view.producer())) return {};
    const auto node = m_graph.node(view.producer());
    if (!node.domain().empty()) return {};
    const auto op = node.op();
    if (op == "Shape") return ofShape(node);
    if (op == "Size") {
        const auto& type = m_graph.value(node.input(0)).type();
        if (!type.shapeComplete()) return {};
        return std::vector{ir::product(*type.shape)};
    }
    if (op == "Gather") return ofGather(node);
    if (op == "Slice") return ofSlice(node);
    if (op == "Concat") return ofConcat(node);
    if (op == "Add" || op == "Sub" || op == "Mul" || op == "Div") return ofArithmetic(node);
    if (op == "Identity" || op == "Squeeze" || op == "Unsqueeze" || op == "Cast" || op == "Reshape") {
        // Only between integer types: a float in between may round.
        const auto& from = m_graph.value(node.input(0)).type();
        return isShapeLike(from) ? of(node.input(0)) : Contents();
    }
    return {};
}

ShapeContents::Contents ShapeContents::ofShape(ir::Node node) const {
    const auto& type = m_graph.value(node.input(0)).type();
    if (!type.shape) return {};
    const auto rank = type.rank();
    const auto clamped = [&](int64_t position) {
        return std::clamp<int64_t>(position < 0 ? position + rank : position, 0, rank);
    };
    const auto start = clamped(node.attributes().integer("start", 0));
    const auto end = std::max(start, clamped(node.attributes().integer("end", rank)));
    return std::vector<ir::Dim>(type.shape->begin() + start, type.shape->begin() + end);
}

ShapeContents::Contents ShapeContents::ofGather(ir::Node node) {
    const auto data = of(node.input(0));
    const auto indices = integersOf(m_graph, node.input(1));
    if (!data || !indices || m_graph.value(node.input(0)).type().rank() != 1) return {};
    std::vector<ir::Dim> result;
    for (const auto index : *indices) {
        const auto at = axisFromFront(index, static_cast<int64_t>(data->size()));
        if (at < 0) return {};
        result.push_back((*data)[static_cast<size_t>(at)]);
    }
    return result;
}

ShapeContents::Contents ShapeContents::ofSlice(ir::Node node) {
    const auto data = of(node.input(0));
    const auto starts = integersOf(m_graph, node.input(1)), ends = integersOf(m_graph, node.input(2));
    const auto steps = node.input(4) ? integersOf(m_graph, node.input(4)) : std::vector<int64_t>{1};
    if (!data || !starts || !ends || !steps || starts->size() != 1 || ends->size() != 1 ||
        steps->size() != 1 || (*steps)[0] != 1)
        return {};
    const auto count = static_cast<int64_t>(data->size());
    const auto clamped = [&](int64_t at) { return std::clamp<int64_t>(at < 0 ? at + count : at, 0, count); };
    const auto start = clamped((*starts)[0]), end = std::max(start, clamped((*ends)[0]));
    return std::vector<ir::Dim>(data->begin() + start, data->begin() + end);
}

ShapeContents::Contents ShapeContents::ofConcat(ir::Node node) {
    std::vector<ir::Dim> result;
    for (const auto input : node.inputs()) {
        const auto part = of(input);
        if (!part) return {};
        result.insert(result.end(), part->begin(), part->end());
    }
    return result;
}

ShapeContents::Contents ShapeContents::ofArithmetic(ir::Node node) {
    const auto a = of(node.input(0)), b = of(node.input(1));
    if (!a || !b || a->empty() || b->empty()) return {};
    const auto count = std::max(a->size(), b->size());
    if ((a->size() != count && a->size() != 1) || (b->size() != count && b->size() != 1)) return {};
    std::vector<ir::Dim> result;
    for (size_t i = 0; i < count; ++i) {
        const auto& x = (*a)[a->size() == 1 ? 0 : i];
        const auto& y = (*b)[b->size() == 1 ? 0 : i];
        if (node.op() == "Add") result.push_back(x + y);
        if (node.op() == "Sub") result.push_back(x - y);
        if (node.op() == "Mul") result.push_back(x * y);
        if (node.op() == "Div") {
            // Div of integers rounds towards zero, floorDiv down: the same only for positive numbers.
            if (y.constantOr(0) <= 0 || (x.isKnown() && x.constantOr(-1) < 0)) return {};
            const auto exact = exactDiv(x, y);
            if (!exact && !x.isKnown()) return {};
            result.push_back(exact ? *exact : floorDiv(x, y));
        }
    }
    return result;
}

}  // namespace lathe::passes
