#include "engine/runtime/strided_view.h"

#include <algorithm>

namespace lathe::runtime {
namespace {

StridedView contiguous(const Draft& draft, uint32_t value) {
    StridedView view;
    view.base = value;
    const auto& shape = draft.values[value].shape;
    const auto strides = tensor::strides(shape);
    view.dims.assign(shape.begin(), shape.end());
    view.strides.assign(strides.begin(), strides.end());
    return view;
}

std::optional<std::vector<int64_t>> integers(const Draft& draft, const PlanNode& node, size_t input) {
    if (input >= node.inputs.size()) return {};
    const auto* constant = draft.constant(node.inputs[input]);
    if (!constant) return {};
    return tensor::toIntegers(*constant);
}

// The view under other dimensions, when those are runs of evenly spaced elements.
bool reshape(StridedView& view, tensor::Dimensions wanted) {
    std::vector<int64_t> dims, strides;
    for (size_t i = 0; i < view.dims.size(); ++i) {
        if (view.dims[i] == 1) continue;
        // Neighbouring axes that one stride walks through are one.
        if (!dims.empty() && strides.back() == view.dims[i] * view.strides[i]) {
            dims.back() *= view.dims[i];
            strides.back() = view.strides[i];
        } else {
            dims.push_back(view.dims[i]);
            strides.push_back(view.strides[i]);
        }
    }
    std::vector<int64_t> made(wanted.size(), 0);
    int64_t left = 1, stride = 0;  // what is not yet handed out of the current run, from its end
    size_t run = dims.size();
    for (size_t i = wanted.size(); i-- > 0;) {
        if (wanted[i] == 1) continue;
        if (left == 1) {
            if (run == 0) return false;
            --run;
            left = dims[run];
            stride = strides[run];
        }
        if (left % wanted[i] != 0) return false;
        made[i] = stride;
        stride *= wanted[i];
        left /= wanted[i];
    }
    view.dims.assign(wanted.begin(), wanted.end());
    view.strides = std::move(made);
    return run == 0 && left == 1;
}

bool transpose(StridedView& view, const PlanNode& node) {
    auto permutation = node.attributes.integers("perm");
    if (permutation.empty())
        for (size_t i = view.dims.size(); i-- > 0;) permutation.push_back(static_cast<int64_t>(i));
    const auto before = view;
    for (size_t i = 0; i < permutation.size(); ++i) {
        view.dims[i] = before.dims[static_cast<size_t>(permutation[i])];
        view.strides[i] = before.strides[static_cast<size_t>(permutation[i])];
    }
    return true;
}

bool slice(const Draft& draft, StridedView& view, const PlanNode& node, const tensor::Shape& result) {
    const auto starts = integers(draft, node, 1);
    const auto has = [&](size_t i) { return node.inputs.size() > i && node.inputs[i] != kNone; };
    auto axes = integers(draft, node, 3), steps = integers(draft, node, 4);
    if (!starts || (has(3) && !axes) || (has(4) && !steps)) return false;
    for (size_t i = 0; i < starts->size(); ++i) {
        const auto given = axes ? (*axes)[i] : static_cast<int64_t>(i);
        const auto axis = tensor::normalizedAxis(given, static_cast<int64_t>(view.dims.size()));
        if (!axis || (steps && (*steps)[i] != 1)) return false;
        const auto at = static_cast<size_t>(*axis);
        const auto first = (*starts)[i] < 0 ? (*starts)[i] + view.dims[at] : (*starts)[i];
        view.start += std::clamp<int64_t>(first, 0, view.dims[at]) * view.strides[at];
        view.dims[at] = result[at];
    }
    return true;
}

bool split(const Draft& draft, StridedView& view, const PlanNode& node, uint32_t value) {
    const auto axis =
        tensor::normalizedAxis(node.attributes.integer("axis", 0), static_cast<int64_t>(view.dims.size()));
    if (!axis) return false;
    const auto at = static_cast<size_t>(*axis);
    for (const auto output : node.outputs) {
        if (output == value) {
            view.dims[at] = draft.values[value].shape[at];
            return true;
        }
        if (output == kNone || !draft.values[output].fixed) return false;
        view.start += draft.values[output].shape[at] * view.strides[at];
    }
    return false;
}

bool gather(const Draft& draft, StridedView& view, const PlanNode& node) {
    const auto* index = draft.constant(node.inputs[1]);
    const auto axis =
        tensor::normalizedAxis(node.attributes.integer("axis", 0), static_cast<int64_t>(view.dims.size()));
    if (!index || index->rank() != 0 || !axis) return false;
    const auto at = static_cast<ptrdiff_t>(*axis);
    const auto first = index->integerAt(0);
    const auto size = view.dims[static_cast<size_t>(at)];
    view.start += (first < 0 ? first + size : first) * view.strides[static_cast<size_t>(at)];
    view.dims.erase(view.dims.begin() + at);
    view.strides.erase(view.strides.begin() + at);
    return true;
}

bool expand(StridedView& view, const tensor::Shape& result) {
    if (result.size() < view.dims.size()) return false;
    const size_t missing = result.size() - view.dims.size();
    view.dims.insert(view.dims.begin(), missing, 1);
    view.strides.insert(view.strides.begin(), missing, 0);
    for (size_t i = 0; i < result.size(); ++i) {
        if (view.dims[i] != result[i]) view.strides[i] = 0;
        view.dims[i] = result[i];
    }
    return true;
}

bool follow(const Draft& draft, StridedView& view, const PlanNode& node, uint32_t value) {
    const auto& result = draft.values[value].shape;
    if (node.op == "Transpose") return transpose(view, node);
    if (node.op == "Slice") return slice(draft, view, node, result);
    if (node.op == "Split") return split(draft, view, node, value);
    if (node.op == "Gather") return gather(draft, view, node);
    if (isView(draft, node)) return reshape(view, result);
    return node.op == "Expand" && expand(view, result);
}

}  // namespace

std::optional<StridedView> takenBy(const Draft& draft, const PlanNode& node, uint32_t output) {
    auto view = contiguous(draft, node.inputs[0]);
    if (!follow(draft, view, node, output)) return {};
    return view;
}

std::optional<ScaleNode> scaleOf(const Draft& draft, const PlanNode& node) {
    if (!node.domain.empty() || (node.op != "Mul" && node.op != "Div")) return {};
    for (const size_t side : {size_t{0}, size_t{1}}) {
        const auto* constant = draft.constant(node.inputs[1 - side]);
        if (!constant || constant->elementCount() != 1 || (node.op == "Div" && side == 1)) continue;
        const auto input = node.inputs[side];
        const double number = constant->realAt(0);
        if (input == kNone || number == 0 ||
            !(draft.values[input].shape == draft.values[node.outputs[0]].shape))
            continue;
        return ScaleNode{input, node.op == "Mul" ? number : 1 / number};
    }
    return {};
}

StridedView stridedView(const Draft& draft, const DraftUses& uses, uint32_t value, bool scales) {
    const auto producer = draft.constant(value) ? kNone : uses.producer(value);
    if (producer == kNone) return contiguous(draft, value);
    const auto& node = draft.nodes[producer];
    const auto known = [&](uint32_t v) { return v != kNone && draft.values[v].fixed; };
    if (!node.domain.empty() || node.inputs.empty()) return contiguous(draft, value);
    const auto scale = scales ? scaleOf(draft, node) : std::nullopt;
    const auto source = scale ? scale->input : node.inputs[0];
    if (!known(source) || !known(value) || draft.values[source].type != draft.values[value].type)
        return contiguous(draft, value);
    static constexpr std::string_view kMoves[] = {"Transpose", "Slice", "Split", "Gather", "Expand"};
    const bool moves = std::find(std::begin(kMoves), std::end(kMoves), node.op) != std::end(kMoves);
    if (!scale && !moves && !isView(draft, node)) return contiguous(draft, value);
    auto view = stridedView(draft, uses, source, scales);
    if (!scale && !follow(draft, view, node, value)) return contiguous(draft, value);
    if (scale) view.scale *= scale->factor;
    view.passed.push_back(producer);
    return view;
}

}  // namespace lathe::runtime
